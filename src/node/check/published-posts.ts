import { readWordPress } from '../import/read/wordpress.ts';
import type { PublishedFeed } from '../published/published-feed.ts';

/** Reads what of a WordPress export is published: no drafts, nothing scheduled, private or locked, and no pages. */
export function readPublishedPosts(text: string): PublishedFeed {
  const { items } = readWordPress(text, { pages: false, isForAll: true });
  return {
    older: [],
    items: items.map(({ id, url, title, published }) => ({
      ...(id === undefined ? {} : { id }),
      hasId: id !== undefined && id !== url,
      isAtom: false,
      links: url === undefined ? [] : [url],
      title,
      ...(published === undefined ? {} : { published: Date.parse(published) }),
    })),
  };
}
