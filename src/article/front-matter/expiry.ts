import type { Instant } from '../article.ts';
import { quote, type Report } from '../problem.ts';
import { readDate } from '../seed/date.ts';
import { describe, text, truth } from './read.ts';
import { allUnder, keyOf, type Table, type Value } from './value.ts';

/** When front matter says that an article is withdrawn. */
export interface Expiry {
  readonly expires: Instant;
  /** The offset of the date. */
  readonly expiresAt: number;
}

/** The keys for the date on which an article expires, as `keyOf` normalizes them; the earliest date counts. */
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

/**
 * Reads the earliest date at which an article expires. A wrong one is an error: without it, the article would stay for
 * good.
 */
export function readExpiry(table: Table, timezone: string, report: Report): Expiry | undefined {
  return allUnder(table, expiryKeys)
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
  const written = text(value) ?? '';
  const reading = readDate(written, timezone);
  if (reading?.kind !== 'date') {
    const reason =
      reading === undefined
        ? '; write it like 2025-02-25, or remove it if the article never expires'
        : `: ${reading.reason}`;
    const code = reading?.ambiguous ? 'ambiguous-date' : 'bad-date';
    report('error', code, value.at, `expected the date on which it expires, got ${describe(value)}${reason}`);
    return undefined;
  }
  if (reading.wrongWeekday !== undefined) {
    const message = `${quote(written)} is not a ${reading.wrongWeekday}; the date is used, so correct the weekday ("dateline check --fix" can do it)`;
    report('warning', 'wrong-weekday', value.at, message);
  }
  return { expires: reading.instant, expiresAt: value.at };
}
