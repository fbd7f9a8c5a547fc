import type { Instant } from '../../article.ts';
import { quote, type Report } from '../../problem.ts';
import { readDate } from '../../seed/date.ts';
import { describe, text, truth } from '../syntax/read.ts';
import { allMatching, allUnder, keyOf, type Table, type Value, valueUnder } from '../syntax/value.ts';

/** When front matter says that an article is withdrawn. */
export interface Expiry {
  readonly expires: Instant;
  /** The offset of the date. */
  readonly expiresAt: number;
}

/** The usual keys for the date on which an article expires, as `keyOf` normalizes them; the earliest date counts. */
export const expiryKeys = [
  'expiryDate',
  'expires',
  'expireDate',
  'expirationDate',
  'expiresAt',
  'expiresOn',
  'unpublishDate',
  'unpublishAt',
  'unpublishOn',
].map(keyOf);

/** Rarer keys, also without a word for a date, such as `unpublish`, and what is public "until" then. */
const expiryPattern =
  /^(?:(?:expires?|expired|expiry|expiration|unpublish|unpublished|withdrawn?|removed?|deleted?|takedown|gooffline|offline)(?:date|at|on|time|after)|expire|expired|expiry|expiration|unpublish|withdrawn|deleted|(?:publish|published|public|live|visible|show|available|display|listed)until|publish(?:end|enddate|down)|hide(?:on|after))$/;

/** Keys that may also be a switch, such as `expired: true`. */
const switchPattern = /^(?:expired?|unpublish|withdrawn|deleted)$/;

/** Reports whether a key, as `keyOf` normalizes it, may be for a date of expiry. */
export function isExpiryKey(key: string): boolean {
  return expiryKeys.includes(key) || expiryPattern.test(key);
}

/** Returns the dates of expiry as written, also those in the tables of themes. */
export function expiriesIn(table: Table): readonly Value[] {
  const switches = allMatching(table, switchPattern, []).filter((value) => truth(value) !== undefined);
  const rare = allMatching(table, expiryPattern, expiryKeys);
  const all = [...new Set([...allUnder(table, expiryKeys), ...rare])].filter((value) => !switches.includes(value));
  // A withdrawal may be a map of date and reason.
  return all.map((value) => (value.kind === 'table' ? (valueUnder(value, 'date') ?? value) : value));
}

/**
 * Reads the earliest date at which an article expires. A wrong one is an error: without it, the article would stay for
 * good.
 */
export function readExpiry(table: Table, timezone: string, report: Report): Expiry | undefined {
  return expiriesIn(table)
    .filter((value) => !isNever(value))
    .flatMap((value) => readOne(value, timezone, report) ?? [])
    .toSorted((a, b) => (a.expires < b.expires ? -1 : 1))[0];
}

/** Hugo writes the zero date where there is none. */
function isNever(value: Value): boolean {
  const written = text(value) ?? '';
  return truth(value) === false || /^(?:never|none|null|~|0001-01-01.*)$/i.test(written);
}

function readOne(value: Value, timezone: string, report: Report): Expiry | undefined {
  const expected = {
    what: 'the date on which it expires',
    advice: 'write it like 2025-02-25, or remove it if the article never expires',
  };
  const expires = readMoment(value, timezone, report, expected);
  return expires === undefined ? undefined : { expires, expiresAt: value.at };
}

/** Reads a date; a wrong one is an error with `advice`. */
export function readMoment(
  value: Value,
  timezone: string,
  report: Report,
  { what, advice }: { readonly what: string; readonly advice: string },
): Instant | undefined {
  const written = text(value) ?? '';
  const reading = readDate(written, timezone);
  if (reading?.kind !== 'date') {
    const reason = reading === undefined ? `; ${advice}` : `: ${reading.reason}`;
    const code = reading?.ambiguous ? 'ambiguous-date' : 'bad-date';
    report('error', code, value.at, `expected ${what}, got ${describe(value)}${reason}`);
    return undefined;
  }
  if (reading.wrongWeekday !== undefined) {
    const message = `${quote(written)} is not a ${reading.wrongWeekday}; the date is used, so correct the weekday ("dateline check --fix" can do it)`;
    report('warning', 'wrong-weekday', value.at, message);
  }
  return reading.instant;
}
