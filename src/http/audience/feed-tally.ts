import type { Client } from './client.ts';
import { add, type FeedCounts } from './counts.ts';
import type { Poll } from './poll.ts';

/** Counts a refused client, by its product if it is unknown. */
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

/** The most names of refused unknown programs; a stranger chooses them. */
const nameLimit = 50;
