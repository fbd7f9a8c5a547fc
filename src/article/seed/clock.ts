import { omitUndefined } from '../omit-undefined.ts';

/** A date without its time of day and zone, and what these were. */
export interface ClockReading {
  readonly rest: string;
  /** Milliseconds after midnight; `NaN` for an impossible time. Absent when the text has no time. */
  readonly time?: number;
  /** As written. */
  readonly zone?: string;
}

/** Splits the time of day (12 or 24 hours) and the zone, before or after the date, from a date on one line. */
export function splitClock(text: string): ClockReading {
  for (const form of forms) {
    const found = form.exec(text);
    if (found === null) continue;
    const { hour = '0', minute = '0', second = '0', half, bareHalf, word, zone } = found.groups ?? {};
    const rest = text.slice(0, found.index) + text.slice(found.index + found[0].length);
    const time =
      word === undefined
        ? sinceMidnight(Number(hour), Number(minute), Number(second), half ?? bareHalf)
        : hourLength * (/noon/i.test(word) ? 12 : 0);
    return omitUndefined({ rest: rest.trim(), time, zone });
  }
  return { rest: text };
}

const zone = String.raw`(?<zone>Z|(?:UTC|GMT)?[+\-−]\d{1,2}(?::?\d{2})?|(?!(?:on|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)[a-z]{2,5}|[a-z_]+(?:/[a-z0-9_+\-]+){1,2})`;
/** A zone, perhaps in brackets, then perhaps the time elsewhere or the name of the zone in brackets (RFC 9557 §4). */
const zoneAfter = String.raw`(?:,? ?[(\[]?${zone}[)\]]?(?: ?[(\[][^()[\]]*[)\]])?)?`;
const isoClock = String.raw`(?<=\d)T(?<hour>\d{2})(?::?(?<minute>\d{2})(?::?(?<second>\d{2})(?:[.,]\d+)?)?)?`;
const clock = String.raw`(?:(?<hour>\d{1,2})(?:[:.](?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d+)?)?(?: ?(?<half>[ap])\.?m\b\.?)?| ?(?<bareHalf>[ap])\.?m\b\.?)|(?:12 )?(?<word>noon|midnight))`;

const forms: readonly RegExp[] = [
  `${isoClock}${zoneAfter}$`,
  String.raw`(?<=[\d.a-z)])(?:,? at |,? ?[|·•–—-] |,? )${clock}${zoneAfter}$`,
  String.raw`^${clock}${zoneAfter}(?:,? on|,)? (?=\S)`,
  // A day without a time may have a zone too, but only an unmistakable one: other letters are more likely something
  // else.
  String.raw`(?<=\d) ?\(?(?<zone>Z|UTC|GMT|(?<=\d)[+\-−]\d{2}:\d{2})\)?$`,
].map((form) => new RegExp(form, 'i'));

const minuteLength = 60_000;
const hourLength = 60 * minuteLength;

/** ISO 8601 allows 24:00 at the end of a day. A leap second (RFC 3339 §5.6) counts as the next minute. */
function sinceMidnight(hour: number, minute: number, second: number, half: string | undefined): number {
  const isHour = half === undefined ? hour < 24 || (hour === 24 && minute === 0 && second === 0) : hour <= 12;
  if (!isHour || minute > 59 || second > 60) return Number.NaN;
  const hours = half === undefined ? hour : (hour % 12) + (/p/i.test(half) ? 12 : 0);
  return hours * hourLength + minute * minuteLength + second * 1000;
}
