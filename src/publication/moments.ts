import type { Article, ArticleHead, Instant } from '../article/article.ts';
import { isShown } from './publication.ts';

/** Lists when a published article changes by itself. */
export function momentsOf({ updated, expires, translations = [] }: ArticleHead): readonly Instant[] {
  const others = translations.flatMap((one) => [one.published, ...(one.expires === undefined ? [] : [one.expires])]);
  return [updated, ...(expires === undefined ? [] : [expires]), ...others];
}

/** Returns the first of some moments that is after `now`. */
export function firstAfter(now: Instant, instants: readonly Instant[]): Instant | undefined {
  return instants.filter((instant) => instant > now).toSorted()[0];
}

/**
 * Returns an article as it is at `now`: before a scheduled update, its last change is its publication, and translations
 * that are not shown are left out.
 */
export function articleAt(article: Article, now: Instant): Article {
  const { translations, updated, published } = article;
  const current = updated > now ? { ...article, updated: published } : article;
  if (translations === undefined || translations.every((one) => isShown(one, now))) return current;
  const { translations: _, ...alone } = current;
  const shown = translations.filter((one) => isShown(one, now));
  return shown.length === 0 ? alone : { ...alone, translations: shown };
}
