import type { Article, ArticleHead, Instant } from '../article/article.ts';
import { isShown } from './publication.ts';

/** Lists when a published article changes by itself. */
export function momentsOf({
  updated,
  edited = updated,
  expires,
  corrections = [],
  translations = [],
}: ArticleHead): readonly Instant[] {
  const others = translations.flatMap((one) => [one.published, ...(one.expires === undefined ? [] : [one.expires])]);
  const own = [updated, edited, ...corrections.map(({ date }) => date), ...(expires === undefined ? [] : [expires])];
  return [...own, ...others];
}

/** Returns the first of some moments that is after `now`. */
export function firstAfter(now: Instant, instants: readonly Instant[]): Instant | undefined {
  return instants.filter((instant) => instant > now).toSorted()[0];
}

/** Returns the first of some moments. */
export function earliest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants.filter((instant) => instant !== undefined).toSorted()[0];
}

/** Returns the last of some moments. */
export function latest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  return instants
    .filter((instant) => instant !== undefined)
    .toSorted()
    .at(-1);
}

/**
 * Returns an article as it is at `now`: without later updates, and without translations that are not published then.
 */
export function articleAt(article: Article, now: Instant): Article {
  const { translations, updated } = article;
  const current = updated > now ? withoutLaterUpdate(article, now) : article;
  if (translations === undefined || translations.every((one) => isShown(one, now))) return current;
  const { translations: _, ...alone } = current;
  const shown = translations.filter((one) => isShown(one, now));
  return shown.length === 0 ? alone : { ...alone, translations: shown };
}

function withoutLaterUpdate(article: Article, now: Instant): Article {
  const { corrections = [], edited = article.published, ...rest } = article;
  const own = edited <= now ? edited : article.published;
  const made = corrections.filter(({ date }) => date <= now);
  const updated = latest([own, ...made.map(({ date }) => date)]) ?? own;
  return { ...rest, updated, ...(made.length === 0 ? {} : { corrections: made }) };
}
