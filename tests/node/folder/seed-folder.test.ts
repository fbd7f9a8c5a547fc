import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatProblem } from '../../../src/article/problem.ts';
import type { ChangeKind } from '../../../src/node/disk/change-batch.ts';
import type { ChangedPaths } from '../../../src/node/disk/watch-folder.ts';
import type { FolderSnapshot } from '../../../src/node/folder/folder-snapshot.ts';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { SeedReader } from '../../../src/node/folder/seeds/seed-reader.ts';
import { type Files, makeFolder, seed, writeFiles } from '../temporary-folder.ts';

const url = 'http://localhost:3000/';
const open = (dir: string, urlOverride?: string): SeedFolder =>
  new SeedFolder(dir, urlOverride === undefined ? { url } : { url, urlOverride });

/** A user without permission to read everything, even if the tests run as root. */
const isRoot = process.getuid?.() === 0;
const nobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};

const moved = (...paths: string[]): ChangedPaths => new Map(paths.map((path) => [path, 'moved']));

const slugs = ({ sources }: FolderSnapshot): string[] => sources.map(({ head }) => head.slug);

/** The number of files that this process may have open. */
function openFileLimit(): number {
  const limits = existsSync('/proc/self/limits') ? readFileSync('/proc/self/limits', 'utf8') : '';
  return Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
}

/** Opens as many files as this process may, and returns a function that closes them. */
function openAllFiles(): () => void {
  const opened: number[] = [];
  try {
    for (;;) opened.push(openSync('/dev/null', 'r'));
  } catch {
    return () => {
      for (const descriptor of opened) closeSync(descriptor);
    };
  }
}

/** Slugs, and formatted problems without the folder. */
function reading(dir: string) {
  const found = open(dir).read();
  const problems = found.problems.map((problem) => formatProblem(problem).replaceAll(`${dir}/`, ''));
  return { slugs: slugs(found), problems };
}
const readFiles = (files: Files) => reading(makeFolder(files));

it('counts the files that are not read in one warning', () => {
  const files = { 'a.md': seed('A'), 'b/c.rst': 'c', 'd.html': 'd', 'e.HTML': 'e', 'f.png': '', 'public/g.html': 'g' };
  expect(readFiles({ ...files, '_layouts/h.html': 'h', 'themes/x/i.html': 'i', 'j.ipynb': '{}' })).toEqual({
    slugs: ['a'],
    problems: [
      expect.stringMatching(
        /^b\/c\.rst:1:1: warning: 2 \.html, 1 \.rst, 1 \.ipynb files are not read and not published; .* \(unread-file\)$/,
      ),
    ],
  });
});

