import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { type FileRow, FileTable, fileTable } from '../../../src/node/state/file-table.ts';
import { StateFile } from '../../../src/node/state/state-file.ts';
import { makeFolder } from '../temporary-folder.ts';

const form = { version: 1, schema: fileTable };
const row = (path: string, title = path): FileRow => ({
  path,
  file: { kind: 'file', size: 1, mtimeMs: 1700000000000.25, ctimeMs: 1700000000001, ino: 2, dev: 3 },
  isDoubtful: false,
  basis: `basis of ${title.length % 2}`,
  hash: `hash of ${title}`,
  data: { title },
  references: null,
});

function openTable() {
  const path = join(makeFolder(), 'state.db');
  const state = StateFile.open(path, form) ?? expect.fail('no state');
  const table = new FileTable(state);
  return {
    path,
    table,
    close: () => state.close(),
    write: (rows: readonly FileRow[], deleted: readonly string[] = []) =>
      state.transaction(() => table.write(rows, deleted)),
  };
}

function rowsIn(table: FileTable): FileRow[] {
  const rows: FileRow[] = [];
  table.each((one) => rows.push(one));
  return rows;
}

/** Numbers that look random, the same in each run. */
function* numbers(): Generator<number, never> {
  for (let number = 1; ; number = (number * 48271) % 2147483647) yield number;
}

it('has the rows that were written last, whatever the order, and returns the hashes of those before', () => {
  const { table, write } = openTable();
  const expected = new Map<string, FileRow>();
  const random = numbers();
  const below = (limit: number): number => random.next().value % limit;
  // Half of these paths sort differently in UTF-8 and in UTF-16.
  const path = (number: number): string => `${['a', 'ä', '\uFF21', '😀'][number % 4]}/${number}.md`;
  for (let round = 0; round < 60; round++) {
    const rows = Array.from({ length: below(40) }, () => row(path(below(900)), `round ${round}`));
    const deleted = Array.from({ length: below(20) }, () => path(below(900)));
    const before: string[] = [];
    for (const one of rows) {
      before.push(expected.get(one.path)?.hash ?? '');
      expected.set(one.path, one);
    }
    for (const one of deleted) {
      before.push(expected.get(one)?.hash ?? '');
      expected.delete(one);
    }
    expect(write(rows, deleted)).toEqual(before.filter((hash) => hash !== ''));
  }
  const inUtf8 = [...expected.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect(inUtf8.length).toBeGreaterThan(300);
  expect(rowsIn(table)).toEqual(inUtf8.map((one) => expected.get(one)));
  for (let number = 0; number < 900; number++) expect(table.get(path(number))).toEqual(expected.get(path(number)));
  expect(table.hashes()).toEqual(new Set([...expected.values()].map(({ hash }) => hash)));
});

it('stores a hundred rows together, and loses no others with one that is damaged', () => {
  const { path, write, close } = openTable();
  const paths = Array.from({ length: 1000 }, (_, i) => `${String(i).padStart(4, '0')}.md`);
  for (let start = 0; start < 1000; start += 200) write(paths.slice(start, start + 200).map((one) => row(one)));
  close();
  const database = new DatabaseSync(path);
  const counts = database.prepare('SELECT count(*) AS parts, max(count) AS most FROM files').get();
  expect(counts).toMatchObject({ parts: 10, most: 100 });
  database.exec("UPDATE files SET rows = replace(rows, '0250.md', '9250.md')");
  database.close();
  const state = StateFile.open(path, form) ?? expect.fail('no state');
  const damaged = new FileTable(state);
  expect(rowsIn(damaged).map((one) => one.path)).toEqual(paths.filter((_, i) => i < 200 || i >= 300));
  state.transaction(() => damaged.write([row('0250.md')], []));
  expect(rowsIn(damaged)).toHaveLength(901);
  expect(damaged.get('0250.md')).toEqual(row('0250.md'));
});

it('sees what another process wrote before its own change', () => {
  const { path, table, write } = openTable();
  write([row('a.md'), row('b.md')]);
  expect(table.get('a.md')).toEqual(row('a.md'));
  const other = StateFile.open(path, form) ?? expect.fail('no state');
  other.transaction(() => new FileTable(other).write([row('a.md', 'other'), row('c.md')], ['b.md']));
  write([row('d.md')]);
  expect(rowsIn(table)).toEqual([row('a.md', 'other'), row('c.md'), row('d.md')]);
});
