import { otherKinds } from './bots.ts';
import {
  add,
  addAll,
  addTraffic,
  type DayCounts,
  emptyTraffic,
  type FeedCounts,
  type Numbers,
  statedBy,
  type Traffic,
} from './counts.ts';
import { type ClientKind, knownClients } from './readers.ts';

/** The readers of a feed on a day. */
export interface DayReaders {
  readonly day: string;
  /** Stated subscribers of known aggregators and direct clients together. */
  readonly readers: number;
  readonly stated: number;
  readonly direct: number;
  /** Subscribers that other programs state, not counted as readers. */
  readonly unverified: number;
  /** Clients that are not counted as readers. */
  readonly browsers: number;
  readonly scripts: number;
}

/** The readers of a feed in a month: the mean of the days that have numbers. */
export interface MonthReaders {
  readonly month: string;
  readonly readers: number;
}

/** A program that reads a feed. */
export interface NamedReaders {
  readonly name: string;
  readonly kind: ClientKind;
  /** Its readers, the mean of all days; for a browser or a script, its clients. */
  readonly readers: number;
}

export interface FeedReport {
  readonly feed: string;
  /** The mean of all days. */
  readonly readers: number;
  readonly days: readonly DayReaders[];
  readonly months: readonly MonthReaders[];
  readonly names: readonly NamedReaders[];
  /** What was asked of it, over all days. */
  readonly traffic: Traffic;
  /** Requests of bots by name. */
  readonly bots: Numbers;
  /** Answers with 429 by client. */
  readonly refusals: Numbers;
}

export interface EpisodeReport {
  readonly episode: string;
  readonly downloads: number;
  /** Downloads by month and by client. */
  readonly months: Numbers;
  readonly names: Numbers;
}

/** The numbers for a publisher, shown as a page, a table, JSON or CSV. */
export interface AudienceReport {
  /** The first and the last day with numbers; absent without any. */
  readonly from?: string;
  readonly to?: string;
  /** The days that the means are made of. */
  readonly days: number;
  /** The most read first. */
  readonly feeds: readonly FeedReport[];
  /** The most downloaded first. */
  readonly episodes: readonly EpisodeReport[];
}

/** Makes the report of some days, oldest first. */
export function reportOf(days: readonly DayCounts[]): AudienceReport {
  const [from, to] = [days[0]?.day, days.at(-1)?.day];
  const paths = new Set(days.flatMap(({ feeds }) => Object.keys(feeds)));
  const feeds = Array.from(paths, (path) => feedReport(path, days));
  return {
    ...(from === undefined || to === undefined ? {} : { from, to }),
    days: days.length,
    feeds: feeds.sort((a, b) => b.readers - a.readers || (a.feed < b.feed ? -1 : 1)),
    episodes: episodeReports(days),
  };
}

/** Returns the readers of a feed on a day. An aggregator that states no number is one reader. */
function readersOf(day: string, feed: FeedCounts): DayReaders {
  const numbers = { stated: 0, unverified: 0, reader: 0, browser: 0, script: 0 };
  for (const [name, stated] of Object.entries(feed.stated))
    numbers[kindOf(name) === 'aggregator' ? 'stated' : 'unverified'] += statedBy(stated);
  for (const [name, clients] of Object.entries(feed.clients)) {
    if (!isStated(feed, name)) numbers[groupOf(name)] += clients;
  }
  const { stated, unverified, reader: direct, browser: browsers, script: scripts } = numbers;
  return { day, readers: stated + direct, stated, direct, unverified, browsers, scripts };
}

/** Reports whether a name is that of a known aggregator that has stated its subscribers. */
function isStated({ stated }: FeedCounts, name: string): boolean {
  return kindOf(name) === 'aggregator' && Object.hasOwn(stated, name);
}

function feedReport(feed: string, days: readonly DayCounts[]): FeedReport {
  const traffic = emptyTraffic();
  const [bots, refusals, names]: [Numbers, Numbers, Numbers] = [{}, {}, {}];
  const readers: DayReaders[] = [];
  for (const { day, feeds } of days) {
    const counts = feeds[feed];
    if (counts === undefined) continue;
    readers.push(readersOf(day, counts));
    addTraffic(traffic, counts);
    addAll(bots, counts.bots);
    addAll(refusals, counts.refusals);
    for (const [name, stated] of Object.entries(counts.stated))
      if (isStated(counts, name)) add(names, name, statedBy(stated));
    for (const [name, clients] of Object.entries(counts.clients))
      if (!isStated(counts, name)) add(names, name, clients);
  }
  const mean = (sum: number): number => Math.round(sum / Math.max(1, readers.length));
  return {
    feed,
    readers: mean(readers.reduce((sum, day) => sum + day.readers, 0)),
    days: readers,
    months: monthsOf(readers),
    names: sorted(names).map(([name, sum]) => ({ name, kind: kindOf(name), readers: mean(sum) })),
    ...{ traffic, bots, refusals },
  };
}

function monthsOf(days: readonly DayReaders[]): MonthReaders[] {
  const months = Map.groupBy(days, ({ day }) => day.slice(0, 7));
  return Array.from(months, ([month, inside]) => {
    const sum = inside.reduce((all, { readers }) => all + readers, 0);
    return { month, readers: Math.round(sum / inside.length) };
  });
}

function episodeReports(days: readonly DayCounts[]): EpisodeReport[] {
  const reports = new Map<string, { months: Numbers; names: Numbers }>();
  for (const { day, episodes } of days) {
    for (const [episode, names] of Object.entries(episodes)) {
      const report = reports.get(episode) ?? { months: {}, names: {} };
      reports.set(episode, report);
      addAll(report.names, names);
      add(report.months, day.slice(0, 7), total(names));
    }
  }
  return Array.from(reports, ([episode, report]) => ({ episode, downloads: total(report.names), ...report })).sort(
    (a, b) => b.downloads - a.downloads || (a.episode < b.episode ? -1 : 1),
  );
}

function total(numbers: Numbers): number {
  return Object.values(numbers).reduce((sum, value) => sum + value, 0);
}

/** Sorts numbers by name, the largest first. */
export function sorted(numbers: Numbers): (readonly [name: string, value: number])[] {
  return Object.entries(numbers).sort(([a, one], [b, two]) => two - one || (a < b ? -1 : 1));
}

function groupOf(name: string): 'reader' | 'browser' | 'script' {
  const kind = kindOf(name);
  return kind === 'browser' || kind === 'script' ? kind : 'reader';
}

const kinds = new Map(knownClients.map(({ name, kind }) => [name, kind] as const));

function kindOf(name: string): ClientKind {
  return otherKinds.get(name) ?? kinds.get(name) ?? 'reader';
}
