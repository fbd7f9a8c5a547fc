import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type FolderOptions, SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { folderStateForm } from '../../../src/node/folder/seeds/folder-state.ts';
import type { SeedRecord } from '../../../src/node/folder/seeds/seed-record.ts';
import { type FileRow, FileTable } from '../../../src/node/state/file-table.ts';
import { RenderingTable } from '../../../src/node/state/rendering-table.ts';
import { StateFile, statePath } from '../../../src/node/state/state-file.ts';
import { png } from '../pictures.ts';
import { makeFolder, manySeeds, seed, writeFiles } from '../temporary-folder.ts';

const url = 'https://daily.example/';

function open(dir: string, options: Partial<FolderOptions> = {}): SeedFolder {
  return new SeedFolder(dir, { url, state: statePath(dir, 'state'), ...options });
}

/** Reads a folder as a process does that then ends. */
function visit(dir: string, options: Partial<FolderOptions> = {}) {
  const folder = open(dir, options);
  const reading = folder.read();
  while (folder.save());
  folder.close();
  return reading;
}

/** A row of the state that says nothing true but the state of its file. */
const marked = ({ data }: FileRow): object => ({ ...otherTitle(data), hash: 'of no text', isDoubtful: false });

/** Changes the rows of the state, so that a title shows whether it comes from there. */
function mark(dir: string, change: (row: FileRow) => object = marked): void {
  const state = StateFile.open(statePath(dir, 'state'), folderStateForm) ?? expect.fail('there is no state');
  const table = new FileTable(state);
  const rows: FileRow[] = [];
  table.each((row) => rows.push({ ...row, ...change(row) }));
  state.transaction(() => table.write(rows, []));
  state.close();
}

function otherTitle(data: unknown) {
  const record = data as SeedRecord;
  return { data: { ...record, head: record.head && { ...record.head, title: 'from the state' } } };
}

/** The files that were read, and not taken over from the state. */
function readAgain(dir: string, options?: Partial<FolderOptions>): string[] {
  return visit(dir, options)
    .articles.filter(({ source }) => source.head.title !== 'from the state')
    .map(({ file }) => file.slice(dir.length + 1));
}

const files = { 'a.md': seed('A'), 'b.md': seed('B'), 'notes/c.md': seed('C') };

it('reads only what has changed since another process', () => {
  const dir = makeFolder(files);
  visit(dir);
  mark(dir);
  expect(readAgain(dir)).toEqual([]);
  writeFiles(dir, { 'b.md': seed('B again'), 'd.md': seed('D') });
  expect(readAgain(dir)).toEqual(['b.md', 'd.md']);
  renameSync(join(dir, 'a.md'), join(dir, 'e.md'));
  rmSync(join(dir, 'notes/c.md'));
  expect(readAgain(dir)).toContain('e.md');
  expect(visit(dir).articles.map(({ file }) => file.slice(dir.length + 1))).toEqual(['b.md', 'd.md', 'e.md']);
});

it('reads a file again whose size and date are the same', () => {
  const dir = makeFolder(files);
  visit(dir);
  mark(dir);
  const { atime, mtime } = statSync(join(dir, 'a.md'));
  writeFileSync(join(dir, 'a.md'), seed('Z'));
  utimesSync(join(dir, 'a.md'), atime, mtime);
  expect(readAgain(dir)).toEqual(['a.md']);
});

it('reads a file again that was read within a second of its writing', () => {
  const dir = makeFolder(files);
  writeFiles(dir, { 'a.md': seed('A') });
  visit(dir);
  mark(dir, (row) => ({ ...marked(row), isDoubtful: row.isDoubtful }));
  expect(readAgain(dir)).toContain('a.md');
});

it('takes over a text whose file was only touched, without parsing it', () => {
  const dir = makeFolder(files);
  visit(dir);
  mark(dir, ({ data }) => otherTitle(data));
  const now = new Date();
  utimesSync(join(dir, 'a.md'), now, now);
  expect(readAgain(dir)).toEqual([]);
});

it('reads again exactly what a setting concerns', () => {
  const dir = makeFolder(files);
  visit(dir);
  mark(dir);
  writeFiles(dir, { 'publication.yaml': 'title: Other\nurl: https://other.example/\nid: "tag:other.example,2026:"\n' });
  const { articles } = visit(dir);
  expect(articles[0]?.source.head).toMatchObject({
    id: 'tag:other.example,2026:a',
    permalink: 'https://other.example/articles/a',
    title: 'from the state',
  });
  writeFiles(dir, { 'publication.yaml': 'timezone: Asia/Tokyo\n' });
  expect(readAgain(dir)).toEqual(['a.md', 'b.md', 'notes/c.md']);
});

