import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { check } from '../../../src/node/check/check.ts';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { type Files, makeFolder, seed, writeFiles } from '../temporary-folder.ts';

const open = (dir: string): SeedFolder => new SeedFolder(dir, { url: 'http://localhost:3000/' });
const page = (title: string, ...lines: string[]): string =>
  ['---', `title: ${title}`, 'date: 2024-01-05', ...lines, '---', 'Text', ''].join('\n');

/** The slug and the id of each published article, by title. */
function published(folder: SeedFolder): Record<string, string> {
  return Object.fromEntries(folder.read().sources.map(({ head }) => [head.title, `${head.slug} ${head.id}`]));
}
const errors = (folder: SeedFolder, dir: string) =>
  folder.read().problems.map(({ file, code, other }) => [file, code, other].map((one) => one?.replace(`${dir}/`, '')));

describe('articles with one name and one date', () => {
  const files: Files = { 'en/posts/hello.md': page('Hello'), 'de/posts/hello.md': page('Hallo') };

  it('are errors that name each other, and none is published', () => {
    const dir = makeFolder({ ...files, 'p.md': page('P') });
    expect(Object.keys(published(open(dir)))).toEqual(['P']);
    expect(errors(open(dir), dir)).toEqual([
      ['de/posts/hello.md', 'tied-name', 'en/posts/hello.md'],
      ['en/posts/hello.md', 'tied-name', 'de/posts/hello.md'],
    ]);
  });

  test.each<[string, Files]>([
    ['YAML', files],
    [
      'TOML',
      {
        'a/x.md': '+++\ntitle = "A"\ndate = 2024-01-05\n+++\nA\n',
        'b/x.md': '+++\ntitle = "B"\ndate = 2024-01-05\n+++\nB\n',
      },
    ],
    [
      'JSON',
      { 'a/x.md': '{"title": "A", "date": "2024-01-05"}\nA\n', 'b/x.md': '{"title": "B", "date": "2024-01-05"}\nB\n' },
    ],
    [
      'Windows line ends',
      { 'a/x.md': page('A').replaceAll('\n', '\r\n'), 'b/x.md': page('B').replaceAll('\n', '\r\n') },
    ],
    [
      'written ids',
      { 'a/x.md': page('A', 'id: "tag:a.example,2026:1"'), 'b/x.md': page('B', 'id: "tag:a.example,2026:2"') },
    ],
    ['a file at the top', { 'x.md': page('A'), 'b/x.md': page('B') }],
  ])('are all published after check --fix-ids, and stay whatever is added: %s', async (_, files) => {
    const dir = makeFolder(files);
    await check(dir, () => open(dir).read(), { fixIds: true }, '2026-01-01T00:00:00Z');
    const first = published(open(dir));
    expect(Object.keys(first)).toHaveLength(2);
    expect(errors(open(dir), dir).flat()).not.toContain('tied-name');
    for (const [path, text] of Object.entries(files))
      writeFiles(dir, {
        [`aa/${path}`]: String(text)
          .replace(/"?(?:Hello|Hallo|A|B)"?(?=\r?\n|,)/, '"New"')
          .replace(/id: .*\r?\n/, ''),
      });
    expect(published(open(dir))).toMatchObject(first);
  });

  it('do not take over an address while a server runs', () => {
    const dir = makeFolder({ 'en/hello.md': page('Hello') });
    const folder = open(dir);
    const before = published(folder);
    writeFiles(dir, { 'bg/hello.md': page('Zdravej') });
    expect(published(folder)).toEqual(before);
    expect(errors(folder, dir)).toEqual([['bg/hello.md', 'tied-name', 'en/hello.md']]);
    // The next start knows nothing of the order, and publishes no article under the id of the other.
    expect(published(open(dir))).toEqual({});
  });

  it('without front matter are to be renamed', () => {
    const dir = makeFolder({ 'a/x.md': seed('A'), 'b/x.md': seed('B') });
    const messages = open(dir)
      .read()
      .problems.map(({ message }) => message);
    expect(messages).toEqual([1, 2].map(() => expect.stringMatching(/; rename one of the files$/)));
  });

  it('of another date move, as before', () => {
    const dir = makeFolder({ 'a/x.md': page('A'), 'b/x.md': page('B').replace('01-05', '01-06') });
    expect(published(open(dir))).toMatchObject({ A: expect.stringMatching(/^x /), B: expect.stringMatching(/^b-x /) });
  });

  it('keep an address that check --fix-ids wrote when the other is deleted', async () => {
    const dir = makeFolder({ 'a/x.md': page('A'), 'b/x.md': page('B').replace('01-05', '01-06') });
    await check(dir, () => open(dir).read(), { fixIds: true }, '2026-01-01T00:00:00Z');
    expect(readFileSync(join(dir, 'b/x.md'), 'utf8')).toContain('slug: "b-x"');
  });
});
