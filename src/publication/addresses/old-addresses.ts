import type { ArticleHead } from '../../article/article.ts';
import { homeOf, type Site } from '../site/site.ts';
import { articlePath, canonicalAddress, normalizePath } from './address.ts';

/** Normalizes a path below the site's address for lookups of old addresses: its encoding, and no slash at its end. */
export function normalizeOldPath(path: string): string {
  return normalizePath(path).replace(/\/$/, '');
}

/**
 * Lists the paths, normalized by {@link normalizeOldPath}, that an article had on this site before: those that it names
 * as its aliases, and that of its original URL, from before the site moved here. That URL has none if it is on another
 * site, is the article's own page, or has a query, because several articles may share a path then.
 */
export function oldPathsOf(
  head: Pick<ArticleHead, 'permalink' | 'slug' | 'aliases'>,
  site: Pick<Site, 'url' | 'home' | 'permalink'>,
): readonly string[] {
  const former = oldPathOf(head, site);
  // The usual case: the article never moved.
  if (former === undefined && head.aliases === undefined) return none;
  const [address, base] = [canonicalAddress(head, site), homeOf(site)];
  const own = address.startsWith(base) ? normalizeOldPath(address.slice(base.length)) : '';
  const all = [former ?? '', ...(head.aliases ?? []).map(normalizeOldPath)];
  return [...new Set(all)].filter((path) => path !== '' && path !== own);
}

const none: readonly never[] = [];

/** Returns the old path of an article's original URL. */
export function oldPathOf(
  { permalink, slug }: Pick<ArticleHead, 'permalink' | 'slug'>,
  site: Pick<Site, 'url' | 'permalink'>,
): string | undefined {
  if (site.permalink !== undefined || !permalink.startsWith(site.url)) return undefined;
  const own = articlePath(slug);
  // The usual case. A slice of each of ten thousand addresses takes longer than this.
  if (permalink.length === site.url.length + own.length && permalink.endsWith(own)) return undefined;
  const written = permalink.slice(site.url.length).replace(/#.*$/s, '');
  if (written === own || written.includes('?')) return undefined;
  const path = normalizeOldPath(written);
  return path === '' || path === normalizeOldPath(own) ? undefined : path;
}

/** Maps old paths to their articles; if several share one, to the first. */
export function articlesByOldPath<T extends { readonly head: ArticleHead }>(
  ordered: readonly T[],
  site: Pick<Site, 'url' | 'home' | 'permalink'>,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const one of ordered) for (const path of oldPathsOf(one.head, site)) if (!found.has(path)) found.set(path, one);
  return found;
}
