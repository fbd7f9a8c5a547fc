import { existsSync, mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isDamage, isStateError, isUnwritable, loadDatabase } from './sqlite.ts';

/** The tables of a state file. */
export interface StateForm {
  /** Changes with `schema`. */
  readonly version: number;
  /** SQL that creates the tables. */
  readonly schema: string;
  /**
   * Brings tables of an earlier version to this one, in a transaction. Present if the content cannot be derived again:
   * a file that is damaged, or of another program or a later version, is then an {@link UnusableState} and is left as
   * it is. Without it, such a file is replaced by an empty one.
   */
  readonly upgrade?: (database: DatabaseSync, from: number) => void;
}

/** Thrown when a file with content of lasting value cannot be used. */
export class UnusableState extends Error {
  override readonly name = 'UnusableState';
  readonly reason: 'damaged' | 'foreign' | 'later';

  constructor(reason: UnusableState['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** The folder of a publication's state, inside its folder. Its name is hidden, so it is never listed or served. */
export const stateFolder = '.dateline';

/** The file name of a publication's state, in {@link stateFolder} or in another `folder` of the user's choice. */
export function statePath(dir: string, name: string, folder = join(dir, stateFolder)): string {
  return join(folder, `${name}.db`);
}

/** A file of tables that several processes may use at once. */
export class StateFile {
  readonly path: string;
  readonly #database: DatabaseSync;

  private constructor(path: string, database: DatabaseSync) {
    this.path = path;
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
  static temporary({ schema }: StateForm): StateFile {
    const database = new (loadDatabase())('');
    database.exec(`PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; ${schema}`);
    return new StateFile('', database);
  }

  static #openOrReplace(path: string, form: StateForm): StateFile {
    makeFolder(dirname(path));
    try {
      return new StateFile(path, openTables(path, form));
    } catch (error) {
      if (form.upgrade !== undefined || !isDamage(error)) throw error;
      removeFiles(path);
      return new StateFile(path, openTables(path, form));
    }
  }

  prepare(sql: string): StatementSync {
    return this.#database.prepare(sql);
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** Runs a function in a transaction, which is undone if it throws. No other process writes meanwhile. */
  transaction<T>(run: () => T): T {
    return inTransaction(this.#database, run);
  }

  /** Closes and deletes the file, which is damaged. */
  discard(): void {
    this.#database.close();
    removeFiles(this.path);
  }

  /** Closes the file. It must not be used again. */
  close(): void {
    this.#database.close();
  }
}

/** Milliseconds to wait for another process. */
const busyTimeout = 2000;
/** The four letters `Dtln` say whose file it is. */
const applicationId = 0x44746c6e;

function openTables(path: string, form: StateForm): DatabaseSync {
  const database = new (loadDatabase())(path);
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
    if (!isCurrent(database, form)) {
      // Texts of some kilobytes would waste a third of smaller pages.
      if (form.upgrade === undefined) database.exec('PRAGMA page_size = 16384');
      inTransaction(database, () => makeTables(path, database, form));
      database.exec('PRAGMA journal_mode = WAL');
    }
    // Content of lasting value must survive a crash of the system, too.
    database.exec(`PRAGMA synchronous = ${form.upgrade === undefined ? 'OFF' : 'FULL'}`);
    return database;
  } catch (error) {
    database.close();
    if (form.upgrade === undefined || !isDamage(error)) throw error;
    throw new UnusableState('damaged', `${path}: the file is damaged`, { cause: error });
  }
}

function isCurrent(database: DatabaseSync, { version }: StateForm): boolean {
  return pragma(database, 'application_id') === applicationId && pragma(database, 'user_version') === version;
}

function makeTables(path: string, database: DatabaseSync, form: StateForm): void {
  // Another process may have been first.
  if (isCurrent(database, form)) return;
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  const names = tables.all().map(({ name }) => String(name));
  const isOurs = pragma(database, 'application_id') === applicationId;
  const from = pragma(database, 'user_version');
  if (names.length > 0 && form.upgrade !== undefined) {
    if (!isOurs) throw new UnusableState('foreign', `${path}: the file belongs to another program`);
    if (from > form.version) throw new UnusableState('later', `${path}: a later version of Dateline wrote the file`);
    form.upgrade(database, from);
  } else {
    for (const name of names) database.exec(`DROP TABLE "${name.replaceAll('"', '""')}"`);
    database.exec(form.schema);
  }
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${form.version}`);
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
}

function inTransaction<T>(database: DatabaseSync, run: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = run();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    try {
      database.exec('ROLLBACK');
    } catch {
      // A full disk ends the transaction itself.
    }
    throw error;
  }
}

/** Another process that has the file open keeps it, without a name. */
function removeFiles(path: string): void {
  if (path !== '') for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { force: true });
}

function makeFolder(folder: string): void {
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
