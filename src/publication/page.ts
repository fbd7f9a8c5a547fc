import type { Article, Instant } from '../article/article.ts';
import type { PageAddress } from './addresses/address.ts';
import type { Headline, Neighbors } from './headline.ts';
import type { AnnouncedShow } from './site/podcast.ts';
import type { Site } from './site/site.ts';
import type { Slice } from './slices/slice.ts';
import type { Tombstone } from './tombstones.ts';

/** A range of articles, with all facts that a document of them states. */
export interface Page {
  /** The facts of the publication, or of the slice on a page of a slice. */
  readonly site: Site;
  /** The canonical address: that of the current page if an archive page was requested that is not full yet. */
  readonly address: PageAddress;
  /** Set on a page of a slice. */
  readonly slice?: Slice;
  /** The facts of the whole publication, on a page of a slice. */
  readonly whole?: Site;
  /** Live shows of the podcast, in a current feed of it. */
  readonly live?: readonly AnnouncedShow[];
  /** Newest first. */
  readonly articles: readonly Article[];
  /** The articles that are gone, on a current page of a publication with tombstones. */
  readonly tombstones?: readonly Tombstone[];
  /** The number of the archive page with the next older articles. */
  readonly olderArchive?: number;
  /** Whether its oldest article is on that archive page, too. */
  readonly overlaps?: true;
  /** On an archive page, the number of the next newer one, which may not be full yet. */
  readonly newerArchive?: number;
  /** The newest change of the whole page, if `articles` are only a part of it. */
  readonly updated?: Instant;
  /**
   * When the publication last changed in any way, if known, or later, when an article of the page expired. No date
   * inside a document comes from it.
   */
  readonly changed?: Instant;
  /** When this page changes by itself, because an article becomes due or expires. */
  readonly until?: Instant;
}

/** The facts that the page of one article states. */
export interface SinglePage extends Pick<Page, 'site' | 'changed' | 'until'> {
  readonly article: Article;
  /** What the page links to; absent in editions that don't know the order of articles. */
  readonly neighbors?: Neighbors;
}

/** The facts that all pages of months have. */
interface MonthFacts extends Pick<Page, 'site' | 'changed' | 'until'> {
  /** When its newest article was published, or a later moment at which one expired. */
  readonly updated: Instant;
}

/** The months with articles, newest first. */
export interface MonthList extends MonthFacts {
  readonly months: readonly MonthCount[];
}

/** A month, `2026-11`, and how many of its articles are shown. */
export interface MonthCount {
  readonly month: string;
  readonly count: number;
}

/** The articles of a month, and the months before and after it that have some. */
export interface MonthPage extends MonthFacts {
  readonly month: string;
  /** Newest first. */
  readonly headlines: readonly Headline[];
  readonly older?: string;
  readonly newer?: string;
}

/**
 * Returns the newest change among a page's articles, the date of every document of that page (RFC 4287 §4.2.15).
 *
 * A feed must have a date (§4.1.1), and the clock must not supply it. So a page without articles gets the earliest date
 * that the W3C validator finds plausible.
 */
export function lastUpdate({ articles, updated }: Pick<Page, 'articles' | 'updated'>): Instant {
  const newest = articles
    .map(({ updated }) => updated)
    .toSorted()
    .at(-1);
  return updated ?? newest ?? '1990-01-01T00:00:00Z';
}