it('reads again what inherits something else', () => {
  const dir = makeFolder(files);
  visit(dir);
  mark(dir);
  writeFiles(dir, { 'notes/_index.md': '---\ntitle: Notes\ncascade:\n  expiryDate: 2030-01-01\n---\n' });
  expect(readAgain(dir)).toEqual(['notes/c.md']);
  expect(visit(dir).articles.at(-1)?.source.head.expires).toBe('2030-01-01T00:00:00Z');
});

it('reads an article again when a file appears that it names, or goes', () => {
  const dir = makeFolder({ ...files, 'd.md': '---\ntitle: D\ndate: 2026-03-02\nimage: d.png\n---\n\nD.\n' });
  expect(visit(dir).problems).toMatchObject([{ file: join(dir, 'd.md'), code: 'wrong-value' }]);
  mark(dir);
  writeFiles(dir, { 'd.png': png(3, 2) });
  const found = visit(dir);
  expect(found.problems).toEqual([]);
  expect(found.articles[2]?.source.article().image).toMatchObject({ width: 3, height: 2 });
  rmSync(join(dir, 'd.png'));
  expect(visit(dir).problems).toHaveLength(1);
});

it('reads everything again after an upgrade', () => {
  const dir = makeFolder(files);
  visit(dir);
  mark(dir, ({ data }) => ({ ...otherTitle(data), basis: 'an earlier version' }));
  expect(readAgain(dir)).toEqual(['a.md', 'b.md', 'notes/c.md']);
});

it('keeps what is wrong with a file, and what is not published', () => {
  const dir = makeFolder({
    'broken.md': '# No date\n',
    'draft.md': '---\ntitle: Draft\ndate: 2026-03-02\ndraft: true\n---\n',
    'private.md': '---\ntitle: Private\ndate: 2026-03-02\nprivate: true\n---\n',
    'same/x.md': '---\ntitle: X\ndate: 2026-03-02\n---\n',
    'x.md': '---\ntitle: X\ndate: 2026-03-01\n---\n',
  });
  const facts = ({ articles, problems }: ReturnType<typeof visit>) => ({
    problems,
    articles: articles.map(({ source, file }) => ({ file, head: source.head, content: source.article().content })),
  });
  const first = facts(visit(dir));
  expect(first.articles).toHaveLength(2);
  expect(first.problems).not.toEqual([]);
  mark(dir, () => ({ isDoubtful: false }));
  expect(facts(visit(dir))).toEqual(first);
});

it('takes a row that is a number, as damage can make it, for missing', () => {
  const found = { row: 909_012_324, sum: 1 };
  const statement = { iterate: () => [found], get: () => found };
  const table = new FileTable({ prepare: () => statement } as unknown as StateFile);
  const rows: FileRow[] = [];
  table.each((row) => rows.push(row));
  expect(rows).toEqual([]);
  expect(table.get('a.md')).toBeUndefined();
});

it('gives what the files say, however the state is damaged', () => {
  const dir = makeFolder({ ...manySeeds(60), 'broken.md': '# No date\n' });
  const path = statePath(dir, 'state');
  const facts = ({ articles, problems }: ReturnType<typeof visit>) =>
    JSON.stringify([articles.map(({ source }) => source.head), problems]);
  const expected = facts(visit(dir));
  const whole = readFileSync(path);
  const damages: ((bytes: Buffer) => Buffer)[] = [
    () => Buffer.alloc(0),
    (bytes) => bytes.subarray(0, bytes.length / 2),
    (bytes) => Buffer.alloc(bytes.length, 'x'),
  ];
  for (let place = 0; place < 100; place++)
    damages.push((bytes) => {
      const at = Math.floor((bytes.length * place) / 100);
      return bytes.fill(bytes.readUInt8(at) ^ 0xff, at, at + 1 + (place % 7));
    });
  for (const damage of damages) {
    writeFileSync(path, damage(Buffer.from(whole)));
    for (const name of [`${path}-wal`, `${path}-shm`]) rmSync(name, { force: true });
    expect(facts(visit(dir))).toBe(expected);
    expect(facts(visit(dir))).toBe(expected);
  }
});

it('is shared by two processes', () => {
  const dir = makeFolder(files);
  const [one, two] = [open(dir), open(dir)];
  one.read();
  two.read();
  while (one.save() || two.save());
  writeFiles(dir, { 'd.md': seed('D') });
  one.read();
  while (one.save() || two.save());
  one.close();
  two.close();
  mark(dir);
  expect(readAgain(dir).filter((file) => file !== 'd.md')).toEqual([]);
});

