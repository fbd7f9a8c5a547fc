import type { Instant } from '../../article/article.ts';
import type { Problem } from '../../article/problem.ts';
import { hasExpired, isDue } from '../../publication/publication.ts';
import type { FeedDocument } from '../published/published-history.ts';
import {
  canKeepId,
  changedId,
  duplicateHere,
  duplicateInFeed,
  expiredArticle,
  type LocalArticle,
  localId,
  postponedArticle,
  vanishedArticle,
} from './comparison-problems.ts';
import { groupByKeys, type ItemInDocument, type ItemIndex, indexItems } from './item-index.ts';
import { titleKey } from './title-key.ts';

/** The result of comparing articles with a published feed. */
export interface FeedComparison {
  readonly problems: readonly Problem[];
  /** By file, the published id of each article that certainly is a published item and has another id here. */
  readonly certainIds: ReadonlyMap<string, string>;
  /** The published items, and the articles matched with them; absent if there is no feed. */
  readonly matches?: { readonly items: readonly ItemInDocument[]; readonly articleOf: Matches };
}

type Matches = ReadonlyMap<ItemInDocument, LocalArticle>;

/**
 * Compares the ids of articles with those of published items, byte by byte (RFC 4287 §4.2.6), and reports ids that
 * would change, disappear or appear twice.
 *
 * An article is matched with an item by its id; else by its URL; else by its headline, if their dates differ by no
 * more than time zones can, or the item has no date; else by its file name at the end of the item's URL, with such a
 * date. `beside` says that another site has the pages.
 */
export function compareWithFeed(
  articles: readonly LocalArticle[],
  documents: readonly FeedDocument[],
  now: Instant,
  beside = false,
): FeedComparison {
  const items = indexItems(documents);
  const comparison: Comparison = {
    items,
    localIds: new Set(articles.flatMap(({ source: { head } }) => [head.id, head.plainId ?? head.id])),
    sameTitle: groupByKeys(articles, ({ source }) => [titleKey(source.head.title)]),
    articleOf: new Map(),
    done: new Set(),
    certainIds: new Map(),
    problems: items.repeated.map((item) => duplicateInFeed(item, item.id)),
  };
  for (const match of [matchById, matchByLink, matchByTitle, matchByName])
    for (const article of articles) if (!comparison.done.has(article)) match(article, comparison);
  for (const [item, article] of comparison.articleOf) {
    const { head } = article.source;
    if (!isDue(head, now)) comparison.problems.push(postponedArticle(article, item, beside));
    if (hasExpired(head, now)) comparison.problems.push(expiredArticle(article, item, beside));
  }
  for (const item of items.all)
    if (!comparison.articleOf.has(item)) comparison.problems.push(unmatchedItem(item, comparison, beside));
  const { problems, certainIds, articleOf } = comparison;
  return { problems, certainIds, matches: { items: items.all, articleOf } };
}

interface Comparison {
  readonly items: ItemIndex;
  /** The ids of all articles here. */
  readonly localIds: ReadonlySet<string>;
  /** The articles with each headline. */
  readonly sameTitle: ReadonlyMap<string, readonly LocalArticle[]>;
  /** The article matched with each item. */
  readonly articleOf: Map<ItemInDocument, LocalArticle>;
  /** Articles that are matched or reported. */
  readonly done: Set<LocalArticle>;
  readonly certainIds: Map<string, string>;
  readonly problems: Problem[];
}

function matchById(article: LocalArticle, comparison: Comparison): void {
  const { items, articleOf } = comparison;
  const { id, plainId, title } = article.source.head;
  const item = (plainId === undefined ? undefined : items.withId(plainId)) ?? items.withId(id);
  if (item === undefined) return;
  // If two files swapped names, each has the id of the other's item. Matching by id alone would hide that.
  const isOther = !isSameTitle(article, item) && hoursApart(article, item) > maxZoneHours;
  const own = isOther ? items.withTitle(title).find((one) => hoursApart(article, one) === 0) : undefined;
  matchItem(article, own === undefined || articleOf.has(own) ? item : own, comparison);
}

