import type { ArticleSource, Translation } from '../../article/article.ts';
import type { Inherited } from '../../article/front-matter/inherited.ts';
import { languageInPath, pathOfTranslations } from '../../article/seed/seed-path.ts';
import type { Site } from '../../publication/site.ts';
import { translationsIn } from '../../publication/translations.ts';
import { LazyArticle } from './render/lazy-article.ts';
import type { SeedArticle } from './seeds/seed-article.ts';

/**
 * Adds their translations to articles: to those that state one key, `hello.md` and `hello.de.md`, and `en/hello.md` and
 * `de/hello.md`. The names of their files begin with `prefix`. An article whose translations stay the same is the same
 * object in every reading.
 */
export function joinTranslations(
  articles: readonly SeedArticle[],
  prefix: string,
  site: Site,
  inheritedBy: (path: string) => Inherited | undefined,
): readonly SeedArticle[] {
  let isTranslated = false;
  const parts = articles.map(({ file, source }) => {
    const { translationKey } = source.head;
    const path = file.slice(prefix.length);
    const folder = mayHaveFolder.test(path) ? inheritedBy(path)?.language : undefined;
    if (translationKey !== undefined || folder !== undefined || languageInPath(path) !== undefined) isTranslated = true;
    return { path, folder, translationKey };
  });
  if (!isTranslated) return articles;
  const keyed = articles.map(({ source: { head } }, i) => {
    const { path = '', folder, translationKey } = parts[i] ?? {};
    const key = translationKey === undefined ? `path ${pathOfTranslations(path, folder)}` : `key ${translationKey}`;
    return { head, key };
  });
  const found = translationsIn(keyed, site);
  return articles.map((article) => joined(article, found.get(article.source.head)));
}

/** A quick test first: most paths have no folder of a language. */
const mayHaveFolder = /(?:^|\/)[a-z]{2}(?:[-_][a-z]{2,4})*\//i;

/** The last article with translations that was made of each. */
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