it('does without a state where none can be made', () => {
  // Not even root can make a folder where a file is.
  const dir = makeFolder({ ...files, '.dateline': '' });
  expect(visit(dir).articles).toHaveLength(3);
  expect(readFileSync(join(dir, '.dateline'), 'utf8')).toBe('');
});

it('does not change the date of the folder', () => {
  const dir = makeFolder(files);
  const { changed } = visit(dir);
  expect(visit(dir).changed).toBe(changed);
});

it('keeps the last good version of a file that breaks long after it was read', () => {
  for (const state of [undefined, 'kept']) {
    const dir = makeFolder(files);
    const folder = open(dir, state === undefined ? { state: undefined } : {});
    const { articles } = folder.read();
    while (folder.save());
    writeFiles(dir, { 'a.md': '# Without a date\n', 'b.md': seed('B', '2026-03-02', 'Other.') });
    // Those who have the old edition get the old texts.
    expect(articles.map(({ source }) => source.article().content)).toEqual(Array(3).fill('<p>It happened.</p>'));
    const { sources, staleFiles } = folder.read(
      new Map([
        ['a.md', 'moved'],
        ['b.md', 'moved'],
      ]),
    );
    expect(staleFiles).toEqual([join(dir, 'a.md')]);
    expect(sources.map((source) => source.article().content)).toEqual([
      '<p>It happened.</p>',
      '<p>Other.</p>',
      '<p>It happened.</p>',
    ]);
    folder.close();
  }
});

it('keeps the last good version of a file that another process read first', () => {
  const dir = makeFolder(files);
  const folder = open(dir);
  folder.read();
  while (folder.save());
  writeFiles(dir, { 'a.md': seed('A', '2026-03-02', 'Other.') });
  visit(dir, { keepsTexts: false });
  mark(dir, () => ({ isDoubtful: false }));
  folder.read(new Map([['a.md', 'moved']]));
  while (folder.save());
  writeFiles(dir, { 'a.md': '# Without a date\n' });
  const { sources } = folder.read(new Map([['a.md', 'moved']]));
  expect(sources[0]?.article().content).toBe('<p>Other.</p>');
  folder.close();
});

it('copies the texts that no earlier process had kept, and no other', () => {
  const dir = makeFolder(manySeeds(120));
  // As a build does.
  visit(dir, { keepsTexts: false });
  const kept = (): number => {
    const state = StateFile.open(statePath(dir, 'state'), folderStateForm) ?? expect.fail('there is no state');
    const { count } = state.prepare('SELECT count(*) AS count FROM texts').get() ?? {};
    state.close();
    return Number(count);
  };
  expect(kept()).toBe(0);
  visit(dir);
  expect(kept()).toBe(120);
  const folder = open(dir);
  folder.read();
  writeFiles(dir, { '0001.md': seed('Other') });
  while (folder.save());
  folder.close();
  expect(kept()).toBe(120);
  visit(dir);
  expect(kept()).toBe(121);
});

it('deletes a text that no file has had for a day', () => {
  const dir = makeFolder(files);
  visit(dir);
  const state = (): StateFile => StateFile.open(statePath(dir, 'state'), folderStateForm) ?? expect.fail('no state');
  const texts = (): number => {
    const file = state();
    const { count } = file.prepare('SELECT count(*) AS count FROM texts').get() ?? {};
    file.close();
    return Number(count);
  };
  const age = (): void => {
    const file = state();
    file.exec(`UPDATE doubtful SET since = since - ${25 * 60 * 60 * 1000}`);
    file.close();
  };
  writeFiles(dir, { 'a.md': seed('A again') });
  rmSync(join(dir, 'b.md'));
  visit(dir);
  expect(texts()).toBe(4);
  age();
  visit(dir);
  expect(texts()).toBe(2);
  // A text that came back in time stays.
  writeFiles(dir, { 'a.md': seed('A once more') });
  visit(dir);
  age();
  writeFiles(dir, { 'a.md': seed('A again') });
  visit(dir);
  expect(texts()).toBe(3);
  age();
  visit(dir);
  expect(texts()).toBe(2);
});

