import type { ArticleSource, Translation } from '../../article/article.ts';
import { pathOfTranslations } from '../../article/seed/seed-path.ts';
import { translationsIn } from '../../publication/addresses/translations.ts';
import type { Site } from '../../publication/site/site.ts';
import { LazyArticle } from './render/lazy-article.ts';
import { wholeHead } from './seeds/head-maker.ts';
import { changedArticle, folderLanguage, type SeedArticle } from './seeds/seed-article.ts';

/**
 * Joins the translations among all articles: those with one key, `hello.md` and `hello.de.md`, or `en/hello.md` and
 * `de/hello.md`. While its translations stay the same, an article stays the same object.
 */
export function joinTranslations(articles: readonly SeedArticle[], site: Site): readonly SeedArticle[] {
  const keyed = articles.map(({ source }) => ({ head: source.head, key: keyOf(source) }));
  const found = translationsIn(keyed, site);
  return articles.map((article) => joined(article, found.get(article.source.head)));
}

/** Cached, since a save concerns one article. */
const keys = new WeakMap<ArticleSource, string>();

/** Returns the key that an article shares with its translations. */
function keyOf(source: ArticleSource): string | undefined {
  if (!(source instanceof LazyArticle)) return undefined;
  const { head, read } = source;
  if (head.translationKey !== undefined) return `key ${head.translationKey}`;
  const known = keys.get(source);
  if (known !== undefined) return known;
  const key = `path ${pathOfTranslations(read.path, folderLanguage(read.path, read.inherited))}`;
  keys.set(source, key);
  return key;
}

/** The last article with translations that was made from each. */
const known = new WeakMap<ArticleSource, { readonly key: string; readonly source: LazyArticle }>();

function joined(article: SeedArticle, translations: readonly Translation[] | undefined): SeedArticle {
  const { source } = article;
  if (translations === undefined || !(source instanceof LazyArticle)) return article;
  const key = JSON.stringify(translations);
  const before = known.get(source);
  if (before?.key === key) return changedArticle(article, { source: before.source });
  const head = { ...wholeHead(source.head), translations };
  const made = new LazyArticle(head, source.renderer, source.read);
  known.set(source, { key, source: made });
  return changedArticle(article, { source: made });
}
