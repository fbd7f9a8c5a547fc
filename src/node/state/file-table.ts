import type { StatementSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { type FileState, isRecent } from '../disk/file-state.ts';
import type { StateFile } from './state-file.ts';

/** What is known about one version of a file. */
export interface FileRow {
  /** The path inside the folder. */
  readonly path: string;
  /** What the file system said when the file was read. */
  readonly file: FileState;
  /** Whether the file may have changed since without another state, because it had just been written. */
  readonly isDoubtful: boolean;
  /** What the data depends on besides the text. */
  readonly basis: string;
  /** The hash of the text. */
  readonly hash: string;
  /** JSON. */
  readonly data: string;
  /** Which files the text refers to, in JSON; `null` until that is known. */
  readonly references: string | null;
}

/** SQL for the tables of {@link FileTable}. */
export const fileTables = `
  CREATE TABLE bases (id INTEGER PRIMARY KEY, basis TEXT NOT NULL UNIQUE);
  CREATE TABLE files (
    path TEXT PRIMARY KEY, size, mtime, ctime, ino, dev, doubtful, basis INTEGER, hash TEXT, data TEXT, refs TEXT,
    sum INTEGER
  ) WITHOUT ROWID;
`;

/** Rows about files. A row that is damaged counts as missing, so that it costs a reading and nothing else. */
export class FileTable {
  readonly #state: StateFile;
  readonly #one: StatementSync;
  readonly #bases = new Map<number, string>();
  readonly #ids = new Map<string, number>();

  constructor(state: StateFile) {
    this.#state = state;
    this.#one = state.prepare('SELECT * FROM files WHERE path = ?');
  }

  /** Calls `use` with each row. */
  each(use: (row: FileRow) => void): void {
    for (const found of this.#state.prepare('SELECT * FROM files').iterate()) {
      const row = this.#read(found as unknown as StoredRow);
      if (row !== undefined) use(row);
    }
  }

  get(path: string): FileRow | undefined {
    const found = this.#one.get(path);
    return found === undefined ? undefined : this.#read(found as unknown as StoredRow);
  }

  /** Replaces the rows of some files and deletes those of others. Must be called in a transaction. */
  write(rows: Iterable<FileRow>, deleted: Iterable<string>): void {
    const insert = this.#state.prepare('INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    for (const row of rows) {
      const { path, file, hash, data, references } = row;
      const { size, mtimeMs, ctimeMs, ino, dev } = file;
      const [basis, doubtful] = [this.#idOf(row.basis), Number(row.isDoubtful)];
      const sum = sumOf(path, basis, doubtful, hash, data, references);
      insert.run(path, size, mtimeMs, ctimeMs, ino, dev, doubtful, basis, hash, data, references, sum);
    }
    const remove = this.#state.prepare('DELETE FROM files WHERE path = ?');
    for (const path of deleted) remove.run(path);
  }

  #read(row: StoredRow): FileRow | undefined {
    const { path, size, mtime, ctime, ino, dev, doubtful, basis, hash, data, refs } = row;
    const written = this.#basisOf(basis);
    if (written === undefined || row.sum !== sumOf(path, basis, doubtful, hash, data, refs)) return undefined;
    const file: FileState = { kind: 'file', mtimeMs: mtime, ctimeMs: ctime, size, ino, dev };
    return { path, file, isDoubtful: doubtful !== 0, basis: written, hash, data, references: refs };
  }

  #basisOf(id: number): string | undefined {
    if (!this.#bases.has(id))
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

/** Reports whether a file that was read at `now` may change without another state. */
export function isDoubtful(file: FileState, now: number): boolean {
  return isRecent(file, now) || isRecent({ ...file, mtimeMs: file.ctimeMs }, now);
}

interface StoredRow {
  readonly path: string;
  readonly size: number;
  readonly mtime: number;
  readonly ctime: number;
  readonly ino: number;
  readonly dev: number;
  readonly doubtful: number;
  readonly basis: number;
  readonly hash: string;
  readonly data: string;
  readonly refs: string | null;
  readonly sum: number;
}

/** A damaged number of the file's state makes the row another file's, which needs no checksum. */
function sumOf(
  path: string,
  basis: number,
  doubtful: number,
  hash: string,
  data: string,
  references: string | null,
): number {
  return crc32(`${path}\n${basis} ${doubtful} ${hash}\n${data}\n${references}`);
}
