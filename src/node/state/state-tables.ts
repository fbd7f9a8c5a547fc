import type { DatabaseSync } from 'node:sqlite';
import { isDamage, loadDatabase } from './sqlite.ts';

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
  /** Settings of each connection, in SQL. */
  readonly settings?: string;
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

/** Milliseconds to wait for another process. */
const busyTimeout = 2000;
/** The four letters `Dtln` say whose file it is. */
const applicationId = 0x44746c6e;

/** Opens a file, and makes or upgrades its tables. Throws {@link UnusableState}, or an error of SQLite. */
export function openTables(path: string, form: StateForm): DatabaseSync {
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
    database.exec(`PRAGMA synchronous = ${form.upgrade === undefined ? 'OFF' : 'FULL'}; ${form.settings ?? ''}`);
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

/** Runs a function in a transaction, which is undone if it throws. */
export function inTransaction<T>(database: DatabaseSync, run: () => T): T {
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
