import type { Instant } from '../../article/article.ts';

/** A moment in a time zone, in the Gregorian calendar. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** Returns a moment as clocks in a time zone show it. */
export function localTime(instant: Instant, timeZone: string): LocalTime {
  const key = instant + timeZone;
  let time = recent.get(key);
  if (time === undefined) {
    time = timeIn(timeZone, instant);
    if (recent.size === recentLimit) recent.clear();
    recent.set(key, time);
  }
  return time;
}

/** Cached, because the page of an article and each list that shows it ask for the same dates. */
const recent = new Map<string, LocalTime>();
const recentLimit = 1000;

function timeIn(timeZone: string, instant: Instant): LocalTime {
  // The default zone. Asking `Intl` takes twenty times as long as reading the text.
  if (timeZone === 'UTC') {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = instant.split(/\D/).map(Number);
    return { year, month, day, hour, minute };
  }
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(new Date(instant)).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
  return { year, month, day, hour, minute };
}

/** By time zone. Creating a format takes longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns the month of a moment in a time zone: `2026-11`. */
export function localMonth(instant: Instant, timeZone: string): string {
  // No zone is a day from UTC, so only the first and the last day of a month depend on the zone.
  const day = Number(instant.slice(8, 10));
  if (day > 1 && (day < 28 || day < lengthOfMonth(instant))) return instant.slice(0, 7);
  const { year, month } = localTime(instant, timeZone);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

function lengthOfMonth(instant: Instant): number {
  const last = new Date(0);
  last.setUTCFullYear(Number(instant.slice(0, 4)), Number(instant.slice(5, 7)), 0);
  return last.getUTCDate();
}
