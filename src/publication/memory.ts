import type { Article, ArticleSource, Instant } from '../article/article.ts';
import { oldestFirst } from '../article/article.ts';
import { editionOf } from './page.ts';
import { type Edition, isDue } from './publication.ts';
import type { Site } from './site.ts';

/** How many rendered articles an edition keeps: enough for the pages that are asked for most. */
const renderedLimit = 1000;

/** What is known of a publication's past. */
export interface History {
  /** The slugs of articles that were published once; those that are no more are gone. */
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

  return editionOf({
    site,
    count: ordered.length,
    ...(changed === undefined ? {} : { changed }),
    upcoming: ordered.filter(({ head }) => !isDue(head, now)).map(({ head }) => head.published),
    articles: async (start, end) => ordered.slice(start, end).map(render),
    article: async (slug) => {
      const source = bySlug.get(slug);
      return source === undefined ? undefined : render(source);
    },
    isGone: async (slug) => gone?.has(slug) === true && !bySlug.has(slug),
  });
}
