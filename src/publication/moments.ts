import type { Article, Instant } from '../article/article.ts';

/** Lists when a published article changes by itself. */
export function momentsOf({ updated, expires, corrections = [] }: Article): readonly Instant[] {
  const moments = [updated, ...corrections.map(({ date }) => date)];
  return expires === undefined ? moments : [...moments, expires];
}

/** Returns the first of some moments that is after `now`. */
export function firstAfter(now: Instant, instants: readonly Instant[]): Instant | undefined {
  return instants.filter((instant) => instant > now).toSorted()[0];
}

/** Ignores a scheduled update: until then, the article's last change is its last correction, or its publication. */
export function withoutLaterUpdate(article: Article, now: Instant): Article {
  if (article.updated <= now) return article;
  const { corrections = [], ...rest } = article;
  const made = corrections.filter(({ date }) => date <= now);
  const [last = article.published] = made
    .map(({ date }) => date)
    .toSorted()
    .reverse();
  const updated = last > article.published ? last : article.published;
  return { ...rest, updated, ...(made.length === 0 ? {} : { corrections: made }) };
}
