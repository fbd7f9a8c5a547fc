import type { Article } from '../article/article.ts';
import type { Site } from '../publication/site/site.ts';

/** Writes articles as items of a feed, in their order. */
type WriteItems<Item> = (articles: readonly Article[], site: Site) => readonly Item[];

/**
 * Wraps a function that writes articles as items of a feed, so that it writes each article once: the item is on pages
 * of slices too, and mostly stays in the next edition. It is kept as long as the article.
 */
export function itemCache<Item>(write: WriteItems<Item>): WriteItems<Item> {
  const known = new WeakMap<Article, { readonly facts: string; readonly item: Item }>();
  return (articles, site) => {
    const facts = itemFacts(site);
    const missing = articles.filter((article) => known.get(article)?.facts !== facts);
    const written = missing.length === 0 ? [] : write(missing, site);
    missing.forEach((article, i) => {
      const item = written[i];
      if (item !== undefined) known.set(article, { facts, item });
    });
    return articles.flatMap((article) => known.get(article)?.item ?? []);
  };
}

const known = new WeakMap<Site, string>();

/**
 * Returns all that an item takes from the site of its feed. The feeds of most slices have the same as the whole site's.
 */
function itemFacts(site: Site): string {
  const before = known.get(site);
  if (before !== undefined) return before;
  const { url, authors, language, content, timezone, aggregators } = site;
  const facts = JSON.stringify([url, authors, language, content, timezone, aggregators]);
  known.set(site, facts);
  return facts;
}
