import type { Article, Instant } from '../article/article.ts';

/** Lists when a published article changes by itself. */
export function momentsOf({ updated, expires }: Article): readonly Instant[] {
  return expires === undefined ? [updated] : [updated, expires];
}

/** Returns the first of some moments that is after `now`. */
export function firstAfter(now: Instant, instants: readonly Instant[]): Instant | undefined {
  return instants.filter((instant) => instant > now).toSorted()[0];
}

/** Ignores a scheduled update: until then, the article's last change is its publication. */
export function withoutLaterUpdate(article: Article, now: Instant): Article {
  return article.updated > now ? { ...article, updated: article.published } : article;
}
