import type { Instant } from '../article.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { quote, type Report } from '../problem.ts';
import { readDate } from '../seed/date.ts';
import type { DateContext } from '../seed/seed-path.ts';
import { describe, text, truth } from './read.ts';
import { allUnder, firstUnder, type Table } from './value.ts';

const publishedNames = 'date pub_date published publish_date published_date date_published published_at'.split(' ');

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
}

/** Reads both dates. An invalid date is an error, or a warning if the path has a date. */
export function readDates(table: Table, { timezone, hasDateInPath }: DateContext, report: Report): ArticleDates {
  const spare = hasDateInPath ? '; the date in the path counts' : undefined;
  const published = readFirstDate(table, publishedNames, timezone, spare, report);
  const updated = readFirstDate(table, updatedNames, timezone, '; it is left out', report);
  return omitUndefined({
    published: published === 'bad' ? undefined : published,
    publishedAt: firstUnder(table, publishedNames)?.at,
    updated: updated === 'bad' ? undefined : updated,
    updatedAt: firstUnder(table, updatedNames)?.at,
    hasInvalidDate: published === 'bad',
  });
}

function readFirstDate(
  table: Table,
  names: readonly string[],
  timezone: string,
  spare: string | undefined,
  report: Report,
): Instant | 'bad' | undefined {
  for (const value of allUnder(table, names)) {
    const written = text(value) ?? '';
    // "published: true" is Jekyll's switch, and "created" and "last modified" are keywords of Eleventy.
    const isElsewhere = !/^\d/.test(written) && truth(value) !== undefined;
    if (isElsewhere || /^(?:git )?(?:created|last modified)$/i.test(written)) continue;
    const reading = readDate(written, timezone);
    if (reading?.kind === 'date') {
      if (reading.wrongWeekday !== undefined) {
        const message = `${quote(written)} is not a ${reading.wrongWeekday}; the date is used, so correct the weekday ("dateline check --fix" can do it)`;
        report('warning', 'wrong-weekday', value.at, message);
      }
      return reading.instant;
    }
    const reason =
      reading === undefined ? (spare ?? '; write it like 2025-02-25') : `: ${reading.reason}${spare ?? ''}`;
    const code = reading?.ambiguous ? 'ambiguous-date' : 'bad-date';
    const severity = spare === undefined ? 'error' : 'warning';
    report(severity, code, value.at, `expected a date, got ${describe(value)}${reason}`);
    return 'bad';
  }
  return undefined;
}
