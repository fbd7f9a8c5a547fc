import { type DayCounts, dayOf } from './counts.ts';
import { DayCounter, type Mark } from './day-counter.ts';

/** A database of SQLite: a file on Node.js, the storage of a Durable Object in a worker. */
export interface Sql {
  run(statement: string, ...values: readonly (string | number)[]): Iterable<Readonly<Record<string, unknown>>>;
  transaction(run: () => void): void;
  /** Overwrites what was deleted, if the database would keep it otherwise. */
  forget?(): void;
}

/** The tables, documented in docs/privacy.md. */
export const audienceSchema = `
  CREATE TABLE IF NOT EXISTS days (day TEXT PRIMARY KEY, counts TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS today (day TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS marks (
    path TEXT NOT NULL, pseudonym TEXT NOT NULL, value NOT NULL, PRIMARY KEY (path, pseudonym)
  ) WITHOUT ROWID;`;

/** A day that is being counted, and the key of its pseudonyms. */
export interface OpenDay {
  readonly counter: DayCounter;
  readonly key: string;
  /** Milliseconds since 1970 at which the next day begins. */
  readonly end: number;
}

/**
 * The days of a publication. The key and the pseudonyms of a day are kept until it ends, so that a restart counts
 * nobody twice; then they are deleted.
 */
export class AudienceBook {
  readonly #sql: Sql;
  readonly #newKey: () => string;
  #open: OpenDay | undefined;

  /** `newKey` makes a random key. */
  constructor(sql: Sql, newKey: () => string) {
    this.#sql = sql;
    this.#newKey = newKey;
  }

  /** Returns the day of a moment. A day that ended stays closed, so late polls count for the next day. */
  dayAt(time: number): OpenDay {
    if (this.#open !== undefined && time < this.#open.end) return this.#open;
    this.save();
    this.#open = this.#openDay(dayOf(time));
    return this.#open;
  }

  /** Writes what was counted since the last call. */
  save(): void {
    if (this.#open === undefined) return;
    const { counts } = this.#open.counter;
    const marks = this.#open.counter.takeMarks();
    this.#sql.transaction(() => {
      this.#run('REPLACE INTO days VALUES (?, ?)', counts.day, JSON.stringify(counts));
      for (const { path, pseudonym, value } of marks)
        this.#run('REPLACE INTO marks VALUES (?, ?, ?)', path, pseudonym, value);
    });
  }

  /** Returns all days, oldest first, with what was counted until now. */
  days(now: number): DayCounts[] {
    this.dayAt(now);
    this.save();
    return readDays(this.#sql);
  }

  #openDay(day: string): OpenDay {
    const end = Date.parse(`${day}T00:00:00Z`) + 86_400_000;
    const [known] = this.#sql.run('SELECT key FROM today WHERE day = ?', day);
    if (known !== undefined) return { counter: this.#resume(day), key: String(known.key), end };
    const key = this.#newKey();
    forgetBefore(this.#sql, day);
    this.#run('INSERT INTO today VALUES (?, ?)', day, key);
    return { counter: new DayCounter(day), key, end };
  }

  /** Continues the day of an earlier process. */
  #resume(day: string): DayCounter {
    const [written] = this.#sql.run('SELECT counts FROM days WHERE day = ?', day);
    if (written === undefined) return new DayCounter(day);
    const rows = [...this.#sql.run('SELECT path, pseudonym, value FROM marks')];
    const marks = rows.map(({ path, pseudonym, value }): Mark => {
      return {
        path: String(path),
        pseudonym: String(pseudonym),
        value: typeof value === 'number' ? value : String(value),
      };
    });
    return new DayCounter(day, { counts: JSON.parse(String(written.counts)) as DayCounts, marks });
  }

  #run(statement: string, ...values: readonly (string | number)[]): void {
    runToEnd(this.#sql, statement, ...values);
  }
}

/** Deletes the key and the pseudonyms of any day before this one. */
export function forgetBefore(sql: Sql, day: string): void {
  const [old] = sql.run('SELECT 1 FROM today WHERE day < ?', day);
  if (old === undefined) return;
  sql.transaction(() => {
    for (const table of ['marks', 'today']) runToEnd(sql, `DELETE FROM ${table}`);
  });
  sql.forget?.();
}

function runToEnd(sql: Sql, statement: string, ...values: readonly (string | number)[]): void {
  Array.from(sql.run(statement, ...values));
}

/** Reads all days, oldest first. */
export function readDays(sql: Pick<Sql, 'run'>): DayCounts[] {
  return Array.from(sql.run('SELECT counts FROM days ORDER BY day'), ({ counts }) => {
    return JSON.parse(String(counts)) as DayCounts;
  });
}
