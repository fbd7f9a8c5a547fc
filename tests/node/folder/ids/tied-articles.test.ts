import { readFileSync, renameSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { check } from '../../../../src/node/check/check.ts';
import { SeedFolder } from '../../../../src/node/folder/seed-folder.ts';
import type { PublishedName } from '../../../../src/publication/ledger.ts';
import { type Files, makeFolder, seed, writeFiles } from '../../temporary-folder.ts';

const open = (dir: string, names?: readonly PublishedName[]): SeedFolder =>
  new SeedFolder(dir, { url: 'http://localhost:3000/', names: names && (() => names) });
const page = (title: string, ...lines: string[]): string =>
  ['---', `title: ${title}`, 'date: 2024-01-05', ...lines, '---', 'Text', ''].join('\n');

/** The slug and the id of each published article, by title. */
function published(folder: SeedFolder): Record<string, string> {
  return Object.fromEntries(folder.read().sources.map(({ head }) => [head.title, `${head.slug} ${head.id}`]));
}
const problems = (folder: SeedFolder, dir: string) =>
  folder
    .read()
    .problems.map(({ severity, file, code, other }) =>
      [severity, file, code, other].map((one) => one?.replace(`${dir}/`, '')),
    );
/** What the articles of a folder are published as. */
const namesOf = (folder: SeedFolder, dir: string): PublishedName[] =>
  folder
    .read()
    .articles.map(({ file, source: { head } }) => ({ id: head.id, slug: head.slug, file: relative(dir, file) }));

describe('articles with one name and one date', () => {
  const files: Files = { 'en/posts/hello.md': page('Hello'), 'de/posts/hello.md': page('Hallo') };

  it('are published in the order of their paths, with warnings that name each other', () => {
    const dir = makeFolder({ ...files, 'p.md': page('P') });
    expect(published(open(dir))).toMatchObject({
      Hallo: expect.stringMatching(/^hello .*:hello$/),
      Hello: expect.stringMatching(/^en-posts-hello .*:en-posts-hello$/),
      P: expect.any(String),
    });
    expect(problems(open(dir), dir)).toEqual([
      ['warning', 'de/posts/hello.md', 'tied-name', 'en/posts/hello.md'],
      ['warning', 'en/posts/hello.md', 'tied-name', 'de/posts/hello.md'],
    ]);
  });

  it('keep what they were published as, without a warning, whatever is added, moved or deleted', () => {
    const dir = makeFolder(files);
    const first = published(open(dir));
    const names = namesOf(open(dir), dir);
    writeFiles(dir, { 'bg/posts/hello.md': page('Zdravej'), 'aa/hello.md': page('Earlier').replace('2024', '2020') });
    expect(published(open(dir, names))).toMatchObject({
      ...first,
      Zdravej: expect.stringMatching(/^bg-posts-hello /),
      Earlier: expect.stringMatching(/^aa-hello /),
    });
    expect(problems(open(dir, names), dir)).toEqual([]);
    const more = namesOf(open(dir, names), dir);
    renameSync(join(dir, 'de'), join(dir, 'deutsch'));
    expect(published(open(dir, more))).toMatchObject(first);
    renameSync(join(dir, 'deutsch/posts/hello.md'), join(dir, 'gone.txt'));
    const { Hallo: _, ...others } = first;
    expect(published(open(dir, more))).toMatchObject({ ...others, Earlier: expect.stringMatching(/^aa-hello /) });
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
    expect(problems(open(dir), dir).flat()).not.toContain('tied-name');
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
    expect(published(folder)).toMatchObject(before);
    expect(problems(folder, dir)).toEqual([]);
  });

  it('without front matter are to be renamed, all but one', () => {
    const dir = makeFolder({ 'a/x.md': seed('A'), 'b/x.md': seed('B') });
    expect(problems(open(dir), dir)).toEqual([['error', 'b/x.md', 'duplicate-slug', 'a/x.md']]);
    expect(problems(open(dir, [{ id: 'tag:x', file: 'b/x.md', slug: 'x' }]), dir)).toEqual([
      ['error', 'a/x.md', 'duplicate-slug', 'b/x.md'],
    ]);
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
