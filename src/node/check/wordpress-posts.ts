import { omitUndefined } from '../../article/omit-undefined.ts';
import { readWordPress } from '../import/read/wordpress.ts';
import type { PublishedFeed } from '../published/published-feed.ts';

/** Reads the published posts of a WordPress export: no drafts, scheduled, private or protected posts, and no pages. */
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
