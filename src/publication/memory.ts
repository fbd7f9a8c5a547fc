import type { Article, ArticleSource, Instant } from '../article/article.ts';
import { oldestFirst } from '../article/article.ts';
import { articleSlug } from './address.ts';
import { editionOf } from './page.ts';
import { type ArticleRun, type Edition, isDue } from './publication.ts';
import type { Site } from './site.ts';
import { type Slice, slicePath, slicesOf } from './slice.ts';

/** How many rendered articles an edition keeps: enough for the pages that are asked for most. */
const renderedLimit = 1000;

/** What is known of a publication's past. */
export interface History {
  /** The paths of articles and slices that were published once; those that are no more are gone. */
  readonly gone?: ReadonlySet<string>;
  /** When it last changed in any way. */
  readonly changed?: Instant;
}

/**
 * Publishes articles that are in memory. An article's body is rendered when a page first needs it.
 *
 * Ids and slugs must be unique; {@link Article} order is {@link oldestFirst}. `now` only tells which articles are
 * still to come.
 */
export function publish(
  site: Site,
  sources: readonly ArticleSource[],
  now: Instant,
  { gone, changed }: History = {},
): Edition {
  const ordered = sources.toSorted((a, b) => oldestFirst(a.head, b.head));
  const bySlug = new Map(ordered.map((source) => [source.head.slug, source]));
  const rendered = new Map<ArticleSource, Article>();

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
  });
  const slices = slicesIn(ordered, site);

  return editionOf({
    site,
    ...(changed === undefined ? {} : { changed }),
    whole: runOf(ordered),
    slice: async (kind, slug) => {
      const found = slices.get(slicePath({ kind, slug }));
      return found === undefined ? undefined : { slice: found.slice, run: runOf(found.sources) };
    },
    slices: async () =>
      [...slices.values()].map(({ slice, sources }) => ({
        ...slice,
        first: sources[0]?.head.published ?? now,
      })),
    article: async (slug) => {
      const source = bySlug.get(slug);
      return source === undefined ? undefined : render(source);
    },
    isGone: async (path) =>
      gone?.has(path) === true && !slices.has(path) && !bySlug.has(articleSlug(path) ?? ''),
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
    for (const slice of slicesOf(source.head, site)) {
      const path = slicePath(slice);
      const known = slices.get(path);
      if (known === undefined) slices.set(path, { slice, sources: [source] });
      else known.sources.push(source);
    }
  }
  return slices;
}
