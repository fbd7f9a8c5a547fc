import type { Article } from '../article/article.ts';
import type { Site } from '../publication/site.ts';

/**
 * Wraps a function that writes an article as an item of a feed, so that it writes each article once: the item is on
 * pages of slices too, and mostly stays in the next edition. It is kept as long as the article.
 */
export function itemCache<Item>(write: (article: Article, site: Site) => Item): typeof write {
  const known = new WeakMap<Article, { readonly facts: string; readonly item: Item }>();
  return (article, site) => {
    const facts = itemFacts(site);
    const before = known.get(article);
    if (before?.facts === facts) return before.item;
    const item = write(article, site);
    known.set(article, { facts, item });
    return item;
  };
}

const known = new WeakMap<Site, string>();

/**
 * Returns all that an item takes from the site of its feed. The feeds of most slices have the same as the whole site's.
 */
function itemFacts(site: Site): string {
  const before = known.get(site);
  if (before !== undefined) return before;
  const { url, authors, language, content, timezone } = site;
  const facts = JSON.stringify([url, authors, language, content, timezone]);
  known.set(site, facts);
  return facts;
}
