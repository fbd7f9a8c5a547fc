import type { Instant } from '../../article/article.ts';
import type { Problem } from '../../article/problem.ts';
import { canBeKept, type FoundItem, idBeside, type LocalArticle } from '../published/found-item.ts';
import type { FoundFeed } from '../published/published-history.ts';
import { gatherItems, groupedBy, type PublishedItems } from '../published/published-items.ts';
import { titleKey } from '../published/title-key.ts';
import { changedId, duplicatedHere, duplicatedThere, postponedId, vanishedId } from './id-problems.ts';

/** What a comparison with a published feed finds. */
export interface ComparedIds {
  readonly problems: readonly Problem[];
  /** By file, the published ids of articles that are beyond doubt what is published, and have another id here. */
  readonly certain: ReadonlyMap<string, string>;
}

/**
 * Compares the ids of articles, byte by byte (RFC 4287 §4.2.6), with what is published: what would have another id, be
 * there no more, or be there twice.
 *
 * An article is the same as an item with its id; else with its address; else with its headline, published within a
 * time that a date without a zone can differ by, or without a date; else with its name at the end of the address,
 * published within that time.
 */
export function compareIds(
  articles: readonly LocalArticle[],
  feeds: readonly FoundFeed[],
  now: Instant,
): ComparedIds {
  const { items, problems } = gatherItems(feeds);
  const titles = groupedBy(articles, ({ source }) => [titleKey(source.head.title)]);
  const comparison: Comparison = {
    items,
    ids: new Set(articles.flatMap(({ source: { head } }) => [head.id, head.plainId ?? head.id])),
    articleOf: new Map(),
    settled: new Set(),
    certain: new Map(),
    problems: [...problems],
  };
  for (const article of articles) findById(article, comparison);
  for (const article of articles) findByLink(article, comparison);
  for (const article of articles) {
    findByTitle(article, titles.get(titleKey(article.source.head.title)) ?? [], comparison);
  }
  for (const article of articles) findByName(article, comparison);
  for (const [item, article] of comparison.articleOf) {
    if (article.source.head.published > now) comparison.problems.push(postponedId(article, item));
  }
  for (const item of items.all) reportLeft(item, comparison);
  return comparison;
}

interface Comparison {
  readonly items: PublishedItems;
  /** The ids that articles have here. */
  readonly ids: ReadonlySet<string>;
  /** What each item is here. */
  readonly articleOf: Map<FoundItem, LocalArticle>;
  /** The articles of which all is said. */
  readonly settled: Set<LocalArticle>;
  readonly certain: Map<string, string>;
  readonly problems: Problem[];
}

function findById(article: LocalArticle, comparison: Comparison): void {
  const { items, articleOf } = comparison;
  const { id, plainId, title } = article.source.head;
  const item = (plainId === undefined ? undefined : items.withId(plainId)) ?? items.withId(id);
  if (item === undefined) return;
  // An id that went over to another article, as when two files changed names, would hide both.
  const isOther = !isSameTitle(article, item) && hoursApart(article, item) > slack;
  const own = isOther ? items.withTitle(title).find((one) => hoursApart(article, one) === 0) : undefined;
  settle(article, own === undefined || articleOf.has(own) ? item : own, comparison);
}

function findByLink(article: LocalArticle, comparison: Comparison): void {
  if (comparison.settled.has(article)) return;
  const linked = comparison.items.withLink(article.source.head.permalink);
  const free = linked.filter((item) => !comparison.articleOf.has(item));
  const likely = free.filter((item) => isSameTitle(article, item));
  // A feed may link many items to one page, which then tells none of them apart.
  const [item] = likely.length > 0 ? likely : free.length === 1 ? free : [];
  // Another headline at another time may be a new article at the address of an old one.
  const isCertain = (one: FoundItem): boolean =>
    likely.length === 1 || (linked.length === 1 && hoursApart(article, one) <= slack);
  if (item !== undefined) settle(article, item, comparison, isCertain(item));
  // A new article may stand at the address of one that has moved.
  else
    reportTwin(
      article,
      linked.filter((one) => isSameTitle(article, one) || hoursApart(article, one) === 0),
      comparison,
    );
}

