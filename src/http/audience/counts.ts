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
  /** Subscribers that aggregators stated, by client, then by format and the aggregator's own number of the feed. */
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

export function emptyFeed(): FeedCounts {
  return {
    ...{ polls: 0, conditional: 0, unchanged: 0, deltas: 0, whole: 0, refused: 0, bytes: 0 },
    saved: { unchanged: 0, deltas: 0, coding: 0 },
    ...{ formats: {}, stated: {}, clients: {}, bots: {}, refusals: {} },
  };
}

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

export function add(numbers: Numbers, name: string, value = 1): void {
  numbers[name] = (Object.hasOwn(numbers, name) ? (numbers[name] ?? 0) : 0) + value;
}
