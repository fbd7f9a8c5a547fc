import { type Article, type ArticleSource, type Instant, oldestFirst } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { once } from '../article/once.ts';
import { articleSlug } from './addresses/address.ts';
import { articlesByOldPath, normalizeOldPath } from './addresses/old-addresses.ts';
import { editionOf } from './edition.ts';
import { type HeadlinesInMemory, headlinesIn } from './headlines-in-memory.ts';
import { noticedHeads } from './notices.ts';
import type { ArticleRun, Edition, ListedSlice } from './publication.ts';
import { makeRenderer, type RenderedArticles } from './rendered.ts';
import { expiringOf, turnsOf, upcomingOf } from './run-times.ts';
import type { Site } from './site/site.ts';
import { makeMainTest, makeSlicer, namedSlices } from './slices/membership.ts';
import { menuSections } from './slices/menu.ts';
import { type Slice, slicePath, sliceSlug } from './slices/slice.ts';
import type { Tombstone } from './tombstones.ts';

/** What is known of the publication's past. */
export interface History {
  /** Paths of articles and slices that were once published. Those that no longer exist are answered 410. */
  readonly gone?: Pick<ReadonlySet<string>, 'has'>;
  /** The same for old paths, normalized by {@link normalizeOldPath}. */
  readonly withdrawnOldPaths?: Pick<ReadonlySet<string>, 'has'>;
  /** The articles whose files were deleted lately. */
  readonly deleted?: readonly Tombstone[] | undefined;
  /** When the publication last changed in any way. */
  readonly changed?: Instant;
  /** The cache of rendered articles, filled by the previous edition. */
  readonly rendered?: RenderedArticles;
  /** Whether the articles are already sorted. */
  readonly isOrdered?: boolean;
  /** Whether no article expires, if that is known. */
  readonly noneExpires?: boolean;
  /** The slices and headlines of these articles, if they were made before. */
  readonly listings?: Listings;
  /** Called once with the reason for each article that cannot be rendered and is left out. */
  readonly onFailure?: (message: string) => void;
}

/** The slices and headlines of the articles of an edition. */
export interface Listings {
  /** By path, as {@link slicesIn} returns them. */
  readonly slices: ReadonlyMap<string, SlicedSources>;
  readonly headlines: HeadlinesInMemory;
}

/**
 * Makes an edition of articles in memory. Ids and slugs must be unique; the order does not matter.
 *
 * `now` is an RFC 3339 moment in UTC: articles with a later `published` are scheduled, and appear by themselves. Those
 * with `expires` disappear by themselves. An article is rendered when a page first needs it, so changing one article
 * among many costs little.
 */
export function publish(
  site: Site,
  sources: readonly ArticleSource[],
  now: Instant,
  {
    gone,
    withdrawnOldPaths,
    deleted,
    changed,
    rendered = new Map(),
    isOrdered = inOrder(sources),
    noneExpires = false,
    listings,
    onFailure,
  }: History = {},
): Edition {
  const ordered = isOrdered ? sources : sources.toSorted((a, b) => oldestFirst(a.head, b.head));
  const bySlug = once(() => new Map(ordered.map((source) => [source.head.slug, source])));
  const byOldPath = once(() => articlesByOldPath(ordered, site));

  const render = makeRenderer(rendered, onFailure);
  const runOf = (run: readonly ArticleSource[]): ArticleRun => ({
    count: run.length,
    upcoming: upcomingOf(run, now),
    expiring: noneExpires ? {} : expiringOf(run),
    articles: (positions) => render(at(run, positions)),
    heads: async (positions) => at(run, positions).map(({ head }) => head),
    published: async (position) => run[position]?.head.published,
    version: (positions) => at(run, positions).map(serialOf).join(),
  });
  const slices = once(() => listings?.slices ?? slicesIn(ordered, site));
  const noticed = once(() => noticedHeads(ordered));
  const sections = once(() => menuSections(sectionsIn(ordered), site));

  const headlines = listings?.headlines ?? headlinesIn(ordered, site);
  const articleAt = async (slug: string): Promise<Article | undefined> => {
    const source = bySlug().get(slug);
    return source === undefined ? undefined : (await render([source]))[0];
  };

  return editionOf({
    site,
    siteVersion: String(serialOf(site)),
    changed,
    whole: runOf(ordered),
    get sections() {
      return sections();
    },
    headlines,
    ...(site.main === undefined ? {} : { main: runOf(mainIn(ordered, site)) }),
    slice: async (kind, slug) => {
      const found = slices().get(slicePath({ kind, slug }));
      return found === undefined ? undefined : { slice: found.slice, run: runOf(found.sources) };
    },
    slices: async () =>
      [...slices().values()].map(({ slice, sources }) => ({
        ...slice,
        turns: turnsOf(sources),
      })),
    noticed: async () => noticed(),
    deleted,
    article: articleAt,
    articleInGroup: async (slug) => {
      const article = await articleAt(slug);
      return article && omitUndefined({ article, group: headlines.groupOf(slug) });
    },
    groupOf: headlines.groupOf,
    articleVersion: (slug) => {
      const source = bySlug().get(slug);
      return source === undefined ? undefined : String(serialOf(source));
    },
    findByOldPath: async (path) => {
      const key = normalizeOldPath(path);
      return byOldPath().get(key)?.head ?? (withdrawnOldPaths?.has(key) === true ? 'gone' : undefined);
    },
    isGone: async (path) => gone?.has(path) === true && !slices().has(path) && !bySlug().has(articleSlug(path) ?? ''),
  });
}

