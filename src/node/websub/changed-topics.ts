import type { Article, ArticleSource, Instant } from '../../article/article.ts';
import type { Page } from '../../publication/page.ts';
import type { Edition } from '../../publication/publication.ts';
import { type Slice, slicePath, slicesOf } from '../../publication/slice.ts';
import { currentPage, giveWay, renderTopics, type TopicSource } from './topics.ts';

/** A publication as it was at a moment. */
export interface Snapshot {
  readonly edition: Edition;
  /** The articles that the edition is made of, in any order. */
  readonly sources: readonly ArticleSource[];
  /** Articles fall due without another edition. */
  readonly now: Instant;
}

/**
 * Lists the addresses of the subscription documents whose bytes are not what they were, new ones included.
 *
 * Only the slices of articles that changed are looked at, and only pages that changed are rendered.
 */
export async function changedTopics(before: Snapshot, after: Snapshot): Promise<string[]> {
  const topics: string[] = [];
  for (const slice of await touchedSlices(before, after)) {
    await giveWay();
    const [was, is] = [
      await currentPage(before.edition, slice, before.now),
      await currentPage(after.edition, slice, after.now),
    ];
    if (is === undefined || (was !== undefined && shownIn(was) === shownIn(is))) continue;
    const known = new Map(
      (was === undefined ? [] : await renderTopics(was)).map(({ url, etag }) => [url, etag]),
    );
    for (const { url, etag } of await renderTopics(is)) if (known.get(url) !== etag) topics.push(url);
  }
  return topics;
}

/** When an article next changes what is shown: it falls due, or its update does. */
export function nextMoment(sources: readonly ArticleSource[], now: Instant): Instant | undefined {
  let next: Instant | undefined;
  for (const { head } of sources) {
    for (const moment of [head.published, head.updated])
      if (moment > now && (next === undefined || moment < next)) next = moment;
  }
  return next;
}

async function touchedSlices(before: Snapshot, after: Snapshot): Promise<TopicSource[]> {
  const isSameSite = shownOf(before.edition) === shownOf(after.edition);
  if (!isSameSite) return [undefined, ...(await after.edition.slices(after.now)).slices];
  const touched = await touchedArticles(before, after);
  if (touched.length === 0) return [];
  const slices = new Map<string, Slice>();
  for (const { head } of touched)
    for (const slice of slicesOf(head, after.edition.site)) slices.set(slicePath(slice), slice);
  return [undefined, ...slices.values()];
}

/** Lists what came, went, says another thing or fell due; of what says another thing both the old and the new. */
async function touchedArticles(before: Snapshot, after: Snapshot): Promise<ArticleSource[]> {
  const was = new Set(before.sources);
  const is = new Set(after.sources);
  const old = new Map(
    before.sources.filter((source) => !is.has(source)).map((source) => [source.head.slug, source]),
  );
  const newest = await newestArticles(before);
  const touched: ArticleSource[] = [];
  for (const source of after.sources) {
    if (was.has(source)) {
      const { published, updated } = source.head;
      if ([published, updated].some((moment) => before.now < moment && moment <= after.now))
        touched.push(source);
      continue;
    }
    const earlier = old.get(source.head.slug);
    old.delete(source.head.slug);
    if (earlier === undefined) touched.push(source);
    else if (!(await saysTheSame(earlier, source, newest))) touched.push(earlier, source);
  }
  return [...touched, ...old.values()];
}

/**
 * Gives the articles of the front page as they were. An edition keeps what it has rendered, and only so is it known how
 * large a picture was that has another size now.
 */
export async function newestArticles({
  edition,
  now,
}: Pick<Snapshot, 'edition' | 'now'>): Promise<ReadonlyMap<string, Article>> {
  const page = await currentPage(edition, undefined, now);
  return new Map((page?.articles ?? []).map((article) => [article.slug, article]));
}

/** A file that was saved without a change, or read anew for another's sake, has another source that says the same. */
async function saysTheSame(
  a: ArticleSource,
  b: ArticleSource,
  asWere: ReadonlyMap<string, Article>,
): Promise<boolean> {
  if (JSON.stringify(a.head) !== JSON.stringify(b.head)) return false;
  await giveWay();
  return JSON.stringify(asWere.get(a.head.slug) ?? a.article()) === JSON.stringify(b.article());
}

/** All that a page's documents are made of. */
function shownIn({ changed: _, until: __, ...page }: Page): string {
  return JSON.stringify(page);
}

/** All that feeds say of the publication itself. */
function shownOf({ site: { theme: _, redirects: __, timezone: ___, ...site } }: Edition): string {
  return JSON.stringify(site);
}
