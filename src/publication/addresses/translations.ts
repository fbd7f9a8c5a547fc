import { type ArticleHead, oldestFirst, type Translation } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import type { Site } from '../site/site.ts';
import { canonicalAddress } from './address.ts';

/** An article, and the key that it shares with its translations, if any. */
export interface Keyed {
  readonly head: ArticleHead;
  readonly key: string | undefined;
}

type Facts = Pick<Site, 'url' | 'permalink' | 'language'>;

/**
 * Finds the translations of articles. If several articles share a key and a language, the oldest is the translation.
 */
export function translationsIn(
  articles: readonly Keyed[],
  site: Facts,
): ReadonlyMap<ArticleHead, readonly Translation[]> {
  const found = new Map<ArticleHead, readonly Translation[]>();
  for (const [key, group] of Map.groupBy(articles, ({ key }) => key)) {
    if (key === undefined || group.length === 1) continue;
    const byLanguage = new Map<string, ArticleHead>();
    for (const { head } of group.toSorted((a, b) => oldestFirst(b.head, a.head)))
      byLanguage.set(languageOf(head, site), head);
    if (byLanguage.size === 1) continue;
    const all = [...byLanguage].toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (const [language, head] of all)
      found.set(
        head,
        all.filter(([other]) => other !== language).map(([language, other]) => translationOf(language, other, site)),
      );
  }
  return found;
}

function translationOf(language: string, head: ArticleHead, site: Facts): Translation {
  const { title, slug, published, expires } = head;
  return omitUndefined({ language, slug, title, url: canonicalAddress(head, site), published, expires });
}

/** An address of an article in a language, or `x-default` for readers of every other language. */
export interface Alternate {
  readonly language: string;
  /** Absolute. */
  readonly url: string;
}

/**
 * Lists the addresses of an article in all its languages, including its own, as search engines require; empty without
 * translations. The default is the publication's language, else the oldest.
 */
export function alternatesOf(article: ArticleHead, site: Facts): readonly Alternate[] {
  const { translations = [], published, slug } = article;
  if (translations.length === 0) return [];
  const own = { language: languageOf(article, site), url: canonicalAddress(article, site), published, slug };
  const all = [own, ...translations].toSorted((a, b) => (a.language < b.language ? -1 : 1));
  const [oldest = own] = all.toSorted((a, b) => (a.published < b.published ? -1 : 1));
  const preferred = all.find(({ language }) => language === site.language) ?? oldest;
  return [...all.map(({ language, url }) => ({ language, url })), { language: 'x-default', url: preferred.url }];
}

function languageOf({ language }: Pick<ArticleHead, 'language'>, site: Pick<Site, 'language'>): string {
  return language ?? site.language;
}