/** Reports whether articles are sorted. They usually are, and checking takes a fifth of the time of sorting. */
function inOrder(sources: readonly ArticleSource[]): boolean {
  return sources.every(({ head }, i) => {
    const before = sources[i - 1];
    return before === undefined || oldestFirst(before.head, head) <= 0;
  });
}

function at(run: readonly ArticleSource[], positions: readonly number[]): ArticleSource[] {
  return positions.flatMap((position) => run[position] ?? []);
}

/** Lists the sections of articles, oldest first. */
export function sectionsIn(ordered: readonly ArticleSource[]): ListedSlice[] {
  const byLabel = Map.groupBy(ordered, ({ head }) => head.section ?? '');
  byLabel.delete('');
  return [...Map.groupBy(byLabel.keys(), sliceSlug)].map(([slug, [label = '', ...others]]) => {
    const sources = [label, ...others].flatMap((one) => byLabel.get(one) ?? []);
    if (others.length > 0) sources.sort((a, b) => oldestFirst(a.head, b.head));
    return { kind: 'section', slug, label, turns: turnsOf(sources) };
  });
}

/** The articles of a slice, in their given order. */
export interface SlicedSources {
  readonly slice: Slice;
  readonly sources: readonly ArticleSource[];
}

/** Groups articles by slice; the keys are the slices' paths. A named feed is there even without articles. */
export function slicesIn(ordered: readonly ArticleSource[], site: Site): ReadonlyMap<string, SlicedSources> {
  const slices = new Map<string, { slice: Slice; sources: ArticleSource[] }>();
  for (const [path, slice] of namedSlices(site)) slices.set(path, { slice, sources: [] });
  const slicesOf = makeSlicer(site);
  for (const source of ordered) {
    for (const [path, slice] of slicesOf(source.head)) {
      const known = slices.get(path);
      if (known === undefined) slices.set(path, { slice, sources: [source] });
      else known.sources.push(source);
    }
  }
  return slices;
}

/** Makes the slices and headlines of articles, oldest first, for several uses. */
export function listingsOf(ordered: readonly ArticleSource[], site: Site): Listings {
  return { slices: slicesIn(ordered, site), headlines: headlinesIn(ordered, site) };
}

/** Returns the articles of the main feed, in their given order. */
export function mainIn(ordered: readonly ArticleSource[], site: Site): readonly ArticleSource[] {
  if (site.main === undefined) return ordered;
  const isMain = makeMainTest(site);
  return ordered.filter(({ head }) => isMain(head));
}

const serials = new WeakMap<object, number>();
let lastSerial = 0;

/** Numbers immutable objects, so that a short text can identify many of them. */
function serialOf(object: object): number {
  const serial = serials.get(object) ?? ++lastSerial;
  serials.set(object, serial);
  return serial;
}