function matchByLink(article: LocalArticle, comparison: Comparison): void {
  const linked = comparison.items.withLink(article.source.head.permalink);
  const free = linked.filter((item) => !comparison.articleOf.has(item));
  const likely = free.filter((item) => isSameTitle(article, item));
  // Many items may link to the same page; then the link identifies none of them.
  const [item] = likely.length > 0 || free.length > 1 ? likely : free;
  if (item !== undefined) {
    // With another headline and date, it may be a new article at the URL of an old one.
    const isNear = linked.length === 1 && hoursApart(article, item) <= maxZoneHours;
    matchItem(article, item, comparison, likely.length === 1 || isNear);
  } else {
    // Only a likely duplicate is reported: a new article may have the URL of one that has moved.
    const alike = linked.filter((one) => isSameTitle(article, one) || hoursApart(article, one) === 0);
    reportDuplicate(article, alike, comparison);
  }
}

function matchByTitle(article: LocalArticle, comparison: Comparison): void {
  const { published, title } = article.source.head;
  const articles = comparison.sameTitle.get(titleKey(title)) ?? [];
  const items = comparison.items.withTitle(title);
  const isOnlyPair = articles.length === 1 && items.length === 1;
  const [item] = items
    .filter((one) => hoursApart(article, one) <= maxZoneHours || (one.published === undefined && isOnlyPair))
    .filter((one) => !comparison.articleOf.has(one))
    .toSorted((a, b) => hoursApart(article, a) - hoursApart(article, b));
  const simultaneous = items.filter((one) => hoursApart(article, one) === 0);
  if (item !== undefined) {
    const isCertain =
      hoursApart(article, item) === 0 &&
      simultaneous.length === 1 &&
      articles.filter(({ source }) => source.head.published === published).length === 1;
    matchItem(article, item, comparison, isCertain);
  } else reportDuplicate(article, simultaneous, comparison);
}

/** Matches an article whose headline has changed, or differs in form from the feed's: its file keeps its name. */
function matchByName(article: LocalArticle, comparison: Comparison): void {
  const near = comparison.items
    .withName(article.source.head.slug)
    .filter((item) => !comparison.articleOf.has(item) && hoursApart(article, item) <= maxZoneHours);
  const [item] = near;
  if (item !== undefined && near.length === 1) matchItem(article, item, comparison);
}

function matchItem(
  article: LocalArticle,
  item: ItemInDocument,
  { localIds, articleOf, done, certainIds, problems }: Comparison,
  isCertain = false,
): void {
  articleOf.set(item, article);
  done.add(article);
  if (item.id === undefined || item.id === localId(item, article.source.head)) return;
  const isFixable = isCertain && !hasOwnId(article) && !localIds.has(item.id) && canKeepId(item);
  if (isFixable) certainIds.set(article.file, item.id);
  problems.push(changedId(article, item, isFixable ? ' ("--fix" together with "--against" does this)' : ''));
}

/**
 * Reports whether a file states its id as an IRI. An original URL is an id only for lack of another, and an id that is
 * not an IRI may be what another system called the article.
 */
function hasOwnId({ isIdWritten, source: { head } }: LocalArticle): boolean {
  return isIdWritten && head.plainId === undefined && head.id !== head.permalink;
}

/** Reports an article if one of its items is already matched with another file. */
function reportDuplicate(
  article: LocalArticle,
  items: readonly ItemInDocument[],
  { articleOf, done, problems }: Comparison,
): void {
  for (const item of items) {
    const other = articleOf.get(item);
    if (other === undefined) continue;
    done.add(article);
    problems.push(duplicateHere(article, item, other.file));
    return;
  }
}

/** Reports an item without an article here: a second copy of a matched item, or an article that vanished. */
function unmatchedItem(item: ItemInDocument, { items, articleOf }: Comparison, beside: boolean): Problem {
  const twin = items
    .withTitle(item.title)
    .find((one) => articleOf.has(one) && one.links.some((link) => item.links.includes(link)));
  return twin === undefined ? vanishedArticle(item, beside) : duplicateInFeed(item, twin.id);
}

function isSameTitle({ source }: LocalArticle, { title }: ItemInDocument): boolean {
  return title !== '' && titleKey(title) === titleKey(source.head.title);
}

/** Hours between the same local time in the two most distant time zones that a date without a zone may mean. */
const maxZoneHours = 14;

function hoursApart({ source }: LocalArticle, { published }: ItemInDocument): number {
  return published === undefined
    ? Number.POSITIVE_INFINITY
    : Math.abs(Date.parse(source.head.published) - published) / 3_600_000;
}
