import { type Correction, type Instant, instantAt, type Withdrawal } from '../article.ts';
import { omitUndefined } from '../omit-undefined.ts';
import type { Report } from '../problem.ts';
import { describe, reportWrong, text, textInside, truth } from './syntax/read.ts';
import { firstUnder, itemsOf, type Table, type Value, valueUnder } from './syntax/value.ts';
import { readMoment } from './withheld/expiry.ts';

/** Reads the corrections of an article: a map of date and note, or a list of these. A wrong one is an error. */
export function readCorrections(table: Table, timezone: string, report: Report): readonly Correction[] | undefined {
  const value = firstUnder(table, ['corrected', 'corrections']);
  if (value === undefined || truth(value) === false) return undefined;
  const all = itemsOf(value).flatMap((item) => readCorrection(item, timezone, report) ?? []);
  return all.length === 0 ? undefined : all.toSorted((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)));
}

function readCorrection(value: Value, timezone: string, report: Report): Correction | undefined {
  const note = textInside(value, ['note', 'text']);
  const date = value.kind === 'table' ? valueUnder(value, 'date') : undefined;
  if (date === undefined || note === undefined) {
    reportWrong(report, 'corrected', 'a map of date and note, or a list of these', value, 'error', got(value));
    return undefined;
  }
  const expected = { what: 'the date of the correction', advice: 'write it like 2025-02-25' };
  const read = readMoment(date, timezone, report, expected);
  return read === undefined ? undefined : { date: read, note };
}

function got(value: Value): string {
  if (value.kind !== 'table') return describe(value);
  return valueUnder(value, 'date') === undefined ? 'a map without a date' : 'a map without a note';
}

/**
 * Reads the withdrawal of an article: a date, or a map of date and reason. A wrong date is reported with those of
 * expiry.
 */
export function readWithdrawal(table: Table, timezone: string, report: Report): Withdrawal | undefined {
  const value = valueUnder(table, 'withdrawn');
  if (value === undefined || truth(value) !== undefined) return undefined;
  const written = value.kind === 'table' ? valueUnder(value, 'date') : value;
  const date = written && readMoment(written, timezone, () => {}, { what: '', advice: '' });
  if (date === undefined) return undefined;
  return omitUndefined({ date, reason: value.kind === 'table' ? readReason(value, report) : undefined });
}

/** Reads why an article was withdrawn. Readers get only this, so a reason that can't be read is reported. */
function readReason(table: Table, report: Report): string | undefined {
  const value = valueUnder(table, 'reason');
  if (value !== undefined && value.kind !== 'scalar') reportWrong(report, 'withdrawn.reason', 'text', value);
  return value && text(value);
}

/** What happened to an article after its publication. */
interface Aftermath {
  readonly expires?: Instant;
  readonly corrections?: readonly Correction[];
  readonly withdrawal?: Withdrawal;
}

/**
 * Moves what happened on the day of publication behind it: `withdrawn: 2026-03-10` is midnight, and the article of that
 * morning is withdrawn all the same. It then never appears, not for a second, because it may still be scheduled.
 */
export function afterPublication<T extends Aftermath>(facts: T, published: Instant): T {
  const { expires, corrections, withdrawal } = facts;
  const isSameDay = (date: Instant): boolean => date <= published && Date.parse(published) - Date.parse(date) < day;
  const isWithdrawn = withdrawal !== undefined && isSameDay(withdrawal.date);
  if (!isWithdrawn && !corrections?.some(({ date }) => isSameDay(date))) return facts;
  const next = instantAt(Date.parse(published) + 1000);
  return {
    ...facts,
    ...omitUndefined({
      corrections: corrections?.map(({ date, note }) => ({ date: isSameDay(date) ? next : date, note })),
      withdrawal: isWithdrawn ? { ...withdrawal, date: published } : withdrawal,
      expires: isWithdrawn && expires === withdrawal.date ? published : expires,
    }),
  };
}

/** Reports whether an article ends before it begins, and not because it was withdrawn on that day. */
export function isNeverShown({ expires, withdrawal }: Aftermath, published: Instant): boolean {
  if (expires === undefined || expires > published) return false;
  return expires < published || withdrawal?.date !== expires;
}

/** Milliseconds. */
const day = 86_400_000;
