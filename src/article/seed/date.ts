import { TZDate, tzOffset } from '@date-fns/tz';
// Imported one by one: the package's index loads hundreds of modules, which takes half a second at startup.
import { getISOWeek } from 'date-fns/getISOWeek';
import { parseISO } from 'date-fns/parseISO';
import { type Instant, instantAt } from '../article.ts';
import { copyText } from '../plain-text.ts';
import { splitClock } from './clock.ts';
import { type Zone, zoneOf } from './zone.ts';

/** The result of reading a text that is, or was meant to be, a date. */
export type DateReading =
  | { readonly kind: 'date'; readonly instant: Instant; readonly wrongWeekday?: string }
  | { readonly kind: 'bad'; readonly reason: string; readonly ambiguous?: true };

/**
 * Reads a date as people write it. Returns `undefined` for a text that is not a date.
 *
 * Accepts month names and abbreviations before or after the day, ISO 8601 (calendar, week and ordinal dates), and
 * numeric dates with only one meaning, each with or without weekday, time of day (12 or 24 hours) and zone. A date
 * without a zone is read in `timezone` (an IANA name); without a time it means the first moment of that day. A time
 * that occurs twice means the first; a skipped time means the moment as long after the gap.
 */
export function readDate(text: string, timezone: string): DateReading | undefined {
  const exact = readTimestamp(text);
  if (exact !== undefined) return { kind: 'date', instant: exact };
  // No date is longer, and the expressions below run on untrusted text.
  if (text.length > 100) return undefined;
  const words = text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/ ?[.;,]$/, '');
  const { rest, time = 0, zone } = splitClock(words);
  const { rest: written, weekday } = splitWeekday(rest);
  const day = isoDay(written);
  if (day === undefined || typeof day === 'object') return day;

  // Computed in UTC, so that the time zone of the machine cannot interfere.
  const midnight = midnightOf(day);
  if (Number.isNaN(midnight) || !hasWeek(day, midnight)) {
    // Digits that are not a valid day are some other number.
    return /^\d+$/.test(written) ? undefined : bad('there is no such day');
  }
  if (Number.isNaN(time)) return bad('there is no such time of day');
  const place = zone === undefined ? timezone : zoneOf(zone);
  if (place === undefined) return bad(`the zone "${zone}" is not known; write an offset such as +01:00`);
  const instant = instantOf(momentIn(place, midnight + time));
  if (instant === undefined) return bad('the year must be between 1 and 9999');
  const wrong = weekday !== undefined && !weekday.toLowerCase().startsWith(weekdayOf(midnight));
  return wrong ? { kind: 'date', instant, wrongWeekday: weekday } : { kind: 'date', instant };
}

/** Returns when a day of ISO 8601 begins in UTC, in milliseconds since 1970; `NaN` if there is no such day. */
function midnightOf(day: string): number {
  const time = `${day}T00:00Z`;
  // `Date.parse` is ten times as fast, but turns an impossible day into a later one and knows no weeks.
  return inEveryMonth.test(day) ? Date.parse(time) : parseISO(time).getTime();
}

/** A day that every month has. */
const inEveryMonth = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/;

/**
 * Reads a UTC timestamp as programs write it: `2025-02-25T09:00:00Z`, with or without fractions. Returns `undefined`
 * for every other text. Ten times as fast as {@link readDate}, which calls it first.
 */
export function readTimestamp(text: string): Instant | undefined {
  const found = timestamp.exec(text);
  if (found === null) return undefined;
  const [, seconds = ''] = found;
  // `Date.parse` turns an impossible day or hour into a later one.
  const instant = everyMonth.test(seconds) ? copyText(`${seconds}Z`) : instantOf(Date.parse(text));
  return instant?.startsWith(seconds) ? instant : undefined;
}

const timestamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z$/;
/** A moment in a year that RFC 3339 can write, on a day that exists in every month. */
const everyMonth = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3])(?::[0-5]\d){2}$/;

/** Formats milliseconds since 1970; `undefined` outside the years 1 to 9999, which RFC 3339 can write. */
export function instantOf(milliseconds: number): Instant | undefined {
  if (!(milliseconds >= -62_135_596_800_000 && milliseconds < 253_402_300_800_000)) return undefined;
  return instantAt(milliseconds);
}

/** Formats a moment as local time in `timezone`, for a new seed: `2026-11-22T14:05:00+01:00`. */
export function localDateTime(milliseconds: number, timezone: string): string {
  return new TZDate(milliseconds, timezone)
    .toISOString()
    .replace(/\.\d+/, '')
    .replace(/\+00:00$/, 'Z');
}

