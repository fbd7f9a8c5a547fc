import type { Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { articleSlug, type PageAddress, sliceAt } from './addresses/address.ts';
import { combinedPage } from './combination.ts';
import { countDue, countExpired, cutOf } from './cut.ts';
import { neighborsOf, nextNeighbor } from './headline.ts';
import { articleAt, firstAfter, latest, momentsOf } from './moments.ts';
import { monthsOf } from './months.ts';
import { noticesAt } from './notices.ts';
import type { Page } from './page.ts';
import {
  type ArticleRun,
  type ArticleStore,
  type Edition,
  hasExpired,
  isShown,
  type ListedSlice,
} from './publication.ts';
import { momentsOfShows, showsAt } from './site/podcast.ts';
import { inOwnLanguages } from './slices/membership.ts';
import { menuAt } from './slices/menu.ts';
import { itemsOf, type Slice, siteOfSlice, sliceKinds } from './slices/slice.ts';
import { type Tombstone, type Tombstones, tombstoneEnd, tombstonesOf } from './tombstones.ts';

/** Makes an edition that cuts the articles of a store into pages. */
export function editionOf(store: ArticleStore): Edition {
  const { site, name, changed, whole, main = whole } = store;
  return {
    ...omitUndefined({ site, name, changed, version: versionsOf(store) }),
    ...monthsOf(store),
    menu: (now) => menuAt(store.sections ?? [], now, store.headlines !== undefined),
    page: async (address, now) => {
      const facts = omitUndefined({ site, changed, address });
      if (address.slice === undefined) {
        return address.all ? pageOf(whole, facts, now) : pageOf(main, facts, now, store.deleted);
      }
      const found = await store.slice(address.slice.kind, address.slice.slug);
      if (found === undefined) return undefined;
      const { slice, run } = found;
      // A slice exists only while it shows an article, but a feed that the publisher named always does.
      if (slice.kind !== 'feed' && countDue(run, now) === countExpired(run, now)) return undefined;
      const page = await pageOf(run, { ...facts, site: siteOfSlice(site, slice), whole: site, slice }, now);
      return page && { ...page, articles: inOwnLanguages(page.articles, page.site, site) };
    },
    combined: (terms, now) => combinedPage(store, terms, now),
    article: async (slug, now) => {
      const { article, group } = (await store.articleInGroup(slug)) ?? {};
      if (article === undefined || !isShown(article, now)) return undefined;
      const next = group && nextNeighbor(group, slug, now);
      return omitUndefined({
        site,
        changed,
        article: articleAt(article, now),
        neighbors: group && neighborsOf(group, slug, now),
        until: firstAfter(now, [...momentsOf(article), ...(next === undefined ? [] : [next])]),
      });
    },
    slices: async (now) => {
      const all = await store.slices();
      const turns = all.flatMap((slice) => (slice.kind === 'feed' ? [] : slice.turns));
      return omitUndefined({
        slices: all
          .filter((slice) => isListed(slice, now))
          .map(({ kind, slug, label }) => ({ kind, slug, label }))
          .sort(byKindAndSlug),
        since: latest(turns.filter((turn) => turn <= now)),
        until: firstAfter(now, turns),
      });
    },
    findByOldPath: async (path, now) => {
      const found = await store.findByOldPath(path);
      if (found === 'gone' || found === undefined) return found;
      if (hasExpired(found, now)) return 'gone';
      return isShown(found, now) ? { slug: found.slug } : undefined;
    },
    notices: async (now) => noticesAt(await store.noticed(), now),
    withdrawal: async (path, now) => {
      const slug = articleSlug(path);
      const article = slug === undefined ? undefined : await store.article(slug);
      const { withdrawal } = article ?? {};
      return withdrawal !== undefined && withdrawal.date <= now ? withdrawal : undefined;
    },
    isGone: async (path, now) => (await store.isGone(path)) || hasExpiredAt(store, path, now),
    nextDue: (now) => {
      const expiring = Object.values(whole.expiring);
      const left = site.tombstones === true ? [...expiring, ...(store.deleted ?? []).map(({ when }) => when)] : [];
      return firstAfter(now, [...whole.upcoming, ...expiring, ...left.map(tombstoneEnd), ...momentsOfShows(site)]);
    },
  };
}

/** Makes {@link Edition.version}, if the store has versions. */
function versionsOf(store: ArticleStore): Edition['version'] {
  const { site, whole, main, siteVersion, deleted } = store;
  if (siteVersion === undefined) return undefined;
  return async (address, now) => {
    if (typeof address === 'string') {
      const version = store.articleVersion?.(address);
      if (version === undefined) return undefined;
      const group = store.groupOf?.(address);
      return `${siteVersion} ${version} ${JSON.stringify(group && neighborsOf(group, address, now))}`;
    }
    const { slice } = address;
    const found = slice === undefined ? { run: main ?? whole } : await store.slice(slice.kind, slice.slug);
    const facts = { items: itemsOf(site, slice), tombstones: site.tombstones };
    const own = slice === undefined ? deleted : undefined;
    const version = found && (await versionOf(found.run, facts, address, now, own));
    const show = firstAfter(now, momentsOfShows(site));
    const label = found !== undefined && 'slice' in found ? found.slice.label : '';
    return version === undefined ? undefined : `${siteVersion} ${version} ${label} ${show ?? ''}`;
  };
}

/** Reports whether the article, or all articles of the slice, at a path expired by `now`. */
async function hasExpiredAt(store: ArticleStore, path: string, now: Instant): Promise<boolean> {
  const slug = articleSlug(path);
  const article = slug === undefined ? undefined : await store.article(slug);
  if (article !== undefined) return hasExpired(article, now);
  const slice = sliceAt(path);
  const run = slice && (await store.slice(slice.kind, slice.slug))?.run;
  const expired = run === undefined ? 0 : countExpired(run, now);
  return run !== undefined && expired > 0 && expired === countDue(run, now);
}

/** Cuts a page out of a run and adds what its documents state. */
async function pageOf(
  run: ArticleRun,
  facts: Pick<Page, 'site' | 'whole' | 'address' | 'slice' | 'changed'>,
  now: Instant,
  deleted: readonly Tombstone[] = [],
): Promise<Page | undefined> {
  const { archive: asked, ...current } = facts.address;
  const cut = await cutOf(run, facts.site.items, asked, now);
  if (cut === undefined) return undefined;
  const { positions, archive, older, overlaps, changed } = cut;
  const articles = await run.articles(positions);
  const { podcast } = facts.site;
  const live = podcast?.live === undefined || archive !== undefined ? undefined : showsAt(podcast, now);
  const shows = live === undefined ? [] : momentsOfShows(facts.site);
  const hasTombstones = facts.site.tombstones === true && archive === undefined;
  const left: Tombstones = hasTombstones ? await tombstonesOf(run, deleted, now) : { gone: [] };
  const moments = [...run.upcoming, ...articles.flatMap(momentsOf), ...[left.until ?? []].flat(), ...shows];
  const until = firstAfter(now, moments);
  const begun = shows.filter((moment) => moment <= now);
  return {
    ...facts,
    ...omitUndefined({ live, changed: latest([facts.changed, changed, left.since, ...begun]) }),
    ...(left.gone.length === 0 ? {} : { tombstones: left.gone }),
    address: archive === undefined ? current : { ...current, archive },
    articles: articles.map((article) => articleAt(article, now)).toReversed(),
    ...omitUndefined({
      olderArchive: older > 0 ? older : undefined,
      overlaps: overlaps ? (true as const) : undefined,
      newerArchive: archive !== undefined ? archive + 1 : undefined,
      until,
    }),
  };
}

async function versionOf(
  run: ArticleRun,
  { items, tombstones }: { readonly items: number; readonly tombstones: true | undefined },
  { archive: asked }: PageAddress,
  now: Instant,
  deleted: readonly Tombstone[] = [],
) {
  const cut = await cutOf(run, items, asked, now);
  const articles = cut && run.version?.(cut.positions);
  if (cut === undefined || articles === undefined) return undefined;
  const version = `${cut.archive} ${cut.older} ${cut.overlaps} ${firstAfter(now, run.upcoming)} ${articles}`;
  if (tombstones !== true || cut.archive !== undefined) return version;
  const left = await tombstonesOf(run, deleted, now);
  return `${version} ${JSON.stringify(left)}`;
}

function isListed({ kind, turns }: ListedSlice, now: Instant): boolean {
  return kind === 'feed' || turns.filter((turn) => turn <= now).length % 2 === 1;
}

/** Compares slices for listing them. */
export function byKindAndSlug(a: Slice, b: Slice): number {
  if (a.kind !== b.kind) return sliceKinds.indexOf(a.kind) - sliceKinds.indexOf(b.kind);
  if (a.slug !== b.slug) return a.slug < b.slug ? -1 : 1;
  return 0;
}
