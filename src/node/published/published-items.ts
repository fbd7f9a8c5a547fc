import type { Problem } from '../../article/problem.ts';
import { slugOf, withoutDay } from '../../article/slug.ts';
import { canonicalUrl, decodePercent } from '../../article/web-address.ts';
import { duplicatedThere } from '../check/id-problems.ts';
import type { FoundItem } from './found-item.ts';
import type { FoundFeed } from './published-history.ts';
import { titleKey } from './title-key.ts';

/** All items of a history, to be looked up by what tells articles apart. */
export interface PublishedItems {
  readonly all: readonly FoundItem[];
  withId(id: string): FoundItem | undefined;
  withLink(link: string): readonly FoundItem[];
  withTitle(title: string): readonly FoundItem[];
  /** Those whose address ends in the name of a file, with or without the day that names of files begin with. */
  withName(slug: string): readonly FoundItem[];
}

/** Gathers each item once, though archives repeat what newer documents hold; an id twice in one document is a problem. */
export function gatherItems(feeds: readonly FoundFeed[]): {
  readonly items: PublishedItems;
  readonly problems: readonly Problem[];
} {
  const all: FoundItem[] = [];
  const problems: Problem[] = [];
  const known = new Set<string>();
  for (const { feed, shown } of feeds) {
    const here = new Set<string>();
    for (const item of feed.items) {
      const found = { ...item, shown };
      const { id = `\n${item.title}\n${item.published}` } = item;
      if (here.has(id) && item.hasId) problems.push(duplicatedThere(found, id));
      if (!known.has(id)) all.push(found);
      here.add(id);
      known.add(id);
    }
  }
  return { items: lookUp(all), problems };
}

function lookUp(all: readonly FoundItem[]): PublishedItems {
  const byId = groupedBy(all, ({ id }) => (id === undefined ? [] : [id]));
  const byLink = groupedBy(all, ({ links }) => new Set(links.map(linkKey)));
  const byTitle = groupedBy(all, ({ title }) => [titleKey(title)]);
  const byName = groupedBy(all, ({ links }) => new Set(links.flatMap(nameIn)));
  return {
    all,
    withId: (id) => byId.get(id)?.[0],
    withLink: (link) => byLink.get(linkKey(link)) ?? [],
    withTitle: (title) => (title === '' ? [] : (byTitle.get(titleKey(title)) ?? [])),
    withName: (slug) => byName.get(withoutDay(slug)) ?? [],
  };
}

/** More are alike for a reason; to compare each with each would take the square of their number. */
const most = 1000;

/** Sorts things by their keys, of each key the first thousand. */
export function groupedBy<T>(
  all: readonly T[],
  keysOf: (one: T) => Iterable<string>,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    for (const key of keysOf(one)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [one]);
      else if (group.length < most) group.push(one);
    }
  }
  return groups;
}

/** The longest link that is looked into, since what is read is text of strangers. */
const longest = 2048;

/** Spells alike what leads to one page: a site changes its scheme, "www." or a slash at the end more often than its pages. */
function linkKey(link: string): string {
  if (link.length > longest) return link;
  return (canonicalUrl(link) ?? link)
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/#.*$/s, '')
    .replace(/\/(?:index\.html?)?$/, '');
}

/** Reads the last part of an address as an article's slug, where it is more than a number. */
function nameIn(link: string): readonly string[] {
  if (link.length > longest || !URL.canParse(link)) return [];
  const parts = new URL(link).pathname.split('/');
  const last = parts.findLast((part) => part !== '' && !/^index\.html?$/i.test(part)) ?? '';
  const name = withoutDay(slugOf(decodePercent(last.replace(/\.[a-z]{2,5}$/i, ''))));
  return last !== '' && /\p{L}/u.test(name) ? [name] : [];
}
