import { type DayCounts, dayOf, emptyDay } from './counts.ts';
import { DayCounter } from './day-counter.ts';
import type { FindMark, Mark } from './marks.ts';

/** A database of SQLite: a file on Node.js, the storage of a Durable Object in a worker. */
export interface Sql {
  run(statement: string, ...values: readonly (string | number)[]): Iterable<Readonly<Record<string, unknown>>>;
  transaction(run: () => void): void;
  /** Overwrites deleted rows, if the database would keep them otherwise. Returns `false` if it must be tried again. */
  overwriteDeleted?(): boolean;
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
  /** The moments that count for it, in milliseconds since 1970: from `begin` on, before `end`. */
  readonly begin: number;
  readonly end: number;
}

/**
 * The days of a publication, to which several processes may add. The key and the pseudonyms of a day are kept until it
 * ends, so that neither a restart nor a second process counts anybody twice; then they are deleted.
 */
export class AudienceBook {
  readonly #sql: Sql;
  readonly #newKey: () => string;
  #open: OpenDay | undefined;
  /** Whether the database may still keep deleted rows, because another process was reading. */
  #mustOverwrite = false;

  /** `newKey` makes a random key. */
  constructor(sql: Sql, newKey: () => string) {
    this.#sql = sql;
    this.#newKey = newKey;
  }

  /**
   * Returns the day of a moment. A day that ended stays closed, so late polls count for the next day. Only a clock that
   * was wrong opens an earlier day.
   */
  dayAt(time: number): OpenDay {
    if (this.#open !== undefined && isOf(this.#open, time)) return this.#open;
    this.#save(false);
    this.#open = this.#openDay(dayOf(time));
    return this.#open;
  }

  /** Writes what was counted since the last call. */
  save(): void {
    this.#save(true);
  }

  /** Returns all days, oldest first, with what was counted until now. */
  days(now: number): DayCounts[] {
    this.dayAt(now);
    this.save();
    return this.read();
  }

  /** Returns all days as they were last written. */
  read(): DayCounts[] {
    return readDays(this.#sql);
  }

  /** `hasMarks` is false when the day is over, because its pseudonyms are deleted then. */
  #save(hasMarks: boolean): void {
    if (this.#open === undefined) return;
    const { counter, key } = this.#open;
    const { day } = counter.counts;
    let marks: readonly Mark[] = [];
    this.#sql.transaction(() => {
      // If another process has closed the day meanwhile, the table has the marks of the next one.
      const [own] = this.#sql.run('SELECT 1 FROM today WHERE day = ? AND key = ?', day, key);
      const sum = readDay(this.#sql, day);
      marks = counter.addTo(sum, own === undefined ? () => undefined : this.#findMark);
      writeDay(this.#sql, sum);
      for (const { path, pseudonym, value } of hasMarks && own !== undefined ? marks : [])
        runToEnd(this.#sql, 'REPLACE INTO marks VALUES (?, ?, ?)', path, pseudonym, value);
    });
    counter.beginAnew(marks);
    if (this.#mustOverwrite) this.#mustOverwrite = this.#sql.overwriteDeleted?.() === false;
  }

  readonly #findMark: FindMark = (path, pseudonym) => {
    const [row] = this.#sql.run('SELECT value FROM marks WHERE path = ? AND pseudonym = ?', path, pseudonym);
    return row && markValue(row);
  };

  #openDay(day: string): OpenDay {
    const start = Date.parse(`${day}T00:00:00Z`);
    let key = this.#newKey();
    this.#sql.transaction(() => {
      const [known] = this.#sql.run('SELECT key FROM today WHERE day = ?', day);
      if (known !== undefined) key = String(known.key);
      else {
        forgetAll(this.#sql);
        runToEnd(this.#sql, 'INSERT INTO today VALUES (?, ?)', day, key);
      }
    });
    this.#mustOverwrite = this.#sql.overwriteDeleted?.() === false;
    return { counter: new DayCounter(day, readMarks(this.#sql)), key, begin: start - lateness, end: start + dayLength };
  }
}

/** Reports whether a moment counts for a day. */
export function isOf({ begin, end }: OpenDay, time: number): boolean {
  return time < end && time >= begin;
}

const dayLength = 86_400_000;
/** Milliseconds after a day's end for which a late poll is no sign of a wrong clock. */
const lateness = 3_600_000;

/** Deletes the key and the pseudonyms of any day before this one. */
export function forgetBefore(sql: Sql, day: string): void {
  const [old] = sql.run('SELECT 1 FROM today WHERE day < ?', day);
  if (old === undefined) return;
  sql.transaction(() => forgetAll(sql));
  sql.overwriteDeleted?.();
}

function forgetAll(sql: Sql): void {
  for (const table of ['marks', 'today']) runToEnd(sql, `DELETE FROM ${table}`);
}

function runToEnd(sql: Sql, statement: string, ...values: readonly (string | number)[]): void {
  for (const _ of sql.run(statement, ...values));
}

function* readMarks(sql: Sql): Generator<Mark> {
  for (const row of sql.run('SELECT path, pseudonym, value FROM marks'))
    yield { path: String(row.path), pseudonym: String(row.pseudonym), value: markValue(row) };
}

function markValue({ value }: Readonly<Record<string, unknown>>): Mark['value'] {
  return typeof value === 'number' ? value : String(value);
}

/** Reads all days, oldest first. */
export function readDays(sql: Pick<Sql, 'run'>): DayCounts[] {
  const texts = new Map<string, string>();
  for (const { day, counts } of sql.run('SELECT day, counts FROM days ORDER BY day')) {
    const name = String(day).slice(0, dayNameLength);
    texts.set(name, (texts.get(name) ?? '') + String(counts));
  }
  return Array.from(texts.values(), (text) => JSON.parse(text) as DayCounts);
}

function readDay(sql: Sql, day: string): DayCounts {
  const pieces = sql.run('SELECT counts FROM days WHERE day >= ? AND day < ? ORDER BY day', day, `${day}~`);
  const text = Array.from(pieces, ({ counts }) => String(counts)).join('');
  return text === '' ? emptyDay(day) : (JSON.parse(text) as DayCounts);
}

/** Writes a day in one row, or in several, named `2026-11-30 001`: a row of a Durable Object has at most 2 MB. */
function writeDay(sql: Sql, counts: DayCounts): void {
  const { day } = counts;
  const text = JSON.stringify(counts);
  let name = day;
  for (let at = 0, piece = 1; at < text.length; at += rowLength, piece++) {
    runToEnd(sql, 'REPLACE INTO days VALUES (?, ?)', name, text.slice(at, at + rowLength));
    name = `${day} ${String(piece).padStart(3, '0')}`;
  }
  runToEnd(sql, 'DELETE FROM days WHERE day >= ? AND day < ?', name, `${day}~`);
}

const dayNameLength = '2026-11-30'.length;

/** The most characters of a row, each of up to three bytes. */
const rowLength = 500_000;
