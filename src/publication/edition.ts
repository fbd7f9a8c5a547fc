import type { Article, Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import type { PageAddress } from './address.ts';
import type { Page } from './page.ts';
import { type ArticleRun, type ArticleStore, type Edition, isDue } from './publication.ts';
import { type Slice, siteOfSlice, sliceKinds } from './slice.ts';

/** Makes an edition that cuts the articles of a store into pages. */
export function editionOf(store: ArticleStore): Edition {
  const { site, name, changed, whole } = store;
  return {
    ...omitUndefined({ site, name, changed, version: versionsOf(store) }),
    page: async (address, now) => {
      const facts = omitUndefined({ site, changed, address });
      if (address.slice === undefined) return pageOf(whole, facts, now);
      const found = await store.slice(address.slice.kind, address.slice.slug);
      if (found === undefined) return undefined;
      const { slice, run } = found;
      const page = await pageOf(run, { ...facts, site: siteOfSlice(site, slice), whole: site, slice }, now);
      // A slice exists only if it has an article.
      return page?.articles.length === 0 ? undefined : page;
    },
    article: async (slug, now) => {
      const article = await store.article(slug);
      if (article === undefined || !isDue(article, now)) return undefined;
      const until = firstAfter(now, [article.updated]);
      return omitUndefined({ site, changed, article: withoutLaterUpdate(article, now), until });
    },
    slices: async (now) => {
      const all = await store.slices();
      const firsts = all.map(({ first }) => first);
      const due = all.filter(({ first }) => first <= now);
      return omitUndefined({
        slices: due.map(({ kind, slug, label }) => ({ kind, slug, label })).sort(byKindAndSlug),
        since: due
          .map(({ first }) => first)
          .toSorted()
          .at(-1),
        until: firstAfter(now, firsts),
      });
    },
    findByOldPath: async (path, now) => {
      const found = await store.findByOldPath(path);
      if (found === 'gone' || found === undefined) return found;
      return isDue(found, now) ? { slug: found.slug } : undefined;
    },
    isGone: store.isGone,
    nextDue: (now) => firstAfter(now, whole.upcoming),
  };
}

/** Makes {@link Edition.version}, if the store has versions. */
function versionsOf(store: ArticleStore): Edition['version'] {
  const { site, whole, siteVersion } = store;
  if (siteVersion === undefined) return undefined;
  return async (address, now) => {
    if (typeof address === 'string') {
      const version = store.articleVersion?.(address);
      return version === undefined ? undefined : `${siteVersion} ${version}`;
    }
    const { slice } = address;
    const found = slice === undefined ? { run: whole } : await store.slice(slice.kind, slice.slug);
    const version = found && (await versionOf(found.run, site.items, address, now));
    const label = found !== undefined && 'slice' in found ? found.slice.label : '';
    return version === undefined ? undefined : `${siteVersion} ${version} ${label}`;
  };
}

/**
 * Cuts a page out of a run.
 *
 * Archive page n holds the n-th `site.items` articles, counted from the oldest. It exists once it is full and an article
 * with a later date follows, so that adding an article never changes it (RFC 5005 §4). An article with the same date, as
 * on a day without times, could still be sorted before its last. The current page holds the newest `site.items` articles
 * and all others that are in no archive page. A run that fits on its current page has no archive.
 *
 * The archive page after the newest one is not full yet, and until then equals the current page. So the newest archive
 * page can name its successor from the first day, and that link always works.
 */
async function pageOf(
  run: ArticleRun,
  facts: Pick<Page, 'site' | 'whole' | 'address' | 'slice' | 'changed'>,
  now: Instant,
): Promise<Page | undefined> {
  const { archive: asked, ...current } = facts.address;
  const cut = await cutOf(run, facts.site.items, asked, now);
  if (cut === undefined) return undefined;
  const { start, end, archive, older } = cut;
  const articles = await run.articles(start, end);
  const until = firstAfter(now, [...run.upcoming, ...articles.map(({ updated }) => updated)]);
  return {
    ...facts,
    address: archive === undefined ? current : { ...current, archive },
    articles: articles.map((article) => withoutLaterUpdate(article, now)).toReversed(),
    ...omitUndefined({
      olderArchive: older > 0 ? older : undefined,
      newerArchive: archive !== undefined ? archive + 1 : undefined,
      until,
    }),
  };
}

/** Returns where a page starts and ends in a run, and how many archive pages precede it; `undefined` if none. */
async function cutOf(run: ArticleRun, items: number, asked: number | undefined, now: Instant) {
  const due = run.count - run.upcoming.filter((instant) => instant > now).length;
  const full = due > items ? Math.floor(due / items) : 0;
  // Older archive pages are followed by a full page, so they need no check.
  const isSettled = (asked ?? full) < full || full === 0 || (await isFollowedLater(run, full * items, due));
  const archives = isSettled ? full : full - 1;
  const filling = archives > 0 && asked === archives + 1;
  const archive = filling ? undefined : asked;
  if (archive !== undefined && !(Number.isInteger(archive) && archive >= 1 && archive <= archives)) {
    return undefined;
  }
  const end = archive === undefined ? due : archive * items;
  const older = archive === undefined ? archives : archive - 1;
  const start = archive === undefined ? Math.min(end - items, archives * items) : end - items;
  return { start: Math.max(0, start), end, archive, older };
}

/** Reports whether the last article before `due` has a later date than the last one before `end`. */
async function isFollowedLater(run: ArticleRun, end: number, due: number): Promise<boolean> {
  if (due === end) return false;
  // In sequence, because at the edge both reads share objects.
  const last = await run.published(end - 1);
  const newest = await run.published(due - 1);
  return last !== undefined && newest !== undefined && last < newest;
}

async function versionOf(run: ArticleRun, items: number, { archive: asked }: PageAddress, now: Instant) {
  const cut = await cutOf(run, items, asked, now);
  const articles = cut && run.version?.(cut.start, cut.end);
  if (cut === undefined || articles === undefined) return undefined;
  return `${cut.archive} ${cut.older} ${firstAfter(now, run.upcoming)} ${articles}`;
}

function firstAfter(now: Instant, instants: readonly Instant[]): Instant | undefined {
  return instants.filter((instant) => instant > now).toSorted()[0];
}

/** Ignores a scheduled update: until then, the article's last change is its publication. */
function withoutLaterUpdate(article: Article, now: Instant): Article {
  return article.updated > now ? { ...article, updated: article.published } : article;
}

function byKindAndSlug(a: Slice, b: Slice): number {
  if (a.kind !== b.kind) return sliceKinds.indexOf(a.kind) - sliceKinds.indexOf(b.kind);
  if (a.slug !== b.slug) return a.slug < b.slug ? -1 : 1;
  return 0;
}
