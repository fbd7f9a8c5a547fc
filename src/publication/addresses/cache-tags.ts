import type { Site } from '../site/site.ts';
import { articlePath, type PageAddress, pagePath } from './address.ts';

/**
 * Names the answers that a cache purges together: the address of what they show. An answer has the tag of its site and
 * one or two others, so its header stays small whatever it shows.
 */
export type CacheTag = string;

/** The tag of everything that the site answers. */
export function siteTag({ url }: Pick<Site, 'url'>): CacheTag {
  const { host, pathname } = new URL(url);
  return (host + pathname).replace(/\/$/, '');
}

/**
 * The tag of what depends on all articles: the lists of slices and pages, sitemaps, redirects, and addresses without a
 * document.
 */
export function editionTag(site: Pick<Site, 'url'>): CacheTag {
  return `${siteTag(site)}/edition`;
}

/** The tag of the documents of a page: its feeds and its HTML. */
export function pageTag(site: Pick<Site, 'url'>, address: PageAddress): CacheTag {
  return `${siteTag(site)}/${pagePath(address) || 'current'}`;
}

/** The tag of an article's page. */
export function articleTag(site: Pick<Site, 'url'>, slug: string): CacheTag {
  return `${siteTag(site)}/${articlePath(slug)}`;
}
