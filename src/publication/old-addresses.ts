import type { ArticleHead } from '../article/article.ts';
import { articlePath, normalizePath } from './address.ts';
import type { Site } from './site.ts';

/** Normalizes a path below the site's address for lookups of old addresses: its encoding, and no slash at its end. */
export function normalizeOldPath(path: string): string {
  return normalizePath(path).replace(/\/$/, '');
}

/**
 * The path, normalized by {@link normalizeOldPath}, that an article had on this site before the site moved here: that
 * of its original URL. `undefined` if that URL is on another site, is the article's own page, or has a query, because
 * several articles may share a path then.
 */
export function oldPathOf(
  { permalink, slug }: Pick<ArticleHead, 'permalink' | 'slug'>,
  { url }: Pick<Site, 'url'>,
): string | undefined {
  if (!permalink.startsWith(url)) return undefined;
  const written = permalink.slice(url.length).replace(/#.*$/s, '');
  const own = articlePath(slug);
  // The usual case: the article never moved.
  if (written === own || written.includes('?')) return undefined;
  const path = normalizeOldPath(written);
  return path === '' || path === normalizeOldPath(own) ? undefined : path;
}

/** Maps old paths to their articles; if several share one, to the first. */
export function articlesByOldPath<T extends { readonly head: ArticleHead }>(
  ordered: readonly T[],
  site: Pick<Site, 'url'>,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const one of ordered) {
    const path = oldPathOf(one.head, site);
    if (path !== undefined && !found.has(path)) found.set(path, one);
  }
  return found;
}
