import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { build } from '../../src/node/build/build.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { article, site } from '../publication/articles.ts';

it('a build has the list of corrections, and says what is gone until 30 days have passed', async () => {
  const out = join(makeFolder(), 'out');
  const sources = [
    article({ slug: 'a', corrections: [{ date: '2026-03-04T00:00:00Z', note: 'Nine, not ten.' }] }),
    article({
      slug: 'b',
      expires: '2026-03-10T00:00:00Z',
      withdrawal: { date: '2026-03-10T00:00:00Z', reason: 'Made up.' },
    }),
    article({ slug: 'c' }),
  ];
  const read = (file: string) => readFileSync(join(out, file), 'utf8');
  const said = { ...site, tombstones: true as const };
  await build(said, sources, out, '2026-03-12T00:00:00Z');
  expect(read('corrections.html')).toMatch(/Made up\.[\s\S]*Nine, not ten\./);
  expect(read('corrections/rss.xml')).toContain('Made up.');
  expect(read('atom.xml')).toContain('<at:comment>Made up.</at:comment>');
  expect(read('articles/b.html')).toContain('<p lang="en">Made up.</p>');
  expect(read('articles/b.html')).toContain('<meta name="robots" content="noindex">');
  expect(read('articles/b.html')).not.toContain('Title of b');
  expect(read('articles/b.gone')).toBe('Made up.\n');
  expect(readdirSync(join(out, 'articles'))).not.toContain('a.gone');
  expect(read('sitemap.xml')).not.toContain('articles/b');
  // The file of c is deleted.
  await build(said, sources.slice(0, 2), out, '2026-03-20T00:00:00Z');
  expect(read('atom.xml').match(/deleted-entry ref="[^"]*" when="[^"]*"/g)).toEqual([
    'deleted-entry ref="tag:daily.example,2026:c" when="2026-03-20T00:00:00Z"',
    'deleted-entry ref="tag:daily.example,2026:b" when="2026-03-10T00:00:00Z"',
  ]);
  await build(said, sources.slice(0, 2), out, '2026-04-15T00:00:00Z');
  expect(read('atom.xml').match(/deleted-entry ref="[^"]*"/g)).toEqual([
    'deleted-entry ref="tag:daily.example,2026:c"',
  ]);
  await build(said, sources.slice(0, 2), out, '2026-05-15T00:00:00Z');
  expect(read('atom.xml')).not.toContain('deleted-entry');
});

it('a build keeps when and why an article was withdrawn after its file is deleted', async () => {
  const out = join(makeFolder(), 'out');
  const date = '2026-03-10T00:00:00Z';
  const sources = [
    article({ slug: 'a' }),
    article({ slug: 'b', expires: date, withdrawal: { date, reason: 'Made up.' } }),
    article({ slug: 'c', expires: date }),
  ];
  const said = { ...site, tombstones: true as const };
  const entry = `<at:deleted-entry ref="tag:daily.example,2026:b" when="${date}"><at:comment>Made up.</at:comment>`;
  for (const [now, all] of [
    ['2026-03-12T00:00:00Z', sources],
    ['2026-03-13T00:00:00Z', sources.slice(0, 1)],
    ['2026-04-08T00:00:00Z', sources.slice(0, 1)],
  ] as const) {
    await build(said, all, out, now);
    const atom = readFileSync(join(out, 'atom.xml'), 'utf8');
    expect(atom.match(/<at:deleted-entry/g), now).toHaveLength(1);
    expect(atom, now).toContain(entry);
  }
  await build(said, sources.slice(0, 1), out, '2026-04-10T00:00:00Z');
  expect(readFileSync(join(out, 'atom.xml'), 'utf8')).not.toContain('deleted-entry');
});
