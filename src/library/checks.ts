import type { Instant } from '../article/article.ts';
import { secondsOf } from '../article/duration.ts';
import { oneLine } from '../article/plain-text.ts';
import { quote } from '../article/problem.ts';
import { instantOf } from '../article/seed/date.ts';
import { canonicalUrl } from '../article/web-address.ts';

/** Reads a value that a caller passed; `place` begins the error: `items[3].published`. */
export type Check<T> = (value: unknown, place: string) => T;

/** Throws an error that names the place, what was expected there, and what was found. */
export function wrong(place: string, expected: string, got: unknown): never {
  throw new TypeError(`${place}: expected ${expected}, got ${describe(got)}`);
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return quote(value);
  if (value instanceof Date) return 'an invalid Date';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : typeof value === 'function' ? 'a function' : String(value);
}

/** Makes a check of a value that may be missing. A database has `null` where there is nothing. */
export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value, place) => (value === undefined || value === null ? undefined : check(value, place));
}

/** Reads a list; a missing one is empty. */
export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value, place) => {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) return wrong(place, 'a list', value);
    return value.map((one, index) => check(one, `${place}[${index}]`));
  };
}

/**
 * Reads a list, also as clients of databases answer it: in `rows` (Postgres, libSQL) or `results` (D1). Two lists in
 * one answer are refused.
 */
export function rowsIn(value: unknown, expected: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const { rows, results } = (value ?? {}) as { readonly rows?: unknown; readonly results?: unknown };
  const [list, other] = [rows, results].filter((one) => Array.isArray(one));
  return list !== undefined && other === undefined ? list : wrong('items', expected, value);
}

/** Returns the fields of an object, such as an item. */
export function fieldsOf(value: unknown, place: string, expected = 'an object'): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : wrong(place, expected, value);
}

/** Reads plain text as one line, which must not be empty. */
export const text: Check<string> = (value, place) => {
  const line = typeof value === 'string' ? oneLine(value) : '';
  return line === '' ? wrong(place, 'text', value) : line;
};

/** Reads text as it is, such as HTML. */
export const source: Check<string> = (value, place) =>
  typeof value === 'string' ? value : wrong(place, 'text', value);

export const address: Check<string> = (value, place) =>
  canonicalUrl(typeof value === 'string' ? value.trim() : '') ??
  wrong(place, 'an absolute http or https address', value);

/**
 * Reads a number that counts something: bytes, pixels, seconds. Clients of databases return 64-bit integers as a BigInt
 * or as digits.
 */
export const count: Check<number> = (value, place) => {
  const number =
    typeof value === 'bigint' || (typeof value === 'string' && /^\d+$/.test(value)) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0
    ? Math.round(number)
    : wrong(place, 'a number that is not negative', value);
};

/** Reads a playing time in seconds: a number, or a text such as `1:02:03`. */
export const playingTime: Check<number> = (value, place) => {
  if (typeof value !== 'string') return count(value, place);
  return secondsOf(value.trim()) ?? wrong(place, 'seconds, or hours, minutes and seconds as in 1:02:03', value);
};

/** Reads a number of an episode or a season: Apple takes no 0. */
export const numberFromOne: Check<number> = (value, place) =>
  typeof value === 'number' && Number.isInteger(value) && value > 0
    ? value
    : wrong(place, 'a whole number from 1', value);

export const truth: Check<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : wrong(place, 'true or false', value);

export const mediaType: Check<string> = (value, place) =>
  typeof value === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(value) ? value : wrong(place, 'a media type', value);

export const languageTag: Check<string> = (value, place) => {
  try {
    return Intl.getCanonicalLocales(typeof value === 'string' ? value : '-')[0] ?? '';
  } catch {
    return wrong(place, 'a language tag such as en or pt-BR', value);
  }
};

/** Returns a check for one of some words. */
export function oneOf<const T extends string>(words: readonly T[]): Check<T> {
  const expected = words.map((word) => `"${word}"`).join(' or ');
  return (value, place) => words.find((word) => word === value) ?? wrong(place, expected, value);
}

/** Reads a `Date`, or a date with time and zone as RFC 3339 §5.6 writes it. */
export const instant: Check<Instant> = (value, place) => {
  const found =
    value instanceof Date ? instantOf(value.getTime()) : typeof value === 'string' ? rfc3339(value) : undefined;
  if (found !== undefined) return found;
  return wrong(place, typeof value === 'string' && withoutZone.test(value) ? withZone(value) : 'a date', value);
};

/** Says what to write for a date without a zone, such as those of SQLite: guessing one would move articles by hours. */
function withZone(written: string): string {
  const date = written.trim();
  const inUtc = date.length > 10 ? `${date}Z` : `${date}T00:00:00Z`;
  const [example, hint] = rfc3339(inUtc) === undefined ? ['2026-01-02T03:04:05Z', ''] : [inUtc, ' if it is in UTC'];
  return `a date with time and zone, such as ${example}${hint}`;
}

function rfc3339(written: string): Instant | undefined {
  const [, day = '', time = '', zone = ''] = dateTime.exec(written.trim()) ?? [];
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // `Date.parse` turns an impossible day into a later one.
  if (Number.isNaN(midnight) || instantOf(midnight)?.startsWith(day) !== true) return undefined;
  return instantOf(Date.parse(`${day}T${time}${zone}`.toUpperCase()));
}

/** RFC 3339 also allows a space for the "T". */
const dateTime = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|z|[+-]\d\d:\d\d)$/;
const withoutZone = /^\s*\d{4}-\d\d-\d\d(?:[T ][\d:.]+)?\s*$/;
