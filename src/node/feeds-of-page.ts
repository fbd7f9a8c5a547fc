import { tagsIn } from '../article/body/tags-in.ts';

/** Lists the feeds that a page names for readers to find (RSS autodiscovery), the first few; in WordPress plain JSON is none. */
export function feedsOfPage(page: string, location: URL): readonly string[] {
  const named = tagsIn(page).filter(
    ({ name, attributes: { rel = '', type = '' } }) =>
      name === 'link' && /(?:^|\s)alternate(?:\s|$)/i.test(rel) && feedType.test(type),
  );
  return named
    .map(({ attributes: { href = '' } }) => href.trim())
    .filter((href) => href !== '' && URL.canParse(href, location.href))
    .map((href) => new URL(href, location).href)
    .slice(0, 5);
}

const feedType = /^\s*application\/(?:(?:rss|atom|rdf)\+xml|feed\+json)\s*(?:;|$)/i;
