import type { Instant } from '../article/article.ts';
import type { Page } from '../publication/page.ts';

/**
 * The newest change among a page's articles, the date of every document of that page (RFC 4287 §4.2.15).
 *
 * A page without articles has never changed; it gets the earliest date that the W3C validator finds plausible,
 * because a feed must have a date (§4.1.1) and the clock must not give it one.
 */
export function lastUpdate({ articles, updated }: Pick<Page, 'articles' | 'updated'>): Instant {
  return (
    updated ??
    articles
      .map(({ updated }) => updated)
      .toSorted()
      .at(-1) ??
    '1990-01-01T00:00:00Z'
  );
}
