import { omitUndefined } from '../../article/omit-undefined.ts';
import { readWordPress } from '../import/read/wordpress.ts';
import { isWordPress } from '../published/parse-feed.ts';
import { type PublishedFeed, readPublishedFeed } from '../published/published-feed.ts';
import { followHistory, historyLimits, type PublishedHistory } from '../published/published-history.ts';

/** Reads what of a WordPress export is published: no drafts, nothing scheduled, private or locked, and no pages. */
export function readPublishedPosts(text: string): PublishedFeed {
  const { items } = readWordPress(text, { pages: false, isForAll: true });
  return {
    older: [],
    items: items.map(({ id, url, title, published }) =>
      omitUndefined({
        id,
        hasId: id !== undefined && id !== url,
        isAtom: false,
        links: url === undefined ? [] : [url],
        title,
        published: published === undefined ? undefined : Date.parse(published),
      }),
    ),
  };
}

/** Reads the feed at a web address or in a file with all that is older; see {@link followHistory}. */
export function readHistory(start: string, limits = historyLimits): Promise<PublishedHistory> {
  return followHistory(start, readPublished, limits);
}

async function readPublished(text: string, location: URL): Promise<PublishedFeed> {
  if (!isWordPress(text.slice(0, 20_000))) return readPublishedFeed(text, location);
  // Loaded for that alone.
  const { readPublishedPosts } = await import('../check/published-posts.ts');
  return readPublishedPosts(text);
}
