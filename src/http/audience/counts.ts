import type { Format } from '../../feed/formats.ts';

/** What is kept of a day: numbers by feed, by episode and by the name of a program. */
export interface DayCounts {
  /** The day in UTC: `2026-11-30`. */
  readonly day: string;
  /** By the path of the feed's folder: `/`, `/tags/harbour/`. */
  readonly feeds: Record<string, FeedCounts>;
  /** Downloads by path and client. */
  readonly episodes: Record<string, Numbers>;
}

/** Numbers by name. */
export type Numbers = Record<string, number>;

/** What was asked of a feed in a day, in all its formats together. Bots are apart. */
export interface FeedCounts {
  /** Requests that got 200, 226, 304 or 429. */
  polls: number;
  /** Requests with a condition. */
  conditional: number;
  /** Answers with 304, with 226, with 200 and with 429. */
  unchanged: number;
  deltas: number;
  whole: number;
  refused: number;
  /** Bytes of content that were sent. */
  bytes: number;
  /** Bytes saved, compared with whole uncompressed answers, by what saved them. */
  readonly saved: { unchanged: number; deltas: number; coding: number };
  readonly formats: Partial<Record<Format['name'], number>>;
  /** Subscribers that programs stated, by client, then by format and the program's own number of the feed. */
  readonly stated: Record<string, Record<string, Stated>>;
  /** Distinct clients by name. */
  readonly clients: Numbers;
  /** Requests of bots by name. */
  readonly bots: Numbers;
  /** Answers with 429 by client. */
  readonly refusals: Numbers;
}

/** A number of subscribers, and when it was stated, in milliseconds since 1970. */
export type Stated = readonly [time: number, subscribers: number];

/** The numbers of polls and answers. */
export type Traffic = Pick<FeedCounts, (typeof trafficKeys)[number] | 'saved' | 'formats'>;

const trafficKeys = ['polls', 'conditional', 'unchanged', 'deltas', 'whole', 'refused', 'bytes'] as const;

/** Returns a day without polls. */
export function emptyDay(day: string): DayCounts {
  return { day, feeds: {}, episodes: {} };
}

function emptyFeed(): FeedCounts {
  return { ...emptyTraffic(), stated: {}, clients: {}, bots: {}, refusals: {} };
}

/** Returns the traffic of a feed without polls. */
export function emptyTraffic() {
  return {
    ...{ polls: 0, conditional: 0, unchanged: 0, deltas: 0, whole: 0, refused: 0, bytes: 0 },
    saved: { unchanged: 0, deltas: 0, coding: 0 },
    formats: {} as FeedCounts['formats'],
  };
}

/** Adds the numbers of a part of a day. */
export function addDay(sum: DayCounts, { feeds, episodes }: DayCounts): void {
  for (const [path, counts] of Object.entries(feeds)) {
    const feed = feedIn(sum, path);
    addTraffic(feed, counts);
    for (const key of ['clients', 'bots', 'refusals'] as const) addAll(feed[key], counts[key]);
    for (const [name, all] of Object.entries(counts.stated))
      for (const [key, stated] of Object.entries(all)) addStated(feed, key, name, stated);
  }
  for (const [path, names] of Object.entries(episodes)) addAll(numbersOf(sum, path), names);
}

/** Returns the numbers of a feed, which begin at zero. */
export function feedIn({ feeds }: DayCounts, path: string): FeedCounts {
  const feed = feeds[path] ?? emptyFeed();
  feeds[path] = feed;
  return feed;
}

/** Returns the numbers by program of a feed, whose path ends with a slash, or of an episode. */
export function numbersOf(counts: DayCounts, path: string): Numbers {
  if (path.endsWith('/')) return feedIn(counts, path).clients;
  counts.episodes[path] ??= {};
  return counts.episodes[path];
}

/** Adds traffic of the same feed. */
export function addTraffic(sum: { -readonly [K in keyof Traffic]: Traffic[K] }, counts: Traffic): void {
  for (const key of trafficKeys) sum[key] += counts[key];
  addAll(sum.saved, counts.saved);
  addAll(sum.formats as Numbers, counts.formats as Numbers);
}

/** Keeps the newest number of subscribers, or the larger one of the same time, so that order does not matter. */
export function addStated(feed: FeedCounts, key: string, name: string, stated: Stated): void {
  const all = feed.stated[name] ?? {};
  feed.stated[name] = all;
  const before = all[key];
  if (before === undefined && Object.keys(all).length >= feedIdLimit) return;
  const isOlder = before !== undefined && (before[0] > stated[0] || (before[0] === stated[0] && before[1] > stated[1]));
  if (!isOlder) all[key] = stated;
}

/** The most feed-ids of one program, because a stranger chooses them. */
const feedIdLimit = 20;

/**
 * Adds up the subscribers of an aggregator. Its numbers for one format, such as http and https, are different people.
 * Nobody follows two formats on purpose, so the format with the most subscribers counts.
 */
export function statedBy(stated: Record<string, Stated>): number {
  const sums = new Map<string, number>();
  for (const [key, [, subscribers]] of Object.entries(stated)) {
    const [format = ''] = key.split(' ');
    sums.set(format, (sums.get(format) ?? 0) + subscribers);
  }
  return Math.max(0, ...sums.values());
}

/** Returns the day of a moment in UTC. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Adds each number to the one of the same name. */
export function addAll(sum: Numbers, numbers: Numbers): void {
  for (const [name, value] of Object.entries(numbers)) add(sum, name, value);
}

/** Adds to the number of a name, which may be any text, such as `constructor`. */
export function add(numbers: Numbers, name: string, value = 1): void {
  numbers[name] = (Object.hasOwn(numbers, name) ? (numbers[name] ?? 0) : 0) + value;
}
