import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { formatProblem } from '../../../../src/article/problem.ts';
import type { ChangedPaths } from '../../../../src/node/disk/watch-folder.ts';
import { SeedFolder } from '../../../../src/node/folder/seed-folder.ts';
import { type Files, makeFolder, writeFiles } from '../../temporary-folder.ts';

const open = (dir: string): SeedFolder => new SeedFolder(dir, { url: 'http://localhost:3000/' });
const by = (authors: string): string => `---\ntitle: A\ndate: 2024-01-05\nauthors: ${authors}\n---\nText\n`;
const jane = { name: 'Jane Doe', url: 'https://j.example/' };

/** Reads the folder `inside` of these files; problems with paths from their root. */
function read(files: Files, inside = '') {
  const root = makeFolder({ '.git/HEAD': '', ...files });
  const { sources, problems } = open(join(root, inside)).read();
  return {
    authors: sources.map(({ head }) => head.authors),
    problems: problems.map((problem) => formatProblem(problem).replaceAll(`${root}/`, '')),
  };
}

const yaml = 'jdoe:\n  name: Jane Doe\n  url: https://j.example/\n';
const toml = '[jdoe]\nname = "Jane Doe"\nurl = "https://j.example/"\n';
const one = '{ "name": "Jane Doe", "url": "https://j.example/" }';

describe('a key is the author in', () => {
  test.each<[framework: string, inside: string, Files]>([
    ['Docusaurus', '', { 'authors.yml': yaml }],
    ['Docusaurus with JSON', '', { 'authors.json': `{ "jdoe": ${one} }` }],
    ['Docusaurus from its root', '', { 'blog/authors.yml': yaml, 'blog/a.md': by('[jdoe]'), 'a.md': 'no article' }],
    ['Jekyll', '', { '_data/authors.yml': yaml }],
    ['Jekyll, of its posts alone', '_posts', { '_data/authors.yml': yaml, '_posts/a.md': by('[jdoe]') }],
    ['Hugo', 'content', { 'data/authors.toml': toml, 'content/a.md': by('[jdoe]') }],
    ['Hugo, a file for each', 'content/post', { 'data/authors/jdoe.yaml': one, 'content/post/a.md': by('[jdoe]') }],
    ['Eleventy', 'src/posts', { 'src/_data/authors.json': `{ "jdoe": ${one} }`, 'src/posts/a.md': by('[jdoe]') }],
    ['Astro', 'src/content/blog', { 'src/content/authors/jdoe.json': one, 'src/content/blog/a.md': by('[jdoe]') }],
    ['Astro from its root', '', { 'src/content/authors/jdoe.json': one, 'src/content/blog/a.md': by('[jdoe]') }],
    [
      'Astro, a list',
      'src/content/blog',
      {
        'src/data/authors.json': `[{ "id": "jdoe", ${one.slice(1)}]`,
        'src/content/blog/a.md': by('[{ collection: authors, id: jdoe }]'),
      },
    ],
    ['Nuxt', 'content/blog', { 'content/authors/jdoe.yml': one, 'content/blog/a.md': by('jdoe') }],
    [
      'a YAML list',
      '',
      { '_data/authors.yml': '---\n# Staff\n- slug: jdoe\n  name: Jane Doe\n  url: https://j.example/\n' },
    ],
    ['TOML below a key', '', { 'data/authors.toml': toml.replace('[jdoe]', '[authors.jdoe]') }],
  ])('%s', (_, inside, files) => {
    const found = read(
      Object.keys(files).some((path) => path.endsWith('a.md')) ? files : { ...files, 'a.md': by('[jdoe]') },
      inside,
    );
    expect(found.authors).toEqual([[jane]]);
  });

  it.each([
    ['jdoe', [jane]],
    ['[jdoe, Ann Lee]', [jane, { name: 'Ann Lee' }]],
    ['[JDoe]', [jane]],
    ['jdoe, a2', [jane, { name: 'Ann' }]],
    ['"a2,jdoe"', [{ name: 'Ann' }, jane]],
    ['"Doe, jdoe"', [{ name: 'Doe, jdoe' }]],
    ['[{ key: jdoe, title: Guest }]', [jane]],
    ['[{ name: jdoe }]', [{ name: 'jdoe' }]],
    ['[jdoe, Jane Doe]', [jane]],
    ['"jdoe <j@x.example>"', [{ name: 'jdoe', email: 'j@x.example' }]],
    ['[ann]', [{ name: 'Ann' }]],
    ['[Ann]', [{ name: 'Ann' }]],
    ['[李白]', [{ name: '李白' }]],
  ])('front matter with %s', (authors, expected) => {
    const found = read({ 'authors.yml': `${yaml}a2:\n  name: Ann\n`, 'a.md': by(authors) });
    expect(found).toEqual({ authors: [expected], problems: [] });
  });

  it('a map of names', () => {
    expect(read({ '_data/authors.yml': 'jdoe: Jane Doe\n', 'a.md': by('jdoe') }).authors).toEqual([
      [{ name: 'Jane Doe' }],
    ]);
  });

  it('the nearest of several files', () => {
    const other = yaml.replace('Jane Doe', 'Jo Doe');
    const files = { 'authors.yml': `${yaml}bo:\n  name: Bo Li\n`, 'x/authors.yml': other };
    expect(read({ ...files, 'a.md': by('[jdoe]'), 'x/b.md': by('[jdoe, bo]') }).authors).toEqual([
      [jane],
      [{ ...jane, name: 'Jo Doe' }, { name: 'Bo Li' }],
    ]);
  });

  it('a file with a mail address', () => {
    const files = { 'authors.yml': 'jdoe: { name: Jane Doe, email: j@x.example }', 'a.md': by('jdoe') };
    expect(read(files).authors).toEqual([[{ name: 'Jane Doe', email: 'j@x.example' }]]);
  });
});

