import type { Article, Instant } from '../article/article.ts';
import type { PageAddress } from './address.ts';
import type { Site } from './site.ts';
import type { Slice } from './slice.ts';

/** A run of articles with everything a document of them states. */
export interface Page {
  /** Of the publication, or of the slice that the page is of. */
  readonly site: Site;
  /** The address that the page has in truth: that of the current page where an archive page is asked for that is still filling. */
  readonly address: PageAddress;
  /** Set on a page of a slice. */
  readonly slice?: Slice;
  /** The facts of the whole publication, on a page of a slice. */
  readonly whole?: Site;
  /** Newest first. */
  readonly articles: readonly Article[];
  /** The archive page before this one, that is the one with older articles. */
  readonly olderArchive?: number;
  /** The archive page after this one, on an archive page; the newest one's is still filling. */
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
