import {
  type Article,
  type ArticleHead,
  type ArticleSource,
  type Instant,
  oldestFirst,
} from '../article/article.ts';
import { once } from '../article/once.ts';
import { articleSlug } from './address.ts';
import { editionOf } from './edition.ts';
import { articlesByOldPath, normalizeOldPath } from './old-addresses.ts';
import { type ArticleRun, type Edition, isDue } from './publication.ts';
import type { Site } from './site.ts';
import { type Slice, slicePath, slicesOf } from './slice.ts';

/** How many rendered articles are kept: enough for the pages that are asked for most. */
const renderedLimit = 1000;

/** Articles as they were rendered, for an edition and those that follow it. */
export type RenderedArticles = Map<ArticleSource, Article>;

/** What is known of a publication's past. */
export interface History {
  /** The paths of articles and slices that were published once; those that are no more are gone. */
  readonly gone?: ReadonlySet<string>;
  /** The paths of old, as {@link normalizeOldPath} spells them, of articles that were published once; likewise. */
  readonly withdrawnOldPaths?: ReadonlySet<string>;
  /** When it last changed in any way. */
  readonly changed?: Instant;
  /** What the edition before has rendered, and where this one keeps what it does. */
  readonly rendered?: RenderedArticles;
  /** Whether the articles are known to be in order. */
  readonly isOrdered?: boolean;
}

/**
 * Publishes articles that are in memory. An article's body is rendered when a page first needs it.
 *
 * Ids and slugs must be unique; {@link Article} order is {@link oldestFirst}. `now` only tells which articles are
 * still to come. Nothing is made before it is asked for, so that one article among many costs little to change.
 */
export function publish(
  site: Site,
  sources: readonly ArticleSource[],
  now: Instant,
  { gone, withdrawnOldPaths, changed, rendered = new Map(), isOrdered = inOrder(sources) }: History = {},
): Edition {
  const ordered = isOrdered ? sources : sources.toSorted((a, b) => oldestFirst(a.head, b.head));
  const bySlug = once(() => new Map(ordered.map((source) => [source.head.slug, source])));

  const byFormer = once(() => articlesByOldPath(ordered, site));

  function render(source: ArticleSource): Article {
    const known = rendered.get(source);
    if (known !== undefined) return known;
    const article = source.article();
    if (rendered.size >= renderedLimit) rendered.delete(rendered.keys().next().value ?? source);
    rendered.set(source, article);
    return article;
  }

  const runOf = (run: readonly ArticleSource[]): ArticleRun => ({
    count: run.length,
    upcoming: upcomingOf(run, now),
    articles: async (start, end) => run.slice(start, end).map(render),
    published: async (position) => run[position]?.head.published,
    version: (start, end) => run.slice(start, end).map(serialOf).join(),
  });
  const slices = once(() => slicesIn(ordered, site));

  return editionOf({
    site,
    siteVersion: String(serialOf(site)),
    ...(changed === undefined ? {} : { changed }),
    whole: runOf(ordered),
    slice: async (kind, slug) => {
      const found = slices().get(slicePath({ kind, slug }));
      return found === undefined ? undefined : { slice: found.slice, run: runOf(found.sources) };
    },
    slices: async () =>
      [...slices().values()].map(({ slice, sources }) => ({
        ...slice,
        first: sources[0]?.head.published ?? now,
      })),
    article: async (slug) => {
      const source = bySlug().get(slug);
      return source === undefined ? undefined : render(source);
    },
    articleVersion: (slug) => {
      const source = bySlug().get(slug);
      return source === undefined ? undefined : String(serialOf(source));
    },
    findByOldPath: async (path) => {
      const spelled = normalizeOldPath(path);
      return byFormer().get(spelled)?.head ?? (withdrawnOldPaths?.has(spelled) === true ? 'gone' : undefined);
    },
    isGone: async (path) =>
      gone?.has(path) === true && !slices().has(path) && !bySlug().has(articleSlug(path) ?? ''),
  });
}

/** Most often they are, and to see it takes a fifth of the time that sorting takes. */
function inOrder(sources: readonly ArticleSource[]): boolean {
  return sources.every(({ head }, i) => {
    const before = sources[i - 1];
    return before === undefined || oldestFirst(before.head, head) <= 0;
  });
}

/** Lists when the articles of a run appear that are still to come; they stand at its end. */
export function upcomingOf(run: readonly ArticleSource[], now: Instant): Instant[] {
  const due = run.findLastIndex(({ head }) => isDue(head, now)) + 1;
  return run.slice(due).map(({ head }) => head.published);
}

/** The articles of a slice, in the order in which they were given. */
export interface SlicedSources {
  readonly slice: Slice;
  readonly sources: readonly ArticleSource[];
}

/** Sorts articles by slice; each slice is found by its path. */
export function slicesIn(ordered: readonly ArticleSource[], site: Site): ReadonlyMap<string, SlicedSources> {
  const slices = new Map<string, { slice: Slice; sources: ArticleSource[] }>();
  for (const source of ordered) {
    for (const [path, slice] of pathsOf(source.head, site)) {
      const known = slices.get(path);
      if (known === undefined) slices.set(path, { slice, sources: [source] });
      else known.sources.push(source);
    }
  }
  return slices;
}

interface KnownSlices extends Pick<Site, 'authors' | 'language'> {
  readonly paths: readonly (readonly [path: string, slice: Slice])[];
}

/** To work out ten thousand articles' slices takes longer than to sort the articles by them. */
const known = new WeakMap<ArticleHead, KnownSlices>();

function pathsOf(head: ArticleHead, { authors, language }: Site): KnownSlices['paths'] {
  const before = known.get(head);
  if (before?.authors === authors && before.language === language) return before.paths;
  const paths = slicesOf(head, { authors, language }).map((slice) => [slicePath(slice), slice] as const);
  known.set(head, { authors, language, paths });
  return paths;
}

const serials = new WeakMap<object, number>();
let lastSerial = 0;

/** Numbers objects that never change, so that a short text can stand for many of them. */
function serialOf(object: object): number {
  const serial = serials.get(object) ?? ++lastSerial;
  serials.set(object, serial);
  return serial;
}
