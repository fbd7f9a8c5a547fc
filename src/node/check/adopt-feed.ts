import { instantOf } from '../../article/seed/date.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { check } from './check.ts';
import { readHistory } from './read-history.ts';

/** Returns the ids of all items of a feed; of an item without one, its link. */
export async function publishedIds(feed: string): Promise<ReadonlySet<string>> {
  const { feeds } = await readHistory(feed);
  return new Set(feeds.flatMap(({ feed: { items } }) => items.flatMap(({ id, links }) => id ?? links[0] ?? [])));
}

/** Fills the ledger of a folder of articles from a feed, and returns lines about that. */
export async function adoptFeed(
  dir: string,
  feed: string,
  read: (dir: string) => FolderSnapshot,
): Promise<readonly string[]> {
  const now = instantOf(Date.now()) ?? '';
  const { notes } = await check(dir, () => read(dir), { against: feed, adopt: true }, now);
  return notes;
}
