import { existsSync, mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isDamage, isStateError, isUnwritable, loadDatabase } from './sqlite.ts';
import { inTransaction, openTables, type StateForm, UnusableState } from './state-tables.ts';

/** The folder of a publication's state, inside its folder. Its name is hidden, so it is never listed or served. */
export const stateFolder = '.dateline';

/** The file name of a publication's state, in {@link stateFolder} or in another `folder` of the user's choice. */
export function statePath(dir: string, name: string, folder = join(dir, stateFolder)): string {
  return join(folder, `${name}.db`);
}

/** A file of tables that several processes may use at once. */
export class StateFile {
  readonly path: string;
  readonly #form: StateForm;
  readonly #statements = new Map<string, StatementSync>();
  /** Absent while the file rests. */
  #database: DatabaseSync | undefined;
  #isUsed = true;
  #isClosed = false;

  private constructor(path: string, form: StateForm, database: DatabaseSync) {
    this.path = path;
    this.#form = form;
    this.#database = database;
  }

  /**
   * Opens or creates a file, and its folder inside an existing one. Returns `undefined` where nothing can be written.
   *
   * @example StateFile.open(statePath('seeds', 'state'), { version: 1, schema: 'CREATE TABLE files (path TEXT)' })
   */
  static open(path: string, form: StateForm): StateFile | undefined {
    try {
      return StateFile.#openOrReplace(path, form);
    } catch (error) {
      const isDisposable = form.upgrade === undefined && isStateError(error);
      if (!isDisposable && (error instanceof UnusableState || !isUnwritable(error))) throw error;
      return undefined;
    }
  }

  /** Opens tables that only this process sees and that vanish with it. Large ones are on disk, not in memory. */
  static temporary(form: StateForm): StateFile {
    const database = new (loadDatabase())('');
    database.exec(`${form.settings ?? ''}; PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; ${form.schema}`);
    return new StateFile('', form, database);
  }

  static #openOrReplace(path: string, form: StateForm): StateFile {
    makeStateFolder(dirname(path));
    try {
      return new StateFile(path, form, openTables(path, form));
    } catch (error) {
      if (form.upgrade !== undefined || !isDamage(error)) throw error;
      removeFiles(path);
      return new StateFile(path, form, openTables(path, form));
    }
  }

  /** Returns the statement for some SQL, which is prepared once. It must be used at once, because the file may rest. */
  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#opened().prepare(sql);
    this.#isUsed = true;
    this.#statements.set(sql, known);
    return known;
  }

  exec(sql: string): void {
    this.#opened().exec(sql);
  }

  /** Runs a function in a transaction, which is undone if it throws. No other process writes meanwhile. */
  transaction<T>(run: () => T): T {
    return inTransaction(this.#opened(), run);
  }

  /** Closes and deletes the file, which is damaged. */
  discard(): void {
    this.close();
    removeFiles(this.path);
  }

  /**
   * Closes a file that was not used since the last call; the next use opens it again. A process with hundreds of
   * publications would else keep six files open for each.
   */
  rest(): void {
    if (!this.#isUsed && this.path !== '') this.#disconnect();
    this.#isUsed = false;
  }

  /** Closes the file. It must not be used again. */
  close(): void {
    this.#isClosed = true;
    this.#disconnect();
  }

  #disconnect(): void {
    this.#statements.clear();
    this.#database?.close();
    this.#database = undefined;
  }

  #opened(): DatabaseSync {
    if (this.#isClosed) throw new Error(`${this.path}: the file is closed`);
    this.#isUsed = true;
    this.#database ??= openTables(this.path, this.#form);
    return this.#database;
  }
}

/** Another process that has the file open keeps it, without a name. */
function removeFiles(path: string): void {
  if (path !== '') for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { force: true });
}

/** Makes the folder of a state, which Git ignores, in a folder that exists. */
export function makeStateFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  const { atime, mtime } = statSync(parent);
  mkdirSync(folder);
  try {
    writeFileSync(join(folder, '.gitignore'), '*\n');
  } catch (error) {
    // On a full disk. The next run makes the folder anew.
    rmSync(folder, { recursive: true });
    throw error;
  }
  try {
    // The date of a folder of articles is when an article came or went.
    utimesSync(parent, atime, mtime);
  } catch {
    // The folder belongs to another user, so its date stays that of now.
  }
}
