import type { Article, Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import type { PageAddress } from './address.ts';
import type { Page } from './page.ts';
import { type ArticleRun, type ArticleStore, type Edition, isDue } from './publication.ts';
import { type Slice, siteOfSlice, sliceKinds } from './slice.ts';

/** Cuts a store's articles into pages. */
export function editionOf(store: ArticleStore): Edition {
  const { site, name, changed, whole, siteVersion } = store;
  const stamp = changed === undefined ? {} : { changed };
  return {
    site,
    ...(name === undefined ? {} : { name }),
    ...stamp,
    page: async (address, now) => {
      if (address.slice === undefined) return pageOf(whole, { site, ...stamp, address }, now);
      const found = await store.slice(address.slice.kind, address.slice.slug);
      if (found === undefined) return undefined;
      const { slice, run } = found;
      const page = await pageOf(
        run,
        { site: siteOfSlice(site, slice), whole: site, ...stamp, slice, address },
        now,
      );
      // A slice without an article is none.
      return page?.articles.length === 0 ? undefined : page;
    },
    article: async (slug, now) => {
      const article = await store.article(slug);
      if (article === undefined || !isDue(article, now)) return undefined;
      const until = firstAfter(now, [article.updated]);
      return {
        site,
        ...stamp,
        article: settleUpdate(article, now),
        ...omitUndefined({ until }),
      };
    },
    ...(siteVersion === undefined
      ? {}
      : {
          version: async (address, now) => {
            if (typeof address === 'string') {
              const version = store.articleVersion?.(address);
              return version === undefined ? undefined : `${siteVersion} ${version}`;
            }
            const { slice } = address;
            const found = slice === undefined ? { run: whole } : await store.slice(slice.kind, slice.slug);
            const version = found && (await versionOf(found.run, site.items, address, now));
            const label = found !== undefined && 'slice' in found ? found.slice.label : '';
            return version === undefined ? undefined : `${siteVersion} ${version} ${label}`;
          },
        }),
    slices: async (now) => {
      const all = await store.slices();
      const until = firstAfter(
        now,
        all.map(({ first }) => first),
      );
      const due = all.filter(({ first }) => first <= now);
      const slices = due.map(({ kind, slug, label }) => ({ kind, slug, label })).sort(byKindAndSlug);
      const since = due.map(({ first }) => first).reduce((a, b) => (a > b ? a : b), '');
      return omitUndefined({ slices, since: since === '' ? undefined : since, until });
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

/**
 * Cuts one page out of a run.
 *
 * Archive page n holds the n-th `site.items` counted from the oldest and exists when it is full and an article of a later
 * moment follows, so that it never changes when an article is added (RFC 5005 §4): one of the same moment, as those of a
 * day without a time are, may come before its last. The current page holds the newest `site.items` and whatever else is
 * in no archive page. A run that fits on its current page has no archive.
 *
 * The archive page after the newest, which is filling, is the current page for now: it holds everything newer. So the
 * newest archive page names its successor from the first day, and that name never leads nowhere.
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
    articles: articles.map((article) => settleUpdate(article, now)).toReversed(),
    ...omitUndefined({
      olderArchive: older > 0 ? older : undefined,
      newerArchive: archive !== undefined ? archive + 1 : undefined,
      until,
    }),
  };
}

/** Where a page begins and ends in a run, and how many archive pages are before it; `undefined` where there is none. */
async function cutOf(run: ArticleRun, items: number, asked: number | undefined, now: Instant) {
  const due = run.count - run.upcoming.filter((instant) => instant > now).length;
  const full = due > items ? Math.floor(due / items) : 0;
  // Of the older ones it is known, as a full page follows them.
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

/** Tells whether the last article before `due` is of a later moment than the last one before `end`. */
async function isFollowedLater(run: ArticleRun, end: number, due: number): Promise<boolean> {
  if (due === end) return false;
  // One after the other: at the edge both are found by way of the same objects.
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

/** An update that lies ahead has not happened: until then the article is as it was published. */
function settleUpdate(article: Article, now: Instant): Article {
  return article.updated > now ? { ...article, updated: article.published } : article;
}

function byKindAndSlug(a: Slice, b: Slice): number {
  if (a.kind !== b.kind) return sliceKinds.indexOf(a.kind) - sliceKinds.indexOf(b.kind);
  if (a.slug !== b.slug) return a.slug < b.slug ? -1 : 1;
  return 0;
}
