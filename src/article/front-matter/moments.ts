import type { Instant } from '../article.ts';
import { readDate } from '../date.ts';
import { quote, type Report } from '../problem.ts';
import { describe, text, truth } from './read.ts';
import { allUnder, type Table } from './value.ts';

const publishedNames = [
  'date',
  'pub_date',
  'published',
  'publish_date',
  'published_date',
  'date_published',
  'published_at',
];
const updatedNames = [
  'updated',
  'lastmod',
  'modified',
  'last_modified_at',
  'date_modified',
  'updated_date',
  'updated_at',
  'last_modified',
];

/** When front matter says that an article was published and changed. */
export interface Moments {
  readonly published?: Instant;
  readonly updated?: Instant;
  /** Whether something stands for the date of publication that is no date; it is reported. */
  readonly isMisdated: boolean;
}

export function readMoments(table: Table, timezone: string, report: Report): Moments {
  const published = readMoment(table, publishedNames, timezone, report, 'error');
  const updated = readMoment(table, updatedNames, timezone, report, 'warning');
  const isMisdated = published === 'bad';
  return { isMisdated, ...momentOf('published', published), ...momentOf('updated', updated) };
}

function readMoment(
  table: Table,
  names: readonly string[],
  timezone: string,
  report: Report,
  severity: 'error' | 'warning',
): Instant | 'bad' | undefined {
  for (const value of allUnder(table, names)) {
    // "published: true" is Jekyll's, and the words stand for what only Eleventy knows.
    const isElsewhere = truth(value) !== undefined && !/^\d/.test(text(value) ?? '');
    const written = text(value) ?? '';
    if (isElsewhere || /^(?:git )?(?:created|last modified)$/i.test(written)) continue;
    const reading = readDate(written, timezone);
    if (reading?.kind === 'date') {
      if (reading.wrongWeekday !== undefined)
        report(
          'warning',
          'wrong-weekday',
          value.at,
          `${quote(written)} is no ${reading.wrongWeekday}; the date counts`,
        );
      return reading.instant;
    }
    const reason = reading === undefined ? '; write it like 2025-02-25' : `: ${reading.reason}`;
    const code = reading?.ambiguous ? 'ambiguous-date' : 'bad-date';
    report(severity, code, value.at, `expected a date, got ${describe(value)}${reason}`);
    return 'bad';
  }
  return undefined;
}

function momentOf(name: 'published' | 'updated', moment: Instant | undefined): Partial<Moments> {
  return moment === undefined || moment === 'bad' ? {} : { [name]: moment };
}
