import type { ArticleHead } from '../article/article.ts';
import { articlePath, spellPath } from './address.ts';
import type { Site } from './site.ts';

type Place = Pick<ArticleHead, 'permalink' | 'slug'>;

/** Spells a path below the site's own address as it is looked up: however it is encoded, and with or without a slash at its end. */
export function normalizeOldPath(path: string): string {
  return spellPath(path).replace(/\/$/, '');
}

/**
 * The path, as {@link normalizeOldPath} spells it, at which an article stood on this very site before it came here: that of its
 * original URL. `undefined` where that is on another site, is the article's own page, or has a query, by which more than one
 * article may stand at the path.
 */
export function oldPathOf({ permalink, slug }: Place, { url }: Pick<Site, 'url'>): string | undefined {
  if (!permalink.startsWith(url)) return undefined;
  const written = permalink.slice(url.length).replace(/#.*$/s, '');
  const own = articlePath(slug);
  // Nearly all articles stand at no other address.
  if (written === own || written.includes('?')) return undefined;
  const path = normalizeOldPath(written);
  return path === '' || path === normalizeOldPath(own) ? undefined : path;
}

/** The articles that have a former path, by it; of those that share one, the first. */
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