it('names what an article is made of, once it is known', () => {
  const dir = makeFolder({ ...files, 'd.md': `${seed('D')}\n![A pier](d.png)\n`, 'd.png': png(3, 2) });
  const versions = (options?: Partial<FolderOptions>) => visit(dir, options).sources.map(({ version }) => version);
  expect(versions()).toEqual(Array(4).fill(undefined));
  const folder = open(dir);
  const { sources } = folder.read();
  for (const source of sources) source.article();
  const first = sources.map(({ version }) => version);
  while (folder.save());
  folder.close();
  expect(new Set(first).size).toBe(4);
  expect(first).not.toContain(undefined);
  expect(versions()).toEqual(first);
  // It is the same elsewhere.
  const copy = open(makeFolder({ ...files, 'd.md': `${seed('D')}\n![A pier](d.png)\n`, 'd.png': png(3, 2) }));
  const copied = copy.read().sources;
  for (const source of copied) source.article();
  expect(copied.map(({ version }) => version)).toEqual(first);
  // Which other files it would ask for is not known.
  writeFiles(dir, { 'd.png': png(5, 2) });
  expect(versions()).toEqual([...first.slice(0, 2), undefined, first[3]]);
  writeFiles(dir, { 'd.png': png(3, 2), 'a.md': seed('A', '2026-03-02', 'Other.') });
  expect(versions()).toEqual([undefined, ...first.slice(1)]);
});

/** Renders all articles as a process does that then ends, and returns their contents by file. */
function render(dir: string, options?: Partial<FolderOptions>): Record<string, string> {
  const folder = open(dir, options);
  const rendered = folder
    .read()
    .articles.map(({ file, source }) => ({ file: file.slice(dir.length + 1), source, article: source.article() }));
  folder.keepRendered(rendered);
  while (folder.save());
  folder.close();
  return Object.fromEntries(rendered.map(({ file, article }) => [file, article.content]));
}

function changeRenderings(dir: string, change: (state: StateFile, table: RenderingTable) => void): void {
  const state = StateFile.open(statePath(dir, 'state'), folderStateForm) ?? expect.fail('there is no state');
  state.transaction(() => change(state, new RenderingTable(state)));
  state.close();
}

/** Changes all rendered articles, so that a content shows whether it comes from the state. */
function markRenderings(dir: string): void {
  changeRenderings(dir, (_, table) => {
    const marked = [...table.all()].map(([version, text]) => {
      const article = { ...JSON.parse(text), content: 'from the state' };
      return [version, JSON.stringify(article)] as const;
    });
    table.replace(
      marked,
      marked.map(([version]) => version),
    );
  });
}

function renderedAgain(dir: string, options?: Partial<FolderOptions>): string[] {
  return Object.entries(render(dir, options))
    .filter(([, content]) => content !== 'from the state')
    .map(([file]) => file);
}

it('renders only what has changed since another process rendered it', () => {
  const picture = `${seed('D')}\n![A pier](d.png)\n\n[C](notes/c.md)\n`;
  const dir = makeFolder({ ...files, 'd.md': picture, 'd.png': png(3, 2) });
  render(dir);
  markRenderings(dir);
  expect(renderedAgain(dir)).toEqual([]);
  writeFiles(dir, { 'a.md': seed('A again') });
  expect(renderedAgain(dir)).toEqual(['a.md']);
  markRenderings(dir);
  writeFiles(dir, { 'd.png': png(4, 5) });
  expect(renderedAgain(dir)).toEqual(['d.md']);
  expect(render(dir)['d.md']).toContain('width="4" height="5"');
  markRenderings(dir);
  // The link leads to another page.
  writeFiles(dir, { 'notes/c.md': `---\nslug: other\ntitle: C\ndate: 2026-03-02\n---\n\nC.\n` });
  expect(renderedAgain(dir)).toEqual(['d.md', 'notes/c.md']);
  markRenderings(dir);
  expect(renderedAgain(dir, { urlOverride: 'https://other.example/' })).toEqual(['a.md', 'b.md', 'd.md', 'notes/c.md']);
});

it('notices a change of a file to which an article refers that it has not rendered', () => {
  const dir = makeFolder({ 'd.md': `${seed('D')}\n![A pier](d.png)\n`, 'd.png': png(3, 2) });
  render(dir);
  const folder = open(dir);
  expect(folder.read().sources[0]?.article().content).toContain('width="3"');
  writeFiles(dir, { 'd.png': png(4, 5) });
  expect(folder.read(new Map([['d.png', 'written']])).sources[0]?.article().content).toContain('width="4"');
  folder.close();
});

it('renders an article again whose rendering is damaged', () => {
  const dir = makeFolder(files);
  const first = render(dir);
  changeRenderings(dir, (state) => state.exec("UPDATE renderings SET article = replace(article, 'It', 'They')"));
  expect(render(dir)).toEqual(first);
});

it('keeps no rendering of more than a million characters', () => {
  const dir = makeFolder({ 'long.md': `${seed('Long')}\n${'Harbour. '.repeat(120_000)}\n`, 'a.md': seed('A') });
  render(dir);
  markRenderings(dir);
  expect(renderedAgain(dir)).toEqual(['long.md']);
});
