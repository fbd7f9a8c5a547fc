import { oldestFirst } from '../../../article/article.ts';
import { once } from '../../../article/once.ts';
import { quote } from '../../../article/problem.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { FileFinding } from './linted-article.ts';

/** Finds articles that state one translation key in one language: only one of them can be the translation. */
export function repeatedTranslations({ articles, site }: FolderSnapshot): readonly FileFinding[] {
  const first = new Map<string, string>();
  return articles
    .toSorted((a, b) => oldestFirst(a.source.head, b.source.head))
    .flatMap(({ file, source }) => {
      const { translationKey, language = site.language } = source.head;
      if (translationKey === undefined) return [];
      const key = `${language} ${translationKey}`;
      const other = first.get(key);
      if (other === undefined) {
        first.set(key, file);
        return [];
      }
      const message = `${other} has the translationKey ${quote(translationKey)} in the same language, ${language}; correct the key or the language of one of the two`;
      return [{ file, message, other }];
    });
}

/** Finds languages that do not exist, such as `gr` for Greek: readers and search engines ignore them. */
export function unknownLanguages({ articles, site, feedPlaces }: FolderSnapshot): readonly FileFinding[] {
  const named = (site.feeds ?? []).flatMap(({ name, language, query }) => {
    const key = `feeds.${name}.${language !== undefined && language.toLowerCase() !== query.language?.[0] ? 'language' : 'languages'}`;
    const place = feedPlaces?.[key];
    return language === undefined || place === undefined || isKnown(language)
      ? []
      : [{ ...place, message: `${key}: ${unknown(language)}` }];
  });
  const written = articles.flatMap(({ file, source }) => {
    const { language } = source.head;
    return language === undefined || isKnown(language) ? [] : [{ file, message: `language: ${unknown(language)}` }];
  });
  return [...named, ...written];
}

function unknown(language: string): string {
  return `no language has the tag ${quote(language)}; search for its name at https://r12a.github.io/app-subtags/`;
}

/** Created on first use: the runtime takes some milliseconds to load the names. */
const names = once(() => new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }));

function isKnown(language: string): boolean {
  const [primary = ''] = language.split('-');
  // Runtimes have no name for private use, artificial and some rare languages, which have three letters.
  return primary.length !== 2 || names().of(primary) !== undefined;
}
