import type { ArticleSource, Translation } from '../../article/article.ts';
import type { Inherited } from '../../article/front-matter/inherited.ts';
import { languageInPath, pathOfTranslations } from '../../article/seed/seed-path.ts';
import { translationsIn } from '../../publication/addresses/translations.ts';
import type { Site } from '../../publication/site/site.ts';
import { LazyArticle } from './render/lazy-article.ts';
import type { SeedArticle } from './seeds/seed-article.ts';

/**
 * Joins translations: articles with one key, `hello.md` and `hello.de.md`, or `en/hello.md` and `de/hello.md`. Names of
 * files begin with `prefix`. While its translations stay the same, an article stays the same object.
 */
export function joinTranslations(
  articles: readonly SeedArticle[],
  prefix: string,
  site: Site,
  inheritedBy: (path: string) => Inherited | undefined,
): readonly SeedArticle[] {
  const keys = articles.map(({ file, source }) => {
    const before = keysOf.get(source);
    if (before !== undefined) return before;
    const key = keyOf(source, file.slice(prefix.length), inheritedBy);
    keysOf.set(source, key);
    return key;
  });
  if (!keys.some(({ isTranslated }) => isTranslated)) return articles;
  const found = translationsIn(
    articles.map(({ source: { head } }, i) => ({ head, key: keys[i]?.key })),
    site,
  );
  return articles.map((article) => joined(article, found.get(article.source.head)));
}

/** The key that an article shares with its translations, and whether anything marks it as translated. */
interface Key {
  readonly key: string;
  readonly isTranslated: boolean;
}

/** By article; an article is read again when its folder gets another language. */
const keysOf = new WeakMap<ArticleSource, Key>();

function keyOf({ head }: ArticleSource, path: string, inheritedBy: (path: string) => Inherited | undefined): Key {
  if (head.translationKey !== undefined) return { key: `key ${head.translationKey}`, isTranslated: true };
  const folder = mayHaveFolder.test(path) ? inheritedBy(path)?.language : undefined;
  const isTranslated = folder !== undefined || languageInPath(path) !== undefined;
  return { key: `path ${pathOfTranslations(path, folder)}`, isTranslated };
}

/** A quick test first: most paths have no folder of a language. */
const mayHaveFolder = /(?:^|\/)[a-z]{2}(?:[-_][a-z]{2,4})*\//i;

/** The last article with translations that was made from each. */
const known = new WeakMap<ArticleSource, { readonly key: string; readonly source: LazyArticle }>();

function joined(article: SeedArticle, translations: readonly Translation[] | undefined): SeedArticle {
  const { source } = article;
  if (translations === undefined || !(source instanceof LazyArticle)) return article;
  const key = JSON.stringify(translations);
  const before = known.get(source);
  if (before?.key === key) return { ...article, source: before.source };
  const made = source.withTranslations(translations);
  known.set(source, { key, source: made });
  return { ...article, source: made };
}
