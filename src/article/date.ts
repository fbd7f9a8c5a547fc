import { TZDate, tz } from '@date-fns/tz';
import { getISODay, isValid, parse, parseISO } from 'date-fns';
import type { Instant } from './article.ts';

/** What a text that is, or wants to be, a date says. */
export type DateReading =
  | { readonly kind: 'date'; readonly instant: Instant; readonly wrongWeekday?: string }
  | { readonly kind: 'bad'; readonly reason: string; readonly ambiguous?: true };

/**
 * Reads a date as people write it, or returns `undefined` for a text that isn't one.
 *
 * Takes month names and abbreviations in either order with the day, ISO 8601 (calendar, week and ordinal dates),
 * numeric dates that can mean one day only; with or without weekday, time of day (12 or 24 hours) and zone.
 * A date without a zone is read in `timezone` (an IANA name); without a time it is that day's first moment.
 */
export function readDate(text: string, timezone: string): DateReading | undefined {
  // Nothing longer is a date, and what follows runs on text of strangers.
  if (text.length > 100) return undefined;
  const words = text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[.;,]$/, '');
  const { rest: withoutTime, time, zone } = takeTime(words);
  const { rest, weekday } = takeWeekday(withoutTime);
  const day = dayPattern(rest);
  if (day === undefined) return undefined;
  if (day.kind === 'bad') return day;

  const place = zone === undefined ? timezone : zoneOf(zone);
  if (place === undefined) {
    return bad(`the zone "${zone}" is not known; write an offset such as +01:00`);
  }
  const local =
    day.format === undefined ? parseIsoDay(day.text, place) : parseDay(day.text, day.format, place);
  if (!isValid(local)) return bad('there is no such day');
  if (time !== undefined) {
    const [hours, minutes, seconds] = time;
    if (hours > 23 || minutes > 59 || seconds > 59) return bad('there is no such time of day');
    local.setHours(hours, minutes, seconds, 0);
  }
  const instant = instantOf(local.getTime());
  if (instant === undefined) return bad('the year must be between 1 and 9999');
  const wrong =
    weekday !== undefined && weekdays.indexOf(weekday.slice(0, 3).toLowerCase()) + 1 !== getISODay(local);
  return wrong ? { kind: 'date', instant, wrongWeekday: weekday } : { kind: 'date', instant };
}

