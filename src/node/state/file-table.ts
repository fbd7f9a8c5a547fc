import { crc32 } from 'node:zlib';
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

/** SQL for the tables of {@link FileTable}. */
export const fileTables = `
  CREATE TABLE bases (id INTEGER PRIMARY KEY, basis TEXT NOT NULL UNIQUE);
  CREATE TABLE files (path TEXT PRIMARY KEY, hash TEXT, row TEXT, sum INTEGER) WITHOUT ROWID;
`;

/** Rows about files. A row that is damaged counts as missing, so it only costs reading the file again. */
export class FileTable<T = unknown> {
  readonly #state: StateFile;
  readonly #bases = new Map<number, string>();
  readonly #ids = new Map<string, number>();

  constructor(state: StateFile) {
    this.#state = state;
  }

  /** Calls `use` with each row. */
  each(use: (row: FileRow<T>) => void): void {
    for (const found of this.#state.prepare('SELECT row, sum FROM files').iterate()) {
      const row = this.#read(found as unknown as StoredRow);
      if (row !== undefined) use(row);
    }
  }

  get(path: string): FileRow<T> | undefined {
    const found = this.#state.prepare('SELECT row, sum FROM files WHERE path = ?').get(path);
    const row = found === undefined ? undefined : this.#read(found as unknown as StoredRow);
    return row?.path === path ? row : undefined;
  }

  /** Replaces the rows of some files and deletes those of others. Must be called in a transaction. */
  write(rows: Iterable<FileRow<T>>, deleted: Iterable<string>): void {
    const insert = this.#state.prepare('INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)');
    for (const { path, file, isDoubtful, basis, hash, data, references } of rows) {
      const { size, mtimeMs, ctimeMs, ino, dev } = file;
      const [doubt, id] = [isDoubtful, this.#idOf(basis)];
      const fields: Fields<T> = [path, size, mtimeMs, ctimeMs, ino, dev, doubt, id, hash, data, references];
      const row = JSON.stringify(fields);
      insert.run(path, hash, row, crc32(row));
    }
    const remove = this.#state.prepare('DELETE FROM files WHERE path = ?');
    for (const path of deleted) remove.run(path);
  }

  #read({ row, sum }: StoredRow): FileRow<T> | undefined {
    // A damaged file may have a number there.
    if (typeof row !== 'string' || sum !== crc32(row)) return undefined;
    const fields = JSON.parse(row) as Fields<T>;
    const [path, size, mtimeMs, ctimeMs, ino, dev, isDoubtful, id, hash, data, references] = fields;
    const basis = this.#basisOf(id);
    if (basis === undefined) return undefined;
    const file = { kind: 'file', mtimeMs, ctimeMs, size, ino, dev } as const;
    return { path, file, isDoubtful, basis, hash, data, references };
  }

  #basisOf(id: number): string | undefined {
    const known = this.#bases.get(id);
    if (known !== undefined) return known;
    for (const { id, basis } of this.#state.prepare('SELECT * FROM bases').all())
      this.#bases.set(Number(id), String(basis));
    return this.#bases.get(id);
  }

  #idOf(basis: string): number {
    const known = this.#ids.get(basis);
    if (known !== undefined) return known;
    this.#state.prepare('INSERT OR IGNORE INTO bases (basis) VALUES (?)').run(basis);
    const { id } = this.#state.prepare('SELECT id FROM bases WHERE basis = ?').get(basis) ?? {};
    this.#ids.set(basis, Number(id));
    return Number(id);
  }
}

/** Reports whether a file that was read at `now` may change without a new size or date. */
export function isDoubtful(file: FileState, now: number): boolean {
  return isRecent(file, now) || isRecent({ ...file, mtimeMs: file.ctimeMs }, now);
}

interface StoredRow {
  readonly row: unknown;
  readonly sum: unknown;
}

/** What a row holds in one text, because reading a column takes as long as parsing ten numbers. */
type Fields<T> = readonly [
  path: string,
  size: number,
  mtimeMs: number,
  ctimeMs: number,
  ino: number,
  dev: number,
  isDoubtful: boolean,
  basis: number,
  hash: string,
  data: T,
  references: string | null,
];