export { isTimezone } from './zone.ts';

function bad(reason: string): DateReading & { kind: 'bad' } {
  return { kind: 'bad', reason };
}

const minuteLength = 60_000;
const dayLength = 24 * 60 * minuteLength;

/** Finds the moment when clocks in `zone` show `wall`, given in milliseconds as if that were UTC. */
function momentIn(zone: Zone, wall: number): number {
  if (zone === 'UTC') return wall;
  if (typeof zone === 'number') return wall - zone * 60 * minuteLength;
  const offsetAt = (moment: number): number => Math.round(tzOffset(zone, new Date(moment)) * minuteLength);
  const before = offsetAt(wall - dayLength);
  const after = offsetAt(wall + dayLength);
  const first = wall - before;
  if (before === after || offsetAt(first) === before) return first;
  const second = wall - after;
  return offsetAt(second) === after ? second : first;
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const weekdayName =
  /(?:^|,? \(?|,)(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)(?:[.,]{0,2} |[.,)]*$)/i;

function splitWeekday(text: string): { rest: string; weekday?: string } {
  const found = weekdayName.exec(text);
  if (found?.[1] === undefined) return { rest: text };
  return { rest: text.replace(found[0], ' ').trim(), weekday: found[1] };
}

function weekdayOf(midnight: number): string {
  return weekdays[new Date(midnight).getUTCDay()] ?? '';
}

/** `parseISO` accepts week 53 in every year, but most years have 52 weeks. */
function hasWeek(day: string, midnight: number): boolean {
  return !day.includes('W53') || getISOWeek(new TZDate(midnight, '+00:00')) === 53;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const day = '(?:the )?(\\d{1,2})(?:st|nd|rd|th)?';
/** Each expression with the indexes of its year, month and day groups. */
const namedForms: readonly (readonly [RegExp, number, number, number])[] = [
  [new RegExp(`^${month}(?:\\.? |-)${day}(?: ?, ?|[ -])(\\d{4})$`, 'i'), 3, 1, 2],
  [new RegExp(`^${day}\\.?(?: of)?[ /-]?${month}\\.?(?: ?, ?|[ /-])?(\\d{4})$`, 'i'), 3, 2, 1],
  [new RegExp(`^(\\d{4})(?: ?, ?|[ /-])${month}(?:\\.? |[/-])${day}$`, 'i'), 1, 2, 3],
];
/** ISO 8601, with or without hyphens. Digits alone must begin with 19 or 20, or telephone numbers would be days. */
const isoForm = /^(?:\d{4}-(?:\d{2}-\d{2}|W\d{2}-[1-7]|\d{3})|(?:19|20)\d{2}(?:\d{4}|W\d{2}[1-7]|\d{3}))$/i;

/** Recognizes the form of a day and rewrites it in ISO 8601. */
function isoDay(text: string): string | (DateReading & { kind: 'bad' }) | undefined {
  if (isoForm.test(text)) return text.toUpperCase();
  for (const [form, year, month, day] of namedForms) {
    const found = form.exec(text);
    if (found === null) continue;
    const number = months.indexOf((found[month] ?? '').slice(0, 3).toLowerCase()) + 1;
    return `${found[year]}-${pad(String(number))}-${pad(found[day])}`;
  }
  const [, year, , secondLast, last] = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})$/.exec(text) ?? [];
  if (year !== undefined) return `${year}-${pad(secondLast)}-${pad(last)}`;
  return yearLast(text);
}

function yearLast(text: string): string | (DateReading & { kind: 'bad' }) | undefined {
  const found = /^(\d{1,2})(\/|-|\. ?)(\d{1,2})\2(\d{4})$/.exec(text);
  if (found === null) return undefined;
  const [, first, separator = '', second, year] = found;
  const dayFirst = `${year}-${pad(second)}-${pad(first)}`;
  const monthFirst = `${year}-${pad(first)}-${pad(second)}`;
  // Dots always mean day first; slashes and hyphens do not.
  if (separator.startsWith('.') || Number(first) > 12) return dayFirst;
  if (Number(second) > 12 || dayFirst === monthFirst) return monthFirst;
  const reason = `the day or the month can come first; write ${dayFirst} or ${monthFirst}`;
  return { kind: 'bad', ambiguous: true, reason };
}

function pad(number = ''): string {
  return number.padStart(2, '0');
}
