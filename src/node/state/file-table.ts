import { crc32 } from 'node:zlib';
import { lowerBound } from '../../article/lower-bound.ts';
import { type FileState, isRecent } from '../disk/file-state.ts';
import type { StateFile } from './state-file.ts';

/** What is known about one version of a file, with data of a kind. */
export interface FileRow<T = unknown> {
  /** The path inside the folder. */
  readonly path: string;
  /** What the file system said when the file was read. */
  readonly file: FileState;
  /** Whether the file may have changed unnoticed since, because it had just been written. */
  readonly isDoubtful: boolean;
  /** What the data depends on besides the text. */
  readonly basis: string;
  /** The hash of the text. */
  readonly hash: string;
  /** Plain data. */
  readonly data: T;
  /** Which files the text refers to, in JSON; `null` until that is known. */
  readonly references: string | null;
}

/** SQL for the table of {@link FileTable}. */
export const fileTable = `
  CREATE TABLE files (first TEXT PRIMARY KEY, count INTEGER NOT NULL, rows TEXT NOT NULL, sum INTEGER NOT NULL);
`;

/**
 * Rows about files, sorted by path. Up to a hundred are stored as one part, because a start reads all of them, and ten
 * thousand records of SQLite take longer. The rows of a damaged part count as missing, so their files are read again.
 */
export class FileTable<T = unknown> {
  readonly #state: StateFile;
  /** The part that was looked at last: files are read in the order of their paths. */
  #last: Part<T> | undefined;

  constructor(state: StateFile) {
    this.#state = state;
  }

  /** Calls `use` with each row, in the order of the paths in UTF-8. */
  each(use: (row: FileRow<T>) => void): void {
    for (const found of this.#state.prepare('SELECT rows, sum FROM files ORDER BY first').iterate())
      for (const row of readRows<T>(found)) use(row);
  }

  /** Returns the hashes of all texts. */
  hashes(): ReadonlySet<string> {
    const hashes = new Set<string>();
    this.each(({ hash }) => hashes.add(hash));
    return hashes;
  }

  /** Returns the row of a file. It may be the row before another process changed it, which then fits no file. */
  get(path: string): FileRow<T> | undefined {
    if (this.#last === undefined || !isIn(this.#last, path)) this.#last = this.#partFor(path);
    const rows = this.#last?.rows ?? [];
    const row = rows[placeIn(rows, path)];
    return row?.path === path ? row : undefined;
  }

  /**
   * Replaces the rows of some files and deletes those of others. Must be called in a transaction. Returns the hashes of
   * the texts that the replaced and deleted rows had.
   */
  write(rows: Iterable<FileRow<T>>, deleted: Iterable<string>): readonly string[] {
    this.#last = undefined;
    const before: string[] = [];
    let part: Part<T> | undefined;
    const change = (path: string, row?: FileRow<T>): void => {
      if (part === undefined || !isIn(part, path)) {
        this.#write(part);
        part = this.#partFor(path) ?? { first: undefined, end: undefined, rows: [] };
      }
      const place = placeIn(part.rows, path);
      const isKnown = part.rows[place]?.path === path;
      const removed = part.rows.splice(place, isKnown ? 1 : 0, ...(row === undefined ? [] : [row]));
      before.push(...removed.map(({ hash }) => hash));
    };
    for (const row of rows) change(row.path, row);
    for (const path of deleted) change(path);
    this.#write(part);
    return before;
  }

  /** Finds the part in which the row of a path is or belongs; `undefined` in an empty table. */
  #partFor(path: string): Part<T> | undefined {
    const before = 'SELECT first, rows, sum FROM files WHERE first <= ? ORDER BY first DESC LIMIT 1';
    const found =
      this.#state.prepare(before).get(path) ??
      this.#state.prepare('SELECT first, rows, sum FROM files ORDER BY first LIMIT 1').get();
    if (found === undefined) return undefined;
    const first = String(found.first);
    const next = this.#state.prepare('SELECT first FROM files WHERE first > ? ORDER BY first LIMIT 1').get(first);
    return { first, end: next === undefined ? undefined : String(next.first), rows: readRows<T>(found) };
  }

  #write(part: Part<T> | undefined): void {
    if (part === undefined) return;
    if (part.first !== undefined) this.#state.prepare('DELETE FROM files WHERE first = ?').run(part.first);
    const insert = this.#state.prepare('INSERT INTO files VALUES (?, ?, ?, ?)');
    const size = Math.ceil(part.rows.length / Math.ceil(part.rows.length / mostRows));
    for (let start = 0; start < part.rows.length; start += size) {
      const rows = part.rows.slice(start, start + size);
      const text = writeRows(rows);
      insert.run(rows[0]?.path ?? '', rows.length, text, crc32(text));
    }
  }
}

/** Neighboring rows that are stored together. */
interface Part<T> {
  /** The path under which they are stored; absent in an empty table. */
  readonly first: string | undefined;
  /** The first path of the next part. */
  readonly end: string | undefined;
  readonly rows: FileRow<T>[];
}

/** The most rows in a part. More would make a start faster and a save slower, because a save writes a whole part. */
const mostRows = 100;

function isIn<T>({ first, end, rows }: Part<T>, path: string): boolean {
  const start = first ?? rows[0]?.path;
  return start !== undefined && compare(start, path) <= 0 && (end === undefined || compare(path, end) < 0);
}

/** Returns where the row of a path is or belongs. */
function placeIn<T>(rows: readonly FileRow<T>[], path: string): number {
  return lowerBound(rows.length, (index) => compare(rows[index]?.path ?? '', path) < 0);
}

/** Compares paths as SQLite does. */
function compare(one: string, two: string): number {
  return one === two ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(two));
}

/** Reports whether a file that was read at `now` may change without a new size or date. */
export function isDoubtful(file: FileState, now: number): boolean {
  return isRecent(file, now) || isRecent({ ...file, mtimeMs: file.ctimeMs }, now);
}

/** What a row holds, without the names of its fields. */
type Fields<T> = readonly [
  path: string,
  size: number,
  mtimeMs: number,
  ctimeMs: number,
  ino: number,
  dev: number,
  isDoubtful: boolean,
  /** The position in the list of bases. */
  basis: number,
  hash: string,
  data: T,
  references: string | null,
];

function writeRows<T>(rows: readonly FileRow<T>[]): string {
  const bases = [...new Set(rows.map(({ basis }) => basis))];
  const fields = rows.map(({ path, file, isDoubtful, basis, hash, data, references }): Fields<T> => {
    const { size, mtimeMs, ctimeMs, ino, dev } = file;
    return [path, size, mtimeMs, ctimeMs, ino, dev, isDoubtful, bases.indexOf(basis), hash, data, references];
  });
  return JSON.stringify([bases, fields]);
}

/** Returns the rows of a part; none if it is damaged. */
function readRows<T>({ rows: text, sum }: Readonly<Record<string, unknown>>): FileRow<T>[] {
  // A damaged file may have a number there.
  if (typeof text !== 'string' || sum !== crc32(text)) return [];
  const [bases, all] = JSON.parse(text) as readonly [readonly string[], readonly Fields<T>[]];
  return all.map((fields) => ({
    // By position: destructuring a list calls its iterator for each field.
    path: fields[0],
    file: { kind: 'file', size: fields[1], mtimeMs: fields[2], ctimeMs: fields[3], ino: fields[4], dev: fields[5] },
    isDoubtful: fields[6],
    basis: bases[fields[7]] ?? '',
    hash: fields[8],
    data: fields[9],
    references: fields[10],
  }));
}
