import type { Article, Instant } from '../article/article.ts';
import type { PageAddress } from './address.ts';
import { type ArticleStore, type Edition, isDue } from './publication.ts';
import type { Site } from './site.ts';

/** A run of articles with everything a document of them states. */
export interface Page {
  readonly site: Site;
  readonly address: PageAddress;
  /** Newest first. */
  readonly articles: readonly Article[];
  /** The archive page before this one, that is the one with older articles. */
  readonly olderArchive?: number;
  /** The archive page after this one. */
  readonly newerArchive?: number;
  /** The newest change of the page, where `articles` are only a part of it. */
  readonly updated?: Instant;
  /** When the publication last changed in any way, as far as is known; no date inside a document comes from it. */
  readonly changed?: Instant;
  /** When this page changes by itself because an article falls due. */
  readonly until?: Instant;
}

/** What a page about one article states. */
export interface SinglePage extends Pick<Page, 'site' | 'changed' | 'until'> {
  readonly article: Article;
}

/**
 * Cuts a store's articles into pages.
 *
 * The current page holds the newest `site.items`; archive page n holds the n-th `site.items` counted from the oldest
 * and exists when it is full, so that it never changes when an article is added (RFC 5005 §4). A publication that
 * fits on its current page has no archive.
 */
export function editionOf(store: ArticleStore): Edition {
  const { site, changed } = store;
  const stamp = changed === undefined ? {} : { changed };
  return {
    site,
    ...stamp,
    page: async (address, now) => {
      const due = store.count - store.upcoming.filter((instant) => instant > now).length;
      const archives = due > site.items ? Math.floor(due / site.items) : 0;
      const { archive } = address;
      if (archive !== undefined && !(Number.isInteger(archive) && archive >= 1 && archive <= archives)) {
        return undefined;
      }
      const end = archive === undefined ? due : archive * site.items;
      const articles = await store.articles(Math.max(0, end - site.items), end);
      const older = archive === undefined ? archives : archive - 1;
      const until = firstAfter(now, [...store.upcoming, ...articles.map(({ updated }) => updated)]);
      return {
        site,
        ...stamp,
        address,
        articles: articles.map((article) => settleUpdate(article, now)).toReversed(),
        ...(older > 0 ? { olderArchive: older } : {}),
        ...(archive !== undefined && archive < archives ? { newerArchive: archive + 1 } : {}),
        ...(until === undefined ? {} : { until }),
      };
    },
    article: async (slug, now) => {
      const article = await store.article(slug);
      if (article === undefined || !isDue(article, now)) return undefined;
      const until = firstAfter(now, [article.updated]);
      return {
        site,
        ...stamp,
        article: settleUpdate(article, now),
        ...(until === undefined ? {} : { until }),
      };
    },
    isGone: store.isGone,
  };
}

function firstAfter(now: Instant, instants: readonly Instant[]): Instant | undefined {
  return instants.filter((instant) => instant > now).toSorted()[0];
}

/** An update that lies ahead has not happened: until then the article is as it was published. */
function settleUpdate(article: Article, now: Instant): Article {
  return article.updated > now ? { ...article, updated: article.published } : article;
}
