import type { Instant } from '../article.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { quote, type Report } from '../problem.ts';
import { readDate } from '../seed/date.ts';
import type { DateContext } from '../seed/seed-path.ts';
import { describe, text, truth } from './syntax/read.ts';
import { allMatching, allUnder, firstUnder, keyOf, type Table, type Value, valueUnder } from './syntax/value.ts';

const publishedNames = 'date pub_date published publish_date published_date date_published published_at'.split(' ');

/** Names that only delay an article until a later date than the ones above. */
const delayingNames =
  'publish publish_at publish_on published_on publish_time published_time publication_date publishing_date pub_datetime scheduled_for scheduled_at scheduled_on schedule_date go_live_at go_live_date visible_from embargo embargo_until embargoed_until'.split(
    ' ',
  );

/** Rarer names of the same. */
const delayingPattern =
  /^(?:publish(?:from|after|start|startdate|up)|post(?:date|ed|edat|edon)|scheduled(?:date)?|scheduledpublishdate|golive(?:on)?|live(?:at|on|from|date)|visibleafter|show(?:from|after)|displayfrom|notbefore|availablefrom|embargodate)$/;

/** Names that may also stand in the tables of themes. */
const themeNames = ['pub_date', 'publish_date', 'published_at', ...delayingNames];

const updatedNames =
  'updated lastmod modified last_modified_at date_modified updated_date updated_at last_modified'.split(' ');

/** The dates of publication and update in front matter. */
export interface ArticleDates {
  readonly published?: Instant;
  /** The offset of the first key that may be the publication date. */
  readonly publishedAt?: number;
  readonly updated?: Instant;
  /** The offset of the update. */
  readonly updatedAt?: number;
  /** Whether the publication date is invalid, which is reported. */
  readonly hasInvalidDate: boolean;
  /** What Eleventy computes a date from, in its place: `Last Modified`. */
  readonly computedDate?: string;
}

/**
 * Reads both dates. Of several publication dates the latest counts, so that an article waits for all of them. An
 * invalid date is an error; the date in the path stands in for an invalid `date`, which is then a warning.
 */
export function readDates(table: Table, { timezone, hasDateInPath }: DateContext, report: Report): ArticleDates {
  const published = readPublished(table, timezone, hasDateInPath, report);
  const updated = readFirstDate(allUnder(table, updatedNames), timezone, () => '; it is left out', report);
  const { first, latest } = published === 'bad' ? {} : published;
  // A correction made while the article waits is part of its publication, not an update.
  const isBeforeAppearance =
    updated !== 'bad' && updated !== undefined && first !== undefined && latest !== undefined
      ? first.instant <= updated.instant && updated.instant < latest.instant
      : false;
  return omitUndefined({
    published: latest?.instant,
    publishedAt: latest?.at ?? firstUnder(table, publishedNames)?.at,
    updated: updated === 'bad' || isBeforeAppearance ? undefined : updated?.instant,
    updatedAt: firstUnder(table, updatedNames)?.at,
    hasInvalidDate: published === 'bad',
    computedDate: allUnder(table, publishedNames)
      .map((value) => text(value) ?? '')
      .find((written) => computed.test(written)),
  });
}

/** Reports whether a key, as `keyOf` normalizes it, can delay an article. */
export function isDelayingKey(key: string): boolean {
  return delaying.has(key) || delayingPattern.test(key);
}

const delaying = new Set([...publishedNames.slice(1), ...delayingNames].map(keyOf));

interface ReadInstant {
  readonly instant: Instant;
  readonly at: number;
}

function readPublished(table: Table, timezone: string, hasDateInPath: () => boolean, report: Report) {
  const usual = allUnder(table, publishedNames);
  const delays = [...allUnder(table, delayingNames), ...allMatching(table, delayingPattern, themeNames)];
  const values = [...usual, ...delays];
  const [main] = usual;
  const dates: ReadInstant[] = [];
  for (const value of values) {
    const spare = () => (value === main && hasDateInPath() ? '; the date in the path counts' : undefined);
    // An invalid "published" beside a date is reported as a switch.
    if (values.length > 1 && value === valueUnder(table, 'published') && isNoDate(value, timezone)) continue;
    const read = readFirstDate([value], timezone, spare, report);
    if (read === 'bad') return 'bad';
    if (read !== undefined) dates.push(read);
  }
  const sorted = dates.toSorted((a, b) => Number(a.instant > b.instant) - Number(a.instant < b.instant));
  return { first: sorted[0], latest: sorted.at(-1) };
}

function isNoDate(value: Value, timezone: string): boolean {
  return truth(value) === undefined && readDate(text(value) ?? '', timezone) === undefined;
}

function readFirstDate(
  values: readonly Value[],
  timezone: string,
  spareOf: () => string | undefined,
  report: Report,
): ReadInstant | 'bad' | undefined {
  for (const value of values) {
    const written = text(value) ?? '';
    // "published: true" is Jekyll's switch.
    const isElsewhere = !/^\d/.test(written) && truth(value) !== undefined;
    if (isElsewhere || computed.test(written)) continue;
    const reading = readDate(written, timezone);
    if (reading?.kind === 'date') {
      if (reading.wrongWeekday !== undefined) {
        const message = `${quote(written)} is not a ${reading.wrongWeekday}; the date is used, so correct the weekday ("dateline check --fix" can do it)`;
        report('warning', 'wrong-weekday', value.at, message);
      }
      return { instant: reading.instant, at: value.at };
    }
    const spare = spareOf();
    const reason =
      reading === undefined ? (spare ?? '; write it like 2025-02-25') : `: ${reading.reason}${spare ?? ''}`;
    const code = reading?.ambiguous ? 'ambiguous-date' : 'bad-date';
    const severity = spare === undefined ? 'error' : 'warning';
    report(severity, code, value.at, `expected a date, got ${describe(value)}${reason}`);
    return 'bad';
  }
  return undefined;
}

/** Eleventy's words for the dates of a file or of its commits, which a copy or a checkout changes. */
const computed = /^(?:git )?(?:created|last modified)$/i;
