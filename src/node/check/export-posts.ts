import { omitUndefined } from '../../article/omit-undefined.ts';
import { readBlogger } from '../import/read/exports/blogger.ts';
import { readWordPress } from '../import/read/exports/wordpress/wordpress.ts';
import { isWordPress } from '../published/parse-feed.ts';
import type { PublishedFeed } from '../published/published-feed.ts';

/**
 * Reads the published posts of a WordPress export or a Blogger backup: no drafts, scheduled, private or protected
 * posts, and no pages.
 */
export function readPublishedPosts(text: string, location: URL): PublishedFeed {
  const options = { pages: false, isForAll: true };
  const { items } = isWordPress(text.slice(0, 20_000))
    ? readWordPress(text, options)
    : readBlogger(text, location, options);
  return {
    older: [],
    items: items.map(({ id, url, title, published, isAtom = false }) =>
      omitUndefined({
        id,
        hasId: id !== undefined && id !== url,
        isAtom,
        links: url === undefined ? [] : [url],
        title,
        published: published === undefined ? undefined : Date.parse(published),
      }),
    ),
  };
}