/** `alike` are all articles of its headline. */
function findByTitle(article: LocalArticle, alike: readonly LocalArticle[], comparison: Comparison): void {
  if (comparison.settled.has(article)) return;
  const titled = comparison.items.withTitle(article.source.head.title);
  const near = titled
    .filter(
      (item) =>
        hoursApart(article, item) <= slack ||
        (item.published === undefined && alike.length === 1 && titled.length === 1),
    )
    .toSorted((a, b) => hoursApart(article, a) - hoursApart(article, b));
  const item = near.find((one) => !comparison.articleOf.has(one));
  if (item !== undefined) {
    const { published } = article.source.head;
    const isOnly =
      alike.filter(({ source }) => source.head.published === published).length === 1 &&
      titled.filter((one) => hoursApart(article, one) === 0).length === 1;
    settle(article, item, comparison, isOnly && hoursApart(article, item) === 0);
  } else
    reportTwin(
      article,
      near.filter((one) => hoursApart(article, one) === 0),
      comparison,
    );
}

/** A headline may be another by now, or stand in the file in another form than in the feed; a file keeps its name. */
function findByName(article: LocalArticle, comparison: Comparison): void {
  if (comparison.settled.has(article)) return;
  const near = comparison.items
    .withName(article.source.head.slug)
    .filter((item) => !comparison.articleOf.has(item) && hoursApart(article, item) <= slack);
  const [item] = near;
  if (item !== undefined && near.length === 1) settle(article, item, comparison);
}

function settle(
  article: LocalArticle,
  item: FoundItem,
  { ids, articleOf, settled, certain, problems }: Comparison,
  isCertain = false,
): void {
  articleOf.set(item, article);
  settled.add(article);
  if (item.id === undefined || item.id === idBeside(item, article.source.head)) return;
  const isKept = isCertain && !saysId(article) && !ids.has(item.id) && canBeKept(item);
  if (isKept) certain.set(article.file, item.id);
  problems.push(changedId(article, item, isKept));
}

/**
 * Tells whether a file names an IRI, as its original URL stands for one only for want of it, and other text may be what
 * another system called the article by itself.
 */
function saysId({ isIdWritten, source: { head } }: LocalArticle): boolean {
  return isIdWritten && head.plainId === undefined && head.id !== head.permalink;
}

/** Reports an article that is the same as an item which is another file's. */
function reportTwin(article: LocalArticle, items: readonly FoundItem[], comparison: Comparison): void {
  const { articleOf, settled, problems } = comparison;
  const [item] = items.filter((one) => articleOf.has(one));
  const other = item === undefined ? undefined : articleOf.get(item);
  if (item === undefined || other === undefined) return;
  settled.add(article);
  problems.push(duplicatedHere(article, item, other.file));
}

/** Reports an item that is no article here, or that is the second of one. */
function reportLeft(item: FoundItem, { items, articleOf, problems }: Comparison): void {
  if (articleOf.has(item)) return;
  const twin = items
    .withTitle(item.title)
    .find((one) => articleOf.has(one) && one.links.some((link) => item.links.includes(link)));
  problems.push(twin === undefined ? vanishedId(item) : duplicatedThere(item, twin.id));
}

function isSameTitle({ source }: LocalArticle, { title }: FoundItem): boolean {
  return title !== '' && titleKey(title) === titleKey(source.head.title);
}

/** Hours by which a day without a zone can be read apart. */
const slack = 14;

function hoursApart({ source }: LocalArticle, { published }: FoundItem): number {
  return published === undefined
    ? Number.POSITIVE_INFINITY
    : Math.abs(Date.parse(source.head.published) - published) / 3_600_000;
}