describe('a folder', () => {
  it.each<[string, Files, string[]]>([
    ['nothing', {}, []],
    ['no publication file', { 'a.md': seed('A') }, ['a']],
    ['.txt and .md in any case', { 'a.txt': seed('A'), 'b.MD': seed('B'), 'c.Txt': seed('C') }, ['a', 'b', 'c']],
    ['other files', { 'a.md': seed('A'), 'b.css': 'b', 'c.md.bak': 'c', README: 'r' }, ['a']],
    ['folders in folders', { 'x/y/z.md': seed('Z'), 'x/a.md': seed('A'), 'b.md': seed('B') }, ['b', 'a', 'z']],
    ['hidden files and folders', { '.a.md': seed('A'), '.git/b.md': seed('B'), 'c.md': seed('C') }, ['c']],
    [
      "files for the site's root",
      {
        'public/ads.txt': '#',
        'public/a/index.md': '---\n',
        'public.md': seed('A'),
        'x/public/b.md': seed('B'),
      },
      ['b', 'public'],
    ],
    ['packages', { 'node_modules/p/README.md': '# p', 'c.md': seed('C') }, ['c']],
    [
      'names of every kind',
      { 'with space.md': seed('A'), 'größe ☃.md': seed('B'), '100%.md': seed('C'), '%41.md': seed('D') },
      ['41', '100', 'größe', 'with-space'],
    ],
    ['names of another normal form', { 'gro\u0308ße.md': seed('A') }, ['größe']],
    ['index files', { 'first/index.md': seed('A'), 'second/_index.md': seed('B') }, ['first', 'second']],
  ])('may hold %s', (_, files, expected) => {
    const { slugs, problems } = readFiles(files);
    expect(problems).toEqual([]);
    expect(slugs.toSorted()).toEqual(expected.toSorted());
  });

  it('may hold a folder with the name of a seed', () => {
    expect(readFiles({ 'x.md/inner.md': seed('A'), 'publication.yaml/b.md': seed('B') })).toEqual({
      slugs: ['b', 'inner'],
      problems: [],
    });
  });

  it('may hold a pipe, which is not read', () => {
    const dir = makeFolder({ 'a.md': seed('A') });
    execFileSync('mkfifo', [join(dir, 'pipe.md')]);
    expect(reading(dir)).toEqual({ slugs: ['a'], problems: [] });
  });

  // Far less than a time that grows with the cube of the depth.
  it('reads folders that nest as deep as a path may be long', () => {
    const dir = makeFolder({ 'a.md': seed('A') });
    const path = 'd/'.repeat(1900);
    writeFiles(dir, { [`${path}b.md`]: seed('B') });
    expect(slugs(open(dir).read())).toEqual(['a', 'b']);
  });

  it('may hold links to its own files and folders, including hidden ones and loops', () => {
    const dir = makeFolder({ 'inner/a.md': seed('A'), '.data/b.md': seed('B'), '.data/deep/c.md': seed('C') });
    symlinkSync(join(dir, '.data/b.md'), join(dir, 'linked.md'));
    symlinkSync('.data/deep', join(dir, 'linked-folder'));
    symlinkSync('..', join(dir, 'inner', 'loop'));
    symlinkSync('.', join(dir, 'self'));
    expect(reading(dir)).toEqual({ slugs: ['a', 'c', 'linked'], problems: [] });
  });

  it('never shows or quotes what a link leads to outside', () => {
    const outside = makeFolder({
      'b.md': seed('Secret'),
      'bad.md': '# Secret\n\nSecret of April\n',
      'deep/c.md': seed('Secret'),
      'style.css': 'Secret {}',
      'data.json': '{"draft": "Secret"}',
    });
    // The name of the folder begins as that of the other.
    const dir = makeFolder({ 'a.md': seed('A'), 'x/b.md': seed('B'), 'theme/header.html': '<p>Own' });
    for (const [target, path] of [
      ['b.md', 'linked.md'],
      ['bad.md', 'bad.md'],
      ['deep', 'folder'],
      ['style.css', 'theme/style.css'],
      ['data.json', 'x/x.json'],
    ] as const)
      symlinkSync(join(outside, target), join(dir, path));
    symlinkSync(`../${basename(outside)}/b.md`, join(dir, 'relative.md'));
    symlinkSync('linked.md', join(dir, 'twice.md'));
    const { slugs, problems } = reading(dir);
    expect(slugs).toEqual(['a']);
    expect(problems.map((line) => line.split(':')[0]).sort()).toEqual([
      'bad.md',
      'folder',
      'linked.md',
      'relative.md',
      'theme/style.css',
      'twice.md',
      'x/x.json',
    ]);
    for (const line of problems) {
      expect(line).toMatch(/:1:1: error: a symbolic link leads outside the folder of articles, .* \(unreadable\)$/);
      expect(line).not.toContain('Secret');
    }
    const { site } = open(dir).read();
    expect(site.theme).toEqual({ header: '<p>Own' });
  });

  it('keeps what it published when a link outside replaces a file or a folder', () => {
    const outside = makeFolder({ 'a.md': seed('Secret'), 'b.md': seed('Secret') });
    const dir = makeFolder({ 'a.md': seed('A'), 'x/b.md': seed('B') });
    const folder = open(dir);
    folder.read();
    rmSync(join(dir, 'a.md'));
    rmSync(join(dir, 'x'), { recursive: true });
    symlinkSync(join(outside, 'a.md'), join(dir, 'a.md'));
    symlinkSync(outside, join(dir, 'x'));
    for (const named of [moved('a.md', 'x'), undefined]) {
      const { sources, problems } = folder.read(named);
      expect(sources.map(({ head }) => head.title)).toEqual(['A', 'B']);
      expect(problems.map(({ code }) => code)).toEqual(['unreadable', 'unreadable']);
    }
  });

  it.each(['publication.yaml', '_config.yml'])('publishes nothing by the settings of an outside %s', (name) => {
    const outside = makeFolder({ [name]: 'Secret: Secret\n' });
    const dir = makeFolder({ 'a.md': seed('A') });
    symlinkSync(join(outside, name), join(dir, name));
    const { problems } = reading(dir);
    expect(problems).toEqual([expect.stringContaining(`${name}:1:1: error: a symbolic link leads outside`)]);
  });

  it.each([
    [
      'to nothing',
      'nothing.md',
      /^a\.md:1:1: error: cannot be read: there is no such file, or it is a symbolic link to one that is gone;/,
    ],
    ['to itself', 'a.md', /^a\.md:1:1: error: cannot be read: symbolic links lead in a circle;/],
  ])('reports a link %s as a problem', (_, target, problem) => {
    const dir = makeFolder({ 'b.md': seed('B') });
    symlinkSync(target, join(dir, 'a.md'));
    const { slugs, problems } = reading(dir);
    expect(slugs).toEqual(['b']);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  it.skipIf(openFileLimit() > 100_000)('reads again what could not be read while too many files were open', () => {
    const dir = makeFolder({ 'a.md': seed('A'), 'x/b.md': seed('B') });
    const folder = open(dir);
    folder.read();
    expect(folder.nextCheck).toBeUndefined();
    writeFiles(dir, { 'a.md': seed('Changed'), 'new.md': seed('New'), 'x/c.md': seed('C') });
    const release = openAllFiles();
    try {
      const { sources, problems, staleFiles } = folder.read(moved('a.md', 'new.md', 'x'));
      expect(sources.map(({ head }) => head.title)).toEqual(['A', 'B']);
      expect(problems.map(({ file }) => file.slice(dir.length + 1)).sort()).toEqual(['a.md', 'new.md', 'x']);
      for (const { message } of problems) expect(message).toMatch(/too many open files; raise the limit/);
      expect(staleFiles).toEqual([join(dir, 'a.md')]);
      const check = folder.nextCheck;
      expect(check?.wait).toBeLessThanOrEqual(250);
      // An attempt in vain changes nothing, and the next one waits longer.
      const before = folder.read(new Map(['a.md', 'new.md', 'x'].map((path) => [path, 'written'])));
      expect(before.problems).toEqual(problems);
      expect(folder.nextCheck?.wait).toBeGreaterThan(250);
    } finally {
      release();
    }
    const { sources, problems } = folder.read(new Map(['a.md', 'new.md', 'x'].map((path) => [path, 'written'])));
    expect(sources.map(({ head }) => head.title).sort()).toEqual(['B', 'C', 'Changed', 'New']);
    expect(problems).toEqual([]);
    expect(folder.nextCheck).toBeUndefined();
  });

  it('may be a link', () => {
    const dir = makeFolder({ 'a.md': seed('A') });
    const link = join(makeFolder(), 'link');
    symlinkSync(dir, link);
    expect(slugs(open(link).read())).toEqual(['a']);
  });

  it.each(['missing', 'file.md', 'file.md/inner'])('that is %s is an error with a clear message', (name) => {
    const dir = join(makeFolder({ 'file.md': seed('A') }), name);
    expect(() => open(dir).read()).toThrow(`${dir}: there is no such folder`);
  });

  it('is its own default title', () => {
    const dir = makeFolder({ 'the news/a.md': seed('A') });
    expect(open(join(dir, 'the news')).read().site.title).toBe('the news');
    expect(open(join(dir, 'the news', '/')).read().site.title).toBe('the news');
  });

  it('accepts publication.yml', () => {
    expect(open(makeFolder({ 'publication.yml': 'title: The Daily\n' })).read().site.title).toBe('The Daily');
    const both = makeFolder({ 'publication.yml': 'title: B\n', 'publication.yaml': 'title: A\n' });
    expect(open(both).read().site.title).toBe('A');
  });

  it('uses only the publication file of its top level', () => {
    const dir = makeFolder({
      'inner/publication.yaml': 'title: Inner\n',
      'publication.yaml': 'title: Outer\n',
    });
    expect(open(dir).read().site.title).toBe('Outer');
  });
});

describe('problems', () => {
  it('are all reported, sorted by file and line, and other files are read', () => {
    const files = {
      'good.md': seed('Good'),
      'publication.yaml': 'titel: A\nitems: 0\n',
      'b.md': '# No date\n\nJust a text that goes on for more than forty characters.\n',
      'a.md': Buffer.from([0x23, 0x20, 0x41, 0x0a, 0xe9, 0x0a]),
    };
    const { slugs, problems } = readFiles(files);
    expect(slugs).toEqual(['good']);
    expect(problems.map((problem) => problem.replace(/: .*\((.*)\)$/, ' $1'))).toEqual([
      'a.md:2:1 not-utf8',
      'b.md:1:1 no-date',
      'publication.yaml:1:1 unknown-key',
      'publication.yaml:2:8 wrong-value',
    ]);
  });

  it.each<[string, Files, string]>([
    [
      'the same original URL',
      {
        'a.md': seed('A', '2026-03-01', 'Text.\n\nOriginal url: https://daily.example/x'),
        'b.md': seed('B', '2026-03-02', 'Text.\n\nOriginal url: https://daily.example/x'),
      },
      'a.md has the same id, https://daily.example/x; delete one of the two or correct its id or original URL (duplicate-id)',
    ],
    [
      'the same id, not an IRI',
      {
        'a.md': '---\ntitle: A\ndate: 2026-03-01\nid: 42\n---\nA.\n',
        'b.md': '---\ntitle: B\ndate: 2026-03-02\nguid: "42"\n---\nB.\n',
      },
      'a.md has the same id, "42"; delete one of the two or correct its id or original URL (duplicate-id)',
    ],
    [
      'an id that equals the plain id of another',
      {
        'a.md': '---\ntitle: A\ndate: 2026-03-01\nid: 42\n---\nA.\n',
        'b.md': seed('B', '2026-03-02', 'B.\n\nId: <tag:dateline.internal,2026:id%2F42>'),
      },
      'a.md has the same id, tag:dateline.internal,2026:id%2F42; delete one of the two or correct its id or original URL (duplicate-id)',
    ],
    [
      'the same name in two folders',
      { 'x/hello.md': seed('A'), 'y/hello.txt': seed('B', '2026-03-03') },
      'x/hello.md has the same address, /articles/hello; rename one of the two files (duplicate-slug)',
    ],
    [
      'names with the same slug',
      { 'Hello World.md': seed('A'), 'hello-world.md': seed('B', '2026-03-03') },
      'Hello World.md has the same address, /articles/hello-world; rename one of the two files (duplicate-slug)',
    ],
    [
      'the same name and original URL',
      {
        'x/a.md': seed('A', '2026-03-01', 'Text.\n\nOriginal url: https://daily.example/x'),
        'y/a.md': seed('B', '2026-03-02', 'Text.\n\nOriginal url: https://daily.example/x'),
      },
      'x/a.md has the same address, /articles/a; rename one of the two files (duplicate-slug)',
    ],
  ])('include two articles with %s; the first is published', (_, files, message) => {
    const { slugs, problems } = readFiles(files);
    expect(slugs).toHaveLength(1);
    const second = Object.keys(files)[1];
    expect(problems).toEqual([`${second}:1:1: error: ${message}`]);
  });

  it('include names of articles and folders that are not UTF-8, while they exist', () => {
    const dir = makeFolder({ 'a.md': seed('A'), 'sub/b.md': seed('B'), 'rare-\uFFFD.md': seed('C') });
    const inLatin1 = (path: string) => Buffer.concat([Buffer.from(`${dir}/`), Buffer.from(path, 'latin1')]);
    const folder = open(dir);
    const told = ({ problems }: FolderSnapshot) =>
      problems.map((problem) => formatProblem(problem).replaceAll(`${dir}/`, ''));
    expect(told(folder.read())).toEqual([]);
    for (const path of ['caf\xe9.md', 'caf\xe9.bak', 'sub/\xff.md']) writeFileSync(inLatin1(path), seed('D'));
    mkdirSync(inLatin1('\xfc'));
    const message = 'cannot be read: its name is not UTF-8; rename it (unreadable)';
    const expected = ['\\xfc', 'caf\\xe9.md', 'sub/\\xff.md'].map((path) => `${path}:1:1: error: ${message}`);
    // As a watcher reports them.
    expect(told(folder.read(moved('caf\uFFFD.md', 'sub/\uFFFD.md')))).toEqual(expected);
    expect(told(open(dir).read())).toEqual(expected);
    expect(slugs(folder.read())).toHaveLength(3);
    for (const path of ['caf\xe9.md', 'sub/\xff.md', '\xfc']) rmSync(inLatin1(path), { recursive: true });
    expect(told(folder.read(moved('\uFFFD', 'sub/\uFFFD.md')))).toEqual([]);
  });

  it('include folders that cannot be listed and files that cannot be read', () => {
    const dir = makeFolder({ 'a.md': seed('A'), 'closed.md': seed('B'), 'locked/c.md': seed('C') });
    chmodSync(join(dir, '..'), 0o755);
    chmodSync(join(dir, 'closed.md'), 0o000);
    chmodSync(join(dir, 'locked'), 0o000);
    // Root can read everything, so another user reads.
    const program = `
      const { SeedFolder } = await import(${JSON.stringify(new URL('../../../src/node/folder/seed-folder.ts', import.meta.url))});
      const { sources, problems } = new SeedFolder(${JSON.stringify(dir)}, { url: 'http://a.example/' }).read();
      console.log(JSON.stringify([sources.map(({ head }) => head.slug), problems.map(({ file, code }) => [file, code])]));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      ...nobody,
      encoding: 'utf8',
    });
    chmodSync(join(dir, 'locked'), 0o755);
    expect(JSON.parse(output)).toEqual([
      ['a'],
      [
        [join(dir, 'closed.md'), 'unreadable'],
        [join(dir, 'locked'), 'unreadable'],
      ],
    ]);
  });
});

describe('a folder that is read again', () => {
  const bad = '# A\n\nnot a date\n';

  it('returns the same article objects for unchanged files', () => {
    const dir = makeFolder({ 'a.md': seed('A'), 'b.md': seed('B') });
    const folder = open(dir);
    const before = folder.read();
    writeFiles(dir, { 'b.md': seed('B, again') });
    const after = folder.read();
    expect(after.sources[0]).toBe(before.sources[0]);
    expect(after.sources[1]).not.toBe(before.sources[1]);
    expect(after.sources[1]?.head.title).toBe('B, again');
  });

  it('notices an edit that keeps length and date', () => {
    const dir = makeFolder({ 'a.md': seed('One') });
    const folder = open(dir);
    folder.read();
    utimesSync(join(dir, 'a.md'), 1, 1);
    folder.read();
    writeFiles(dir, { 'a.md': seed('Two') });
    expect(folder.read().sources[0]?.head.title).toBe('Two');
  });

  it('keeps the last good version of an article with new errors, and lists the file', () => {
    const dir = makeFolder({ 'a.md': seed('Good') });
    const folder = open(dir);
    expect(folder.read().staleFiles).toEqual([]);
    for (const content of [bad, '', Buffer.from([0xff, 0xff]), bad]) {
      writeFiles(dir, { 'a.md': content });
      const { sources, problems, staleFiles } = folder.read();
      expect(sources.map(({ head }) => head.title)).toEqual(['Good']);
      expect(problems.map(({ file }) => file)).toContain(join(dir, 'a.md'));
      expect(staleFiles).toEqual([join(dir, 'a.md')]);
    }
    writeFiles(dir, { 'a.md': seed('Better') });
    const { sources, problems, staleFiles } = folder.read();
    expect(sources.map(({ head }) => head.title)).toEqual(['Better']);
    expect({ problems, staleFiles }).toEqual({ problems: [], staleFiles: [] });
  });

  it('keeps the address of an article while another of the same name is away', () => {
    const sub = (text: string) => `---\ntitle: Sub\ndate: 2026-03-03\n---\n\n${text}\n`;
    const dir = makeFolder({ 'a.md': seed('A'), 'sub/a.md': sub('Some text.') });
    const folder = open(dir);
    const published = () =>
      Object.fromEntries(folder.read().sources.map(({ head }) => [head.title, [head.slug, head.id]]));
    const before = published();
    expect(before).toMatchObject({ A: ['a', expect.any(String)], Sub: ['sub-a', expect.any(String)] });
    renameSync(join(dir, 'a.md'), join(dir, '.a.md'));
    expect(published()).toEqual({ Sub: before.Sub });
    writeFiles(dir, { 'sub/a.md': sub('Another text.') });
    expect(published()).toEqual({ Sub: before.Sub });
    renameSync(join(dir, '.a.md'), join(dir, 'a.md'));
    expect(published()).toEqual(before);
    expect(folder.read().problems).toEqual([]);
  });

  it('does not restore a deleted article', () => {
    const dir = makeFolder({ 'a.md': seed('A') });
    const folder = open(dir);
    folder.read();
    rmSync(join(dir, 'a.md'));
    expect(slugs(folder.read())).toEqual([]);
    writeFiles(dir, { 'a.md': bad });
    expect(folder.read()).toMatchObject({ sources: [], staleFiles: [] });
  });

  it('keeps last good versions while the publication file has errors', () => {
    const dir = makeFolder({ 'a.md': seed('Good'), 'publication.yaml': 'timezone: Europe/Berlin\n' });
    const folder = open(dir);
    folder.read();
    writeFiles(dir, { 'a.md': bad, 'publication.yaml': 'timezone: Nowhere\n' });
    folder.read();
    writeFiles(dir, { 'publication.yaml': 'timezone: Europe/Berlin\n' });
    const { sources, staleFiles } = folder.read();
    expect(sources[0]?.head).toMatchObject({ title: 'Good', published: '2026-03-01T23:00:00Z' });
    expect(staleFiles).toEqual([join(dir, 'a.md')]);
  });

  it.each([
    ['timezone', 'timezone: Asia/Tokyo\n', { published: '2026-03-01T15:00:00Z' }],
    ['url', 'url: https://daily.example\n', { permalink: 'https://daily.example/articles/a' }],
    ['id', 'id: "tag:daily.example,2026:"\n', { id: 'tag:daily.example,2026:a' }],
  ])('is read again after a change of %s', (_, text, expected) => {
    const dir = makeFolder({ 'a.md': seed('A') });
    const folder = open(dir);
    folder.read();
    writeFiles(dir, { 'publication.yaml': text });
    expect(folder.read().sources[0]?.head).toMatchObject(expected);
  });

  it.each([
    ['markdown', 'markdown: true\n', { markdown: expect.stringContaining('**Note**') }],
    ['language', 'language: de\n', { content: expect.stringContaining('Hinweis') }],
  ])('is rendered again after a change of %s', (_, text, expected) => {
    const dir = makeFolder({ 'a.md': seed('A', '2026-03-02', '> [!NOTE]\n> It happened.') });
    const folder = open(dir);
    expect(folder.read().sources[0]?.article()).not.toMatchObject(expected);
    writeFiles(dir, { 'publication.yaml': text });
    expect(folder.read().sources[0]?.article()).toMatchObject(expected);
  });

  it.each([
    ['timezone', 'timezone: Asia/Tokyo\n', { published: '2026-03-01T15:00:00Z' }],
    ['url', 'url: https://daily.example\n', { permalink: 'https://daily.example/articles/a' }],
    ['id', 'id: "tag:daily.example,2026:"\n', { id: 'tag:daily.example,2026:a' }],
  ])('keeps the last good version of an article after a change of %s, and reads it again', (_, text, expected) => {
    const dir = makeFolder({ 'a.md': seed('Good') });
    const folder = open(dir);
    folder.read();
    for (const content of [bad, Buffer.from([0xff, 0xff])]) {
      writeFiles(dir, { 'a.md': content });
      folder.read();
      writeFiles(dir, { 'publication.yaml': text });
      const { sources, staleFiles } = folder.read();
      expect(sources[0]?.head).toMatchObject({ title: 'Good', ...expected });
      expect(sources[0]?.article().content).toContain('It happened.');
      expect(staleFiles).toEqual([join(dir, 'a.md')]);
      rmSync(join(dir, 'publication.yaml'));
    }
  });

  it.each(['before', 'with'])('holds back an article that was half written %s a change of timezone', (when) => {
    // On a busy machine, the wait for the rest would end between two reads.
    using _ = vi.spyOn(performance, 'now').mockReturnValue(0);
    const dir = makeFolder({ 'a.md': seed('Good', '2026-03-02', 'Text.\n\nMore.') });
    const folder = new SeedFolder(dir, { url, holdUnfinished: true });
    folder.read();
    writeFiles(dir, { 'a.md': '# Good\n\n2026-03-02\n\nTe' });
    const half = new Map([['a.md', 'written']] as const);
    if (when === 'before') folder.read(half);
    writeFiles(dir, { 'publication.yaml': 'timezone: Asia/Tokyo\n' });
    const { sources } = folder.read(new Map([...(when === 'with' ? half : []), ['publication.yaml', 'moved']]));
    expect(sources[0]?.head.published).toBe('2026-03-01T15:00:00Z');
    expect(sources[0]?.article().content).toContain('More.');
    expect(folder.nextCheck?.paths).toEqual(['a.md']);
  });

  describe('with half-written files', () => {
    let now = 0;
    beforeEach(() => void vi.spyOn(performance, 'now').mockImplementation(() => now));
    afterEach(() => void vi.restoreAllMocks());
    const begin = (files: Files) => {
      const dir = makeFolder(files);
      const folder = new SeedFolder(dir, { url, holdUnfinished: true });
      folder.read();
      const write = (text: string, kind: ChangeKind) => {
        writeFiles(dir, { 'a.md': text });
        return titles(folder.read(new Map([['a.md', kind]])));
      };
      const pause = (milliseconds: number) => {
        now += milliseconds;
        const due = folder.nextCheck?.wait === 0 ? folder.nextCheck.paths : [];
        return titles(folder.read(new Map(due.map((path) => [path, 'written']))));
      };
      return { write, pause };
    };
    const titles = ({ sources }: FolderSnapshot) => sources.map(({ head }) => head.title);

    it('holds back a new file that was written in place, and a growing one longer', () => {
      const { write, pause } = begin({});
      expect(write(seed('A'), 'made')).toEqual([]);
      expect(pause(49)).toEqual([]);
      expect(write(`${seed('A')}\nMore.\n`, 'written')).toEqual([]);
      expect(pause(299)).toEqual([]);
      expect(write(`${seed('A')}\nMore.\n\nId: <tag:a.example,2026:a>\n`, 'written')).toEqual([]);
      expect(pause(299)).toEqual([]);
      expect(pause(1)).toEqual(['A']);
    });

    it('publishes a new file after a short debounce', () => {
      const { write, pause } = begin({});
      expect(write(seed('A'), 'made')).toEqual([]);
      expect(pause(50)).toEqual(['A']);
      expect(write(seed('B'), 'written')).toEqual(['B']);
    });

    it.each<[string, string, ChangeKind]>([
      ['was moved into place', seed('A'), 'moved'],
      ['contains its id', seed('A', '2026-03-02', 'Text.\n\nId: <tag:a.example,2026:a>'), 'made'],
    ])('immediately publishes a new file that %s', (_, text, kind) => {
      expect(begin({}).write(text, kind)).toEqual(['A']);
    });

    it('holds back a file with a changed id that keeps changing for at most three seconds', () => {
      const { write, pause } = begin({ 'a.md': seed('A') });
      const text = (title: string) => seed(title, '2026-03-02', 'Text.\n\nId: <tag:a.example,2026:b>');
      for (const title of ['B', 'C', 'D', 'E']) {
        expect(write(text(title), 'written')).toEqual(['A']);
        expect(pause(700)).toEqual(['A']);
      }
      expect(write(text('F'), 'written')).toEqual(['A']);
      expect(pause(200)).toEqual(['F']);
    });
  });

  it('has the address of SITE_URL and unchanged ids', () => {
    const dir = makeFolder({
      'a.md': seed('A'),
      'b.md': seed('B', '2026-03-01', 'Text.\n\nOriginal url: https://elsewhere.example/b'),
      'publication.yaml': 'url: https://daily.example\n',
    });
    const heads = (override?: string) =>
      open(dir, override)
        .read()
        .sources.map(({ head }) => head);
    const [a, b] = heads('https://mirror.example/news');
    expect(heads().map(({ id }) => id)).toEqual([a?.id, b?.id]);
    expect(a?.permalink).toBe('https://mirror.example/news/articles/a');
    expect(b?.permalink).toBe('https://elsewhere.example/b');
  });

  it('returns the same snapshot if nothing changed', () => {
    const dir = makeFolder({ 'a.md': seed('A'), 'photo.png': 'x' });
    const folder = open(dir);
    const before = folder.read();
    writeFiles(dir, { 'notes.css': 'x' });
    expect(folder.read()).toBe(before);
    expect(folder.read(moved('notes.css', 'none.md', 'x/y.md'))).toBe(before);
  });

  it('holds the same whether changes are named or searched for', () => {
    const dir = makeFolder({ 'a.md': seed('A') });
    const [named, whole] = [open(dir), open(dir)];
    const paths = ['a.md', 'b.md', 'x/a.md', 'x/index.md', 'x/notes.txt', 'y/z/a.md', 'y', 'x', 'pic.png'];
    const front = (title: string) => `---\ntitle: ${title}\ndate: 2026-03-0${title.length}\n---\n\n![](/pic.png)\n`;
    let state = 7;
    const next = (below: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    named.read();
    whole.read();
    for (let step = 0; step < 300; step++) {
      const changed = Array.from({ length: 1 + next(3) }, () => paths[next(paths.length)] ?? 'a.md');
      for (const path of changed) {
        const move = next(4);
        const text = [bad, seed(`${step}`), front('x'.repeat(1 + next(9)))][move];
        if (text !== undefined && path.includes('.')) writeFiles(dir, { [path]: text });
        else rmSync(join(dir, path), { recursive: true, force: true });
      }
      const seen = ({ articles, problems, staleFiles }: FolderSnapshot) => [
        articles.map(({ source, file, isIdWritten }) => [source.article(), file, isIdWritten]),
        problems,
        staleFiles,
      ];
      expect(seen(named.read(moved(...changed)))).toEqual(seen(whole.read()));
    }
  });

  it('keeps the articles of a folder that is temporarily unreadable', () => {
    const dir = makeFolder({ 'a.md': seed('A'), 'sub/b.md': seed('B'), 'sub/deep/c.md': seed('C') });
    chmodSync(join(dir, '..'), 0o755);
    // Root can read everything, so another user reads, who owns the folder.
    for (const path of ['.', 'sub', 'sub/deep', 'sub/b.md']) if (isRoot) chownSync(join(dir, path), 65_534, 65_534);
    const program = `
      import { chmodSync, renameSync, writeFileSync } from 'node:fs';
      const { SeedFolder } = await import(${JSON.stringify(new URL('../../../src/node/folder/seed-folder.ts', import.meta.url))});
      process.chdir(${JSON.stringify(dir)});
      const folder = new SeedFolder('.', { url: 'http://a.example/' });
      const seen = [];
      const look = (...paths) => {
        const named = paths.length === 0 ? undefined : new Map(paths.map((path) => [path, 'moved']));
        const { sources, problems } = folder.read(named);
        seen.push([sources.map(({ head }) => head.title).join(''), problems.map(({ file, code }) => file + ' ' + code).join()]);
      };
      look();
      for (const mode of [0o000, 0o444]) {
        chmodSync('sub', mode);
        look('sub');
        look('sub/b.md', 'sub/deep', 'sub');
        look();
      }
      chmodSync('sub', 0o755);
      look('sub');
      writeFileSync('sub/b.md', '# Bee\\n\\n2026-03-02\\n');
      look('sub/b.md');
      renameSync('sub', '.sub');
      look('sub');
      console.log(JSON.stringify(seen));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      ...nobody,
      encoding: 'utf8',
    });
    const closed = Array(3).fill(['ABC', 'sub unreadable']);
    expect(JSON.parse(output)).toEqual([
      ['ABC', ''],
      ...closed,
      // It can be listed now, but its files cannot be accessed.
      ...Array(3).fill(['ABC', 'sub/deep unreadable']),
      ['ABC', ''],
      ['ABeeC', ''],
      ['A', ''],
    ]);
  });

  it.each([
    ['was renamed if it is the same', (_: string) => {}, ['zed.md renamed']],
    [
      'was not renamed if another has its inode',
      (path: string) => writeFileSync(path, seed('Another')),
      ['a.md deleted', 'zed.md added'],
    ],
  ])('reports that a file %s', (_, change, expected) => {
    const dir = makeFolder({ 'a.md': seed('A') });
    const folder = open(dir);
    folder.read();
    renameSync(join(dir, 'a.md'), join(dir, 'zed.md'));
    change(join(dir, 'zed.md'));
    expect(
      folder
        .read()
        .changes.map(({ path, kind }) => `${path} ${kind}`)
        .sort(),
    ).toEqual(expected);
  });

  it('may have a folder in place of a file', () => {
    const dir = makeFolder({ 'a.md': seed('A') });
    const folder = open(dir);
    folder.read();
    rmSync(join(dir, 'a.md'));
    mkdirSync(join(dir, 'a.md'));
    writeFileSync(join(dir, 'a.md', 'b.md'), seed('B'));
    expect(slugs(folder.read())).toEqual(['b']);
  });

  it('may have a file in place of a folder, whatever path is reported', () => {
    const dir = makeFolder({ 'a.md': seed('A'), 'x/b.md': seed('B') });
    const folder = open(dir);
    folder.read();
    rmSync(join(dir, 'x'), { recursive: true });
    writeFiles(dir, { x: 'x', 'a.md': seed('Another') });
    const { sources, problems } = folder.read(moved('a.md', 'x/b.md', 'x'));
    expect(sources.map(({ head }) => head.title)).toEqual(['Another']);
    expect(problems).toEqual([]);
  });

  it.each([
    [
      'a refresh',
      (folder: SeedFolder) => {
        const keys = function* () {
          yield* ['a.md', 'b.md', 'c.md'];
          throw new Error('failed');
        };
        folder.read(Object.assign(new Map(), { keys }));
      },
    ],
    [
      'reading a seed',
      (folder: SeedFolder) => {
        const read = vi.spyOn(SeedReader.prototype, 'read').mockImplementationOnce(() => {
          throw new Error('failed');
        });
        try {
          folder.read(moved('a.md', 'b.md', 'c.md'));
        } finally {
          read.mockRestore();
        }
      },
    ],
  ])('reports the changes in the next reading when %s failed', (_, fail) => {
    const dir = makeFolder({ 'a.md': seed('A'), 'b.md': seed('B') });
    const folder = open(dir);
    folder.read();
    writeFiles(dir, { 'a.md': seed('Another'), 'c.md': seed('C') });
    rmSync(join(dir, 'b.md'));
    expect(() => fail(folder)).toThrow('failed');
    const { sources, changes } = folder.read();
    expect(sources.map(({ head }) => head.title)).toEqual(['Another', 'C']);
    expect(changes.map(({ path, kind }) => `${path} ${kind}`).sort()).toEqual([
      'a.md changed',
      'b.md deleted',
      'c.md added',
    ]);
  });

  it.runIf(isRoot)('forgets a deleted folder that could not be listed', () => {
    const dir = makeFolder({ 'a.md': seed('A') });
    chmodSync(join(dir, '..'), 0o755);
    chownSync(dir, 65_534, 65_534);
    mkdirSync(join(dir, 'x/closed'), { recursive: true });
    for (const [path, mode] of [
      ['x', 0o777],
      ['x/closed', 0o700],
    ] as const)
      chmodSync(join(dir, path), mode);
    const program = `
      import { rmdirSync } from 'node:fs';
      const { SeedFolder } = await import(${JSON.stringify(new URL('../../../src/node/folder/seed-folder.ts', import.meta.url))});
      const folder = new SeedFolder(${JSON.stringify(dir)}, { url: 'http://a.example/' });
      const problems = (path) => folder.read(path && new Map([[path, 'moved']])).problems.length;
      const seen = [problems()];
      rmdirSync(${JSON.stringify(join(dir, 'x/closed'))});
      seen.push(problems('x/closed'));
      console.log(JSON.stringify(seen));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      ...nobody,
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual([1, 0]);
  });
});

describe('two articles with one address', () => {
  const winner = (folder: SeedFolder) => folder.read().sources.map(({ head }) => head.title);

  it('give it to the one with the earlier date', () => {
    const files = { 'b/post.md': seed('B', '2026-03-01'), 'a/post.md': seed('A', '2026-03-02') };
    expect(winner(open(makeFolder(files)))).toEqual(['B']);
  });
  it('give it to the one that is already published', () => {
    const dir = makeFolder({ 'b/post.md': seed('Published') });
    const folder = open(dir);
    expect(winner(folder)).toEqual(['Published']);
    writeFiles(dir, { 'a/post.md': seed('Impostor') });
    expect(winner(folder)).toEqual(['Published']);
    rmSync(join(dir, 'b/post.md'));
    expect(winner(folder)).toEqual(['Impostor']);
  });
});

it('a name that is too long for an address is a problem', () => {
  const { slugs, problems } = readFiles({ [`${'a'.repeat(245)}.md`]: seed('A'), 'b.md': seed('B') });
  expect(slugs).toEqual(['b']);
  expect(problems).toEqual([expect.stringMatching(/^a+\.md:1:1: error: .* \(long-name\)$/)]);
});

it('a folder changes when a file in it is saved, created or deleted', () => {
  const dir = makeFolder({ 'a.md': seed('A'), 'x/b.md': seed('B') });
  const changed = () => open(dir).read().changed;
  const at = (path: string, date: string) => utimesSync(join(dir, path), new Date(date), new Date(date));
  expect(changed()).toBe('2020-01-01T00:00:00Z');
  at('x/b.md', '2021-01-01T00:00:00Z');
  expect(changed()).toBe('2021-01-01T00:00:00Z');
  rmSync(join(dir, 'x/b.md'));
  at('x', '2022-01-01T00:00:00Z');
  expect(changed()).toBe('2022-01-01T00:00:00Z');
});
