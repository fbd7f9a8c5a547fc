import { setImmediate } from 'node:timers/promises';
import type { Article, ArticleHead, ArticleSource, Instant } from '../../article/article.ts';
import { momentsOf } from '../../publication/moments.ts';
import type { Page } from '../../publication/page.ts';
import type { Edition } from '../../publication/publication.ts';
import { slicesOf } from '../../publication/slices/membership.ts';
import { type Slice, slicePath } from '../../publication/slices/slice.ts';
import { correctionTopics, currentPage, renderTopics, type Topic } from './topics.ts';

/** A publication at one moment. */
export interface Snapshot {
  readonly edition: Edition;
  /** The articles of the edition, in any order. */
  readonly sources: readonly ArticleSource[];
  /** Articles become due and expire without a new edition. */
  readonly now: Instant;
}

/**
 * Lists the feed documents whose bytes changed, including new documents.
 *
 * It checks only the slices of changed articles, and renders only changed pages.
 */
export async function changedTopics(before: Snapshot, after: Snapshot): Promise<Topic[]> {
  const topics: Topic[] = [];
  const slices = await changedSlices(before, after);
  for (const slice of slices) {
    await setImmediate();
    const [was, is] = [
      await currentPage(before.edition, slice, before.now),
      await currentPage(after.edition, slice, after.now),
    ];
    if (is === undefined || (was !== undefined && serializePage(was) === serializePage(is))) continue;
    const known = new Map((was === undefined ? [] : await renderTopics(was)).map(({ url, etag }) => [url, etag]));
    for (const topic of await renderTopics(is)) if (known.get(topic.url) !== topic.etag) topics.push(topic);
  }
  return slices.length === 0 ? [] : [...topics, ...(await changedCorrections(before, after))];
}

/** Lists the changed documents of the feed of corrections. The corrected article may be in no current feed. */
async function changedCorrections(before: Snapshot, after: Snapshot): Promise<Topic[]> {
  const known = await correctionTopics(before.edition, before.now);
  const current = await correctionTopics(after.edition, after.now);
  return current.filter(({ etag }) => !known.some((topic) => topic.etag === etag));
}

/** Finds when an article, or its update, next becomes due, or an article expires. */
export function nextDue(sources: readonly ArticleSource[], now: Instant): Instant | undefined {
  let next: Instant | undefined;
  for (const { head } of sources) {
    for (const moment of momentsIn(head)) if (moment > now && (next === undefined || moment < next)) next = moment;
  }
  return next;
}

/** Lists the moments at which an article appears or changes by itself. */
function momentsIn(head: ArticleHead): readonly Instant[] {
  return [head.published, ...momentsOf(head)];
}

async function changedSlices(before: Snapshot, after: Snapshot): Promise<(Slice | undefined)[]> {
  const isSameSite = serializeSite(before.edition) === serializeSite(after.edition);
  if (!isSameSite) return [undefined, ...(await after.edition.slices(after.now)).slices];
  const changed = await changedArticles(before, after);
  if (changed.length === 0) return [];
  const slices = new Map<string, Slice>();
  for (const { head } of changed)
    for (const slice of slicesOf(head, after.edition.site)) slices.set(slicePath(slice), slice);
  return [undefined, ...slices.values()];
}

/** Lists the articles that were added, removed, edited, became due or expired; of an edited article, both versions. */
export async function changedArticles(before: Snapshot, after: Snapshot): Promise<ArticleSource[]> {
  const was = new Set(before.sources);
  const is = new Set(after.sources);
  const old = new Map(before.sources.filter((source) => !is.has(source)).map((source) => [source.head.slug, source]));
  const newest = await newestArticles(before);
  const changed: ArticleSource[] = [];
  for (const source of after.sources) {
    if (was.has(source)) {
      if (momentsIn(source.head).some((moment) => before.now < moment && moment <= after.now)) changed.push(source);
      continue;
    }
    const earlier = old.get(source.head.slug);
    old.delete(source.head.slug);
    if (earlier === undefined) changed.push(source);
    else if (!(await isSameArticle(earlier, source, newest))) changed.push(earlier, source);
  }
  return [...changed, ...old.values()];
}

/**
 * Renders the articles of the front page. The edition keeps them, so that a later comparison knows the old size of a
 * picture that has changed since.
 */
export async function newestArticles({
  edition,
  now,
}: Pick<Snapshot, 'edition' | 'now'>): Promise<ReadonlyMap<string, Article>> {
  const page = await currentPage(edition, undefined, now);
  return new Map((page?.articles ?? []).map((article) => [article.slug, article]));
}

/** Compares articles by content: a file that is saved or read again without a change has a new source. */
async function isSameArticle(
  a: ArticleSource,
  b: ArticleSource,
  rendered: ReadonlyMap<string, Article>,
): Promise<boolean> {
  if (JSON.stringify(a.head) !== JSON.stringify(b.head)) return false;
  await setImmediate();
  try {
    const [was, is] = [
      rendered.get(a.head.slug) ?? (await (a.render?.() ?? a.article())),
      await (b.render?.() ?? b.article()),
    ];
    return JSON.stringify(was) === JSON.stringify(is);
  } catch {
    // An article that cannot be rendered appears in no feed, so feeds changed with it.
    return false;
  }
}

/** Everything that a page's documents depend on. */
function serializePage({ changed: _, until: __, ...page }: Page): string {
  return JSON.stringify(page);
}

/** Everything that feeds say about the publication itself. */
function serializeSite({ site: { theme: _, redirects: __, timezone: ___, purge: ____, ...site } }: Edition): string {
  return JSON.stringify(site);
}
