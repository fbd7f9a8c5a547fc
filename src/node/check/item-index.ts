import { slugOf, withoutDay } from '../../article/slug.ts';
import { canonicalUrl, decodePercent } from '../../article/web-address.ts';
import type { PublishedItem } from '../published/published-feed.ts';
import type { FeedDocument } from '../published/published-history.ts';
import { titleKey } from './title-key.ts';

/** A published item and the document that holds it, as messages show it. */
export interface ItemInDocument extends PublishedItem {
  readonly shown: string;
}

/** All items of a published history, by everything that identifies an article. */
export interface ItemIndex {
  readonly all: readonly ItemInDocument[];
  /** Items whose id an earlier item of the same document has. */
  readonly repeated: readonly ItemInDocument[];
  withId(id: string): ItemInDocument | undefined;
  withLink(link: string): readonly ItemInDocument[];
  withTitle(title: string): readonly ItemInDocument[];
  /** Items whose URL ends in a slug, with or without the date that file names begin with. */
  withName(slug: string): readonly ItemInDocument[];
}

/** Indexes each item once, although archives repeat items of newer documents. */
export function indexItems(documents: readonly FeedDocument[]): ItemIndex {
  const all: ItemInDocument[] = [];
  const repeated: ItemInDocument[] = [];
  const known = new Set<string>();
  for (const { feed, shown } of documents) {
    const inDocument = new Set<string>();
    for (const item of feed.items) {
      const { id = `\n${item.title}\n${item.published}` } = item;
      if (inDocument.has(id) && item.hasId) repeated.push({ ...item, shown });
      if (!known.has(id)) all.push({ ...item, shown });
      inDocument.add(id);
      known.add(id);
    }
  }
  const byId = groupByKeys(all, ({ id }) => (id === undefined ? [] : [id]));
  const byLink = groupByKeys(all, ({ links }) => new Set(links.map(linkKey)));
  const byTitle = groupByKeys(all, ({ title }) => [titleKey(title)]);
  const byName = groupByKeys(all, ({ links }) => new Set(links.flatMap(namesIn)));
  return {
    all,
    repeated,
    withId: (id) => byId.get(id)?.[0],
    withLink: (link) => byLink.get(linkKey(link)) ?? [],
    withTitle: (title) => (title === '' ? [] : (byTitle.get(titleKey(title)) ?? [])),
    withName: (slug) => byName.get(withoutDay(slug)) ?? [],
  };
}

/** Items compared under one key; comparing each with each would take quadratic time. */
const maxGroup = 1000;

/** Groups values by their keys, at most a thousand for each key. */
export function groupByKeys<T>(
  all: readonly T[],
  keysOf: (value: T) => Iterable<string>,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of all) {
    for (const key of keysOf(value)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [value]);
      else if (group.length < maxGroup) group.push(value);
    }
  }
  return groups;
}

/** Links longer than this are not parsed. Links in feeds are untrusted input. */
const maxLink = 2048;

/** Normalizes a link for comparison: sites often change its scheme, "www." or the slash at its end. */
function linkKey(link: string): string {
  if (link.length > maxLink) return link;
  return (canonicalUrl(link) ?? link)
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/#.*$/s, '')
    .replace(/\/(?:index\.html?)?$/, '');
}

/** Returns the last part of a URL's path as the slug of an article, unless it has no letter. */
function namesIn(link: string): readonly string[] {
  if (link.length > maxLink || !URL.canParse(link)) return [];
  const parts = new URL(link).pathname.split('/');
  const last = parts.findLast((part) => part !== '' && !/^index\.html?$/i.test(part)) ?? '';
  const name = withoutDay(slugOf(decodePercent(last.replace(/\.[a-z]{2,5}$/i, ''))));
  return last !== '' && /\p{L}/u.test(name) ? [name] : [];
}
