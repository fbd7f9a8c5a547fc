import type { Client } from './client.ts';
import { add, type FeedCounts, type Stated } from './counts.ts';
import type { Poll } from './poll.ts';

/** Names who was refused, by its product if it is unknown. */
export function addRefusal({ refusals }: FeedCounts, { name, product = name }: Client): void {
  add(refusals, Object.hasOwn(refusals, product) || Object.keys(refusals).length < nameLimit ? product : name);
}

/** Counts an answer and the bytes that it saved; `longest` stands for the whole document of unknown length. */
export function addAnswer(feed: FeedCounts, { status, bytes, whole }: Poll, longest: number): void {
  const saved = Math.max(0, (whole ?? longest) - bytes);
  if (status === 304) {
    feed.unchanged++;
    feed.saved.unchanged += saved;
  } else if (status === 226) {
    feed.deltas++;
    feed.saved.deltas += saved;
  } else {
    feed.whole++;
    feed.saved.coding += saved;
  }
}

/** Keeps the newest number of subscribers; of two at one time, the larger one, so that the order does not matter. */
export function addStated(feed: FeedCounts, key: string, name: string, stated: Stated): void {
  const all = feed.stated[name] ?? {};
  feed.stated[name] = all;
  const before = all[key];
  if (before === undefined && Object.keys(all).length >= feedIdLimit) return;
  const isOlder = before !== undefined && (before[0] > stated[0] || (before[0] === stated[0] && before[1] > stated[1]));
  if (!isOlder) all[key] = stated;
}

/** Names of unknown programs that were refused; they are a stranger's, too. */
const nameLimit = 50;

/** Feeds of one aggregator that are told apart; the text is a stranger's. */
const feedIdLimit = 20;
