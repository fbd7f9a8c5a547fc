import { type ArticleSource, type Instant, instantAt } from '../article/article.ts';
import { translationsIn } from '../publication/addresses/translations.ts';
import { publish as publishSources } from '../publication/memory.ts';
import type { Edition } from '../publication/publication.ts';
import type { Site } from '../publication/site/site.ts';
import { instant } from './checks.ts';
import { logError } from './create-app.ts';
import type { Item } from './item.ts';
import type { SeedArticle } from './parse-seed.ts';
import { readItems } from './read-item.ts';
import { readSite, type SiteSettings } from './site-settings.ts';

/** Items as a list, or as clients of databases answer it: in `rows` (Postgres, libSQL) or `results` (D1). */
export type LoadedItems =
  | readonly (Item | SeedArticle)[]
  | { readonly rows: readonly (Item | SeedArticle)[] }
  | { readonly results: readonly (Item | SeedArticle)[] };

/**
 * Makes an edition of items. Articles with a later date than `now` appear by themselves.
 *
 * @throws for the first wrong field, with its place: `items[3].published: expected a date, got "yesterday"`.
 */
export function publish(
  site: SiteSettings | Site,
  items: LoadedItems,
  now: Date | Instant = instantAt(Date.now()),
  onError: (error: Error) => void = logError,
): Edition {
  const known = readSite(site);
  const onFailure = (message: string): void => onError(new Error(message));
  return publishSources(known, withTranslations(readItems(items, known), known), instant(now, 'now'), { onFailure });
}

/** Joins the items that state one translation key. */
function withTranslations(sources: readonly ArticleSource[], site: Site): readonly ArticleSource[] {
  const found = translationsIn(
    sources.map(({ head }) => ({ head, key: head.translationKey })),
    site,
  );
  return sources.map((source) => {
    const translations = found.get(source.head);
    if (translations === undefined) return source;
    return {
      ...source,
      head: { ...source.head, translations },
      article: () => ({ ...source.article(), translations }),
    };
  });
}