describe('a warning', () => {
  it('names a key that has no entry, and the file', () => {
    const found = read({ '_data/authors.yml': yaml, '_posts/a.md': by('[jdoe, asmith]') }, '_posts');
    expect(found).toEqual({
      authors: [[jane, { name: 'asmith' }]],
      problems: [
        '_posts/a.md:4:17: warning: "asmith" has no entry in _data/authors.yml; add one with a "name" there, or write the author\'s name (unknown-author)',
      ],
    });
  });
  it.each<[string, Files]>([
    ['there is no such file', {}],
    ['the file holds no authors', { 'authors.json': '{ "layout": "author", "tags": ["x"] }' }],
    ['the file is data for pages of authors', { 'authors/authors.json': one }],
    ['the file is for other articles', { 'x/authors.yml': yaml }],
    ['the file is for the site', { 'public/authors.json': `{ "jdoe": ${one} }` }],
  ])('is not given if %s', (_, files) => {
    expect(read({ ...files, 'a.md': by('asmith') })).toEqual({ authors: [[{ name: 'asmith' }]], problems: [] });
  });
  it.each<[string, string, string]>([
    ['authors.yml', 'jdoe:\n  name: "Jane\n', 'authors.yml:2:9: warning: '],
    ['authors.json', '{ "jdoe": { "name": } ', 'authors.json:1:'],
    ['authors.toml', '[jdoe]\nname = Jane\n', 'authors.toml:2:'],
    [
      'authors.yml',
      'jdoe: { name: Jane Doe, url: j.example }\n',
      'authors.yml:1:30: warning: url: expected an address',
    ],
    ['authors.yml', 'j-doe: { name: Jane }\njdoe: { name: Jo }\n', 'authors.yml:'],
    ['authors.json', '[{ "id": 1, "name": "A", "email": "b" }]', 'authors.json:1:35: warning: email: expected'],
    ['authors.yml', '- id: a\n  name: A\n  email: b\n', 'authors.yml:3:10: warning: email: expected'],
  ])('shows what is wrong in %s: %j', (path, text, problem) => {
    const { problems } = read({ [path]: text, 'a.md': by('"Ann Lee"') });
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });
});

describe('a change of such a file', () => {
  const moved = (...names: string[]): ChangedPaths => new Map(names.map((name) => [name, 'moved']));
  it('changes the authors at once', () => {
    const dir = makeFolder({ 'a.md': by('jdoe'), 'x/b.md': by('jdoe') });
    const folder = open(dir);
    const names = (changed?: ChangedPaths) =>
      folder.read(changed).sources.map(({ head }) => head.authors.map(({ name }) => name).join());
    const [former] = folder.read().sources;
    writeFiles(dir, { 'x/authors.yml': yaml });
    expect(names(moved('x/authors.yml'))).toEqual(['jdoe', 'Jane Doe']);
    writeFiles(dir, { 'x/authors.yml': yaml.replace('Jane', 'Joan') });
    expect(names(moved('x/authors.yml'))).toEqual(['jdoe', 'Joan Doe']);
    // An edition that is still being served can be rendered.
    expect(former?.article().authors).toEqual([{ name: 'jdoe' }]);
    writeFiles(dir, { 'x/authors.yml': 'jdoe: [' });
    expect(names(moved('x/authors.yml'))).toEqual(['jdoe', 'Joan Doe']);
    expect(folder.read().problems).toMatchObject([{ code: 'bad-front-matter', file: join(dir, 'x/authors.yml') }]);
    rmSync(join(dir, 'x/authors.yml'));
    expect(names(moved('x/authors.yml'))).toEqual(['jdoe', 'jdoe']);
    expect(folder.read().problems).toEqual([]);
  });
  it('waits until it is written', () => {
    const dir = makeFolder({ 'a.md': by('jdoe'), 'authors.yml': yaml });
    const folder = new SeedFolder(dir, { url: 'http://localhost:3000/', holdUnfinished: true });
    folder.read();
    writeFiles(dir, { 'authors.yml': 'jdoe:\n  name: Ja' });
    const { sources } = folder.read(new Map([['authors.yml', 'written']]));
    expect(sources[0]?.head.authors).toEqual([jane]);
    expect(folder.nextCheck?.paths).toEqual(['authors.yml']);
  });
  it('above the folder counts from the next start', () => {
    const root = makeFolder({ '.git/HEAD': '', 'posts/a.md': by('jdoe') });
    mkdirSync(join(root, '_data'));
    const folder = open(join(root, 'posts'));
    const names = (folder: SeedFolder) => folder.read().sources[0]?.head.authors;
    expect(names(folder)).toEqual([{ name: 'jdoe' }]);
    writeFiles(root, { '_data/authors.yml': yaml });
    expect(names(folder)).toEqual([{ name: 'jdoe' }]);
    expect(names(open(join(root, 'posts')))).toEqual([jane]);
  });
});
