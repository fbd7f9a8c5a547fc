import type { Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { countDue } from './cut.ts';
import type { Headline, HeadlineStore } from './headline.ts';
import { latest } from './moments.ts';
import type { MonthCount } from './page.ts';
import { type ArticleStore, type Edition, isShown } from './publication.ts';

interface MonthRange extends MonthCount {
  readonly start: number;
  readonly end: number;
}

/** Makes the part of an edition that lists articles by month, if the store has their headlines. */
export function monthsOf({ site, changed, whole, headlines }: ArticleStore): Pick<Edition, 'months' | 'month'> {
  if (headlines === undefined) return {};
  const expiring = Object.entries(whole.expiring).map(([position, expires]) => [Number(position), expires] as const);
  const rangesAt = async (now: Instant): Promise<MonthRange[]> => {
    const due = countDue(whole, now);
    const starts = await headlines.months();
    const expired = expiring.filter(([, expires]) => expires <= now).map(([position]) => position);
    return starts.flatMap(([month, start], i) => {
      const end = Math.min(starts[i + 1]?.[1] ?? whole.count, due);
      const count = end - start - expired.filter((position) => position >= start && position < end).length;
      return count > 0 ? [{ month, start, end, count }] : [];
    });
  };
  const published = async (position: number): Promise<Instant | undefined> =>
    (await read(headlines, position, position + 1))[0]?.published;
  return {
    months: async (now) => {
      const ranges = await rangesAt(now);
      const newest = await published((ranges.at(-1)?.end ?? 0) - 1);
      const moments = [...whole.upcoming, ...expiring.map(([, expires]) => expires)].toSorted();
      const past = expiring.map(([, expires]) => expires).filter((moment) => moment <= now);
      return omitUndefined({
        site,
        changed,
        months: ranges.map(({ month, count }) => ({ month, count })).reverse(),
        updated: latest([newest, ...past]) ?? '',
        until: moments.find((moment) => moment > now),
      });
    },
    month: async (month, now) => {
      const ranges = await rangesAt(now);
      const index = ranges.findIndex((range) => range.month === month);
      const range = ranges[index];
      if (range === undefined) return undefined;
      const [older, newer] = [ranges[index - 1], ranges[index + 1]];
      const all = await read(headlines, range.start, range.end);
      const expiries = all.flatMap(({ expires }) => expires ?? []);
      // The next month is linked from its first article on.
      const following = newer && (await published(newer.start));
      const moments = [...whole.upcoming, ...expiries].toSorted();
      return omitUndefined({
        site,
        changed,
        month,
        headlines: all.filter((headline) => isShown(headline, now)).reverse(),
        older: older?.month,
        newer: newer?.month,
        updated: latest([all.at(-1)?.published, following, ...expiries.filter((moment) => moment <= now)]) ?? '',
        until: moments.find((moment) => moment > now),
      });
    },
  };
}

/** Reads the headlines between two positions. */
async function read({ size, group }: HeadlineStore, start: number, end: number): Promise<Headline[]> {
  const headlines: Headline[] = [];
  for (let index = Math.floor(start / size); start >= 0 && index * size < end; index++) {
    const { own } = await group(index);
    headlines.push(...own.slice(Math.max(0, start - index * size), end - index * size));
  }
  return headlines;
}
