import { instantOf } from '../../article/seed/date.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import type { Adopted } from './adopt.ts';
import { check } from './check.ts';
import { readHistory } from './read-history.ts';

/** Returns the ids of all items of a feed, or the link of an item without one. Throws if the feed can't be read. */
export async function publishedIds(feed: string): Promise<ReadonlySet<string>> {
  const { feeds, problems } = await readHistory(feed);
  const [problem] = problems;
  if (feeds.length === 0) throw new Error(`${problem?.file ?? feed}: ${problem?.message ?? 'there is no feed'}`);
  return new Set(feeds.flatMap(({ feed: { items } }) => items.flatMap(({ id, links }) => id ?? links[0] ?? [])));
}

/** Fills the ledger of a folder of articles from a feed. */
export async function adoptFeed(dir: string, feed: string, read: (dir: string) => FolderSnapshot): Promise<Adopted> {
  const now = instantOf(Date.now()) ?? '';
  const { notes, leftOut = 0 } = await check(dir, () => read(dir), { against: feed, adopt: true }, now);
  return { notes, leftOut };
}