/** Writes milliseconds since 1970 as an {@link Instant}; `undefined` outside the years that RFC 3339 can write. */
export function instantOf(milliseconds: number): Instant | undefined {
  if (!(milliseconds >= -62_135_596_800_000 && milliseconds < 253_402_300_800_000)) return undefined;
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Writes the day and time of `instant` as a publisher in `timezone` would, for a new seed: `2026-11-22T14:05:00+01:00`. */
export function localDateTime(milliseconds: number, timezone: string): string {
  return new TZDate(milliseconds, timezone)
    .toISOString()
    .replace(/\.\d+/, '')
    .replace(/\+00:00$/, 'Z');
}

/** Tells whether a name is a time zone of the IANA database that this runtime knows. */
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

function bad(reason: string): DateReading {
  return { kind: 'bad', reason };
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function takeWeekday(text: string): { rest: string; weekday?: string } {
  const found =
    /(?:^|,? ?\(|, ?)(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)(?:\.?,? |[.,)]*$)/i.exec(
      text,
    );
  if (found?.[1] === undefined) return { rest: text };
  return { rest: text.replace(found[0], '').trim(), weekday: found[1] };
}

type TimeOfDay = readonly [hours: number, minutes: number, seconds: number];

const zonePattern = String.raw`Z|(?:UTC|GMT)?[+\-−]\d{1,2}(?::?\d{2})?|(?!(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)[A-Z]{2,5}|[A-Z][A-Za-z_]+(?:/[A-Za-z_+\-0-9]+){1,2}`;
const clockPattern = String.raw`(\d{1,2})(?:[:.](\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?| ?([ap])\.?m\.?)`;
/** A time after the date, joined by `T`, a comma or "at"; or before it. */
const timeAfter = new RegExp(
  `(?<=[\\d.a-z])(?:T| at |,? at |,? )${clockPattern}(?:,? ?\\(?(${zonePattern})\\)?)?$`,
  'i',
);
const timeBefore = new RegExp(`^${clockPattern}(?:,? ?\\(?(${zonePattern})\\)?)?(?:,| on)? (?=\\S)`, 'i');

function takeTime(text: string): { rest: string; time?: TimeOfDay; zone?: string } {
  const found = timeAfter.exec(text) ?? timeBefore.exec(text);
  if (found === null) return { rest: text };
  const [whole, hour, minute, second, half, bareHalf, zone] = found;
  const rest = text.replace(whole, '').trim();
  const letter = (half ?? bareHalf)?.toLowerCase();
  const written = Number(hour);
  const hours =
    letter === undefined ? written : written > 12 ? 24 : (written % 12) + (letter === 'p' ? 12 : 0);
  return {
    rest,
    time: [hours, Number(minute ?? 0), Number(second ?? 0)],
    ...(zone === undefined ? {} : { zone }),
  };
}

/** Zones of RFC 822 and the ones that newspapers print. Abbreviations with two meanings (IST, BST) are left out. */
// biome-ignore format: a table reads better in rows
const namedZones: Readonly<Record<string, string>> = {
  Z: '+00:00', UT: '+00:00', UTC: '+00:00', GMT: '+00:00', WET: '+00:00',
  EST: '-05:00', EDT: '-04:00', CST: '-06:00', CDT: '-05:00', MST: '-07:00', MDT: '-06:00', PST: '-08:00', PDT: '-07:00',
  ET: 'America/New_York', CT: 'America/Chicago', MT: 'America/Denver', PT: 'America/Los_Angeles',
  WEST: '+01:00', CET: '+01:00', CEST: '+02:00', EET: '+02:00', EEST: '+03:00', MSK: '+03:00',
  JST: '+09:00', KST: '+09:00', HKT: '+08:00', SGT: '+08:00', AEST: '+10:00', AEDT: '+11:00', NZST: '+12:00', NZDT: '+13:00',
};

function zoneOf(name: string): string | undefined {
  const named = namedZones[name.toUpperCase()];
  if (named !== undefined) return named;
  const offset = /^(?:UTC|GMT)?([+\-−])(\d{1,2}):?(\d{2})?$/i.exec(name);
  if (offset !== null) {
    const [, sign, hours = '', minutes = '00'] = offset;
    if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
    return `${sign === '+' ? '+' : '-'}${hours.padStart(2, '0')}:${minutes}`;
  }
  return name.includes('/') && isTimezone(name) ? name : undefined;
}

type DayPattern = { readonly kind: 'day'; readonly text: string; readonly format?: string };

const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const monthDayYear = new RegExp(`^${month}\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})$`, 'i');
const dayMonthYear = new RegExp(
  `^(?:the )?(\\d{1,2})(?:st|nd|rd|th|\\.)?(?: of)?[ -]${month}\\.?,?[ -](\\d{4})$`,
  'i',
);
const yearMonthDay = new RegExp(`^(\\d{4}),? ${month}\\.? (\\d{1,2})(?:st|nd|rd|th)?$`, 'i');

/** Finds which of the known shapes a day has; the text comes back in the spelling that the format takes. */
function dayPattern(text: string): DayPattern | (DateReading & { kind: 'bad' }) | undefined {
  const named =
    pick(monthDayYear.exec(text), 1, 2, 3) ??
    pick(dayMonthYear.exec(text), 2, 1, 3) ??
    pick(yearMonthDay.exec(text), 2, 3, 1);
  if (named !== undefined) {
    return { kind: 'day', text: `${named[0].slice(0, 3)} ${named[1]} ${named[2]}`, format: 'MMM d yyyy' };
  }
  if (/^\d{4}-?(?:\d{2}-?\d{2}|W\d{2}-?[1-7]|\d{3})$/i.test(text))
    return { kind: 'day', text: text.toUpperCase() };
  const yearFirst = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (yearFirst !== null) {
    return { kind: 'day', text: `${yearFirst[1]} ${yearFirst[3]} ${yearFirst[4]}`, format: 'yyyy M d' };
  }
  const yearLast = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text);
  if (yearLast === null) return undefined;
  const [, first = '', separator, second = '', year] = yearLast;
  // Dots put the day first wherever they are used; strokes and hyphens don't say.
  if (separator !== '.' && Number(first) <= 12 && Number(second) <= 12 && first !== second) {
    return {
      kind: 'bad',
      ambiguous: true,
      reason: `the day or the month can come first; write ${year}-${pad(second)}-${pad(first)} or ${year}-${pad(first)}-${pad(second)}`,
    };
  }
  const dayFirst = separator === '.' || Number(first) > 12;
  return { kind: 'day', text: `${first} ${second} ${year}`, format: dayFirst ? 'd M yyyy' : 'M d yyyy' };
}

function pick(
  match: RegExpExecArray | null,
  ...groups: [number, number, number]
): [string, string, string] | undefined {
  if (match === null) return undefined;
  const [a, b, c] = groups;
  return [match[a] ?? '', match[b] ?? '', match[c] ?? ''];
}

function pad(number: string): string {
  return number.padStart(2, '0');
}

function parseDay(text: string, format: string, timezone: string): Date {
  return parse(text, format, new TZDate(0, timezone), { in: tz(timezone) });
}

function parseIsoDay(text: string, timezone: string): Date {
  return parseISO(text, { in: tz(timezone) });
}
