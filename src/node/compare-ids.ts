import { readText } from '../article/first-picture.ts';
import { canonicalUrl } from '../article/original-url.ts';
import { oneLine } from '../article/plain-text.ts';
import type { Problem } from '../article/problem.ts';
import { changedId, duplicatedHere, duplicatedThere, vanishedId } from './id-problems.ts';
import type { PublishedItem } from './published-feed.ts';
import type { FoundFeed } from './published-history.ts';
import type { Candidate } from './unique-articles.ts';

/** An item that is published, and where. */
export interface FoundItem extends PublishedItem {
  readonly shown: string;
}

/** Articles that are about to be published. */
export type LocalArticle = Pick<Candidate, 'file'> & {
  readonly source: Pick<Candidate['source'], 'head'>;
};

/**
 * Compares the ids of articles, byte by byte (RFC 4287 §4.2.6), with what is published: what would have another id, be
 * there no more, or be there twice.
 *
 * An article is the same as an item with its id; else with its address; else with its headline, published within a
 * time that a date without a zone can differ by, or without a date.
 */
export function compareIds(
  articles: readonly LocalArticle[],
  feeds: readonly FoundFeed[],
): readonly Problem[] {
  const { items, problems } = gather(feeds);
  const byId = grouped(items, ({ id }) => (id === undefined ? [] : [id]));
  const byLink = grouped(items, ({ links }) => new Set(links.map(linkKey)));
  const byTitle = grouped(items, ({ title }) => (title === '' ? [] : [titleKey(title)]));
  const titles = grouped(articles, ({ source }) => [titleKey(source.head.title)]);
  const articleOf = new Map<FoundItem, LocalArticle>();
  const settled = new Set<LocalArticle>();

  const pair = (article: LocalArticle, item: FoundItem): void => {
    articleOf.set(item, article);
    settled.add(article);
    if (item.id !== undefined && item.id !== article.source.head.id) problems.push(changedId(article, item));
  };
  const sameTitle = ({ source }: LocalArticle): readonly FoundItem[] =>
    byTitle.get(titleKey(source.head.title)) ?? [];

  for (const article of articles) {
    const item = byId.get(article.source.head.id)?.[0];
    if (item === undefined) continue;
    // An id that went over to another article, as when two files changed names, would hide both.
    const isOther = !isSameTitle(article, item) && hours(article, item) > slack;
    const own = isOther ? sameTitle(article).find((one) => hours(article, one) === 0) : undefined;
    if (own === undefined || articleOf.has(own)) pair(article, item);
    else pair(article, own);
  }
  for (const article of articles) {
    if (settled.has(article)) continue;
    const linked = byLink.get(linkKey(article.source.head.permalink)) ?? [];
    const free = linked.filter((item) => !articleOf.has(item));
    const likely = free.filter((item) => isSameTitle(article, item));
    const [item] = likely.length > 0 ? likely : free.length === 1 ? free : [];
    if (item !== undefined) {
      pair(article, item);
      continue;
    }
    const taken = linked.find((one) => isSameTitle(article, one) || hours(article, one) === 0);
    const other = taken === undefined ? undefined : articleOf.get(taken);
    if (taken === undefined || other === undefined) continue;
    settled.add(article);
    problems.push(duplicatedHere(article, taken, other.file));
  }
  for (const article of articles) {
    if (settled.has(article)) continue;
    const titled = sameTitle(article);
    const isOnly = titled.length === 1 && titles.get(titleKey(article.source.head.title))?.length === 1;
    const near = titled
      .filter((item) => hours(article, item) <= slack || (item.published === undefined && isOnly))
      .toSorted((a, b) => hours(article, a) - hours(article, b));
    const item = near.find((one) => !articleOf.has(one));
    if (item !== undefined) {
      pair(article, item);
      continue;
    }
    const taken = near.find((one) => hours(article, one) === 0);
    const other = taken === undefined ? undefined : articleOf.get(taken);
    if (taken !== undefined && other !== undefined) problems.push(duplicatedHere(article, taken, other.file));
  }
  for (const item of items) {
    if (articleOf.has(item)) continue;
    const twin = byTitle
      .get(titleKey(item.title))
      ?.find((one) => articleOf.has(one) && one.links.some((link) => item.links.includes(link)));
    problems.push(twin === undefined ? vanishedId(item) : duplicatedThere(item, twin.id));
  }
  return problems;
}

/** Gives each item once, though archives repeat what newer documents hold; an id twice in one document is a fault. */
function gather(feeds: readonly FoundFeed[]): { items: readonly FoundItem[]; problems: Problem[] } {
  const items: FoundItem[] = [];
  const problems: Problem[] = [];
  const known = new Set<string>();
  for (const { feed, shown } of feeds) {
    const here = new Set<string>();
    for (const item of feed.items) {
      const found = { ...item, shown };
      const { id = `\n${item.title}\n${item.published}` } = item;
      if (here.has(id) && item.hasId) problems.push(duplicatedThere(found, id));
      if (!known.has(id)) items.push(found);
      here.add(id);
      known.add(id);
    }
  }
  return { items, problems };
}

/** More than are alike for a reason; to compare each with each would take the square of their number. */
const most = 1000;

function grouped<T>(
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

/** The longest title or link that is looked into, since what is read is text of strangers. */
const longest = 2048;

/** Spells alike what leads to one page: a site changes its scheme, "www." or a slash at the end more often than its pages. */
function linkKey(link: string): string {
  if (link.length > longest) return link;
  return (canonicalUrl(link) ?? link)
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/#.*$/s, '')
    .replace(/\/(?:index\.html?)?$/, '');
}

/** A title may come as HTML, and escaped more than once. */
function titleKey(title: string): string {
  return oneLine(readText(title.slice(0, longest)))
    .normalize('NFC')
    .toLowerCase();
}

function isSameTitle({ source }: LocalArticle, { title }: FoundItem): boolean {
  return title !== '' && titleKey(title) === titleKey(source.head.title);
}

/** Hours by which a day without a zone can be read apart. */
const slack = 14;

function hours({ source }: LocalArticle, { published }: FoundItem): number {
  return published === undefined
    ? Number.POSITIVE_INFINITY
    : Math.abs(Date.parse(source.head.published) - published) / 3_600_000;
}
