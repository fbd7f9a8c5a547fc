import type { Article, ArticleHead, Instant } from '../article/article.ts';
import type { PageAddress } from './address.ts';
import type { Page, SinglePage } from './page.ts';
import type { Site } from './site.ts';
import type { Slice, SliceKind } from './slice.ts';

/** What the app serves. It may change while the app runs; an {@link Edition} of it never does. */
export interface Publication {
  /** Returns the newest edition, without a promise if it is in memory; the same object while nothing changes. */
  edition(): Edition | Promise<Edition>;
}

/** Thrown when a publication can't be read for now: its store lacks an object, or does not answer. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** One immutable state of a publication, so that everything one request reads is consistent. */
export interface Edition {
  readonly site: Site;
  /** A unique name, for a cache that several instances of the app share. */
  readonly name?: string;
  /** When the publication last changed in any way, if known. */
  readonly changed?: Instant;
  /** Returns the page as it is at `now`; `undefined` if there is none. */
  page(address: PageAddress, now: Instant): Promise<Page | undefined>;
  /** Returns the article with this slug if it is published by `now`. */
  article(slug: string, now: Instant): Promise<SinglePage | undefined>;
  /**
   * Returns a version of the page at `now`: if two editions return the same text, they have the same page. For the page
   * of an article, `address` is its slug. Absent if computing it costs as much as the page itself.
   */
  version?(address: PageAddress | string, now: Instant): Promise<string | undefined>;
  /** Lists every slice with an article by `now`, ordered by kind and slug. */
  slices(now: Instant): Promise<SliceList>;
  /**
   * Finds the article that had this path, below the site's address, before the site moved here, if it is published by
   * `now`; `gone` if it was withdrawn since.
   */
  findByOldPath(path: string, now: Instant): Promise<Pick<ArticleHead, 'slug'> | 'gone' | undefined>;
  /** Reports whether an article or a slice was published at this path, below the site's address, and withdrawn. */
  isGone(path: string): Promise<boolean>;
  /** Returns when the next scheduled article after `now` becomes due. */
  nextDue(now: Instant): Instant | undefined;
}

export interface SliceList {
  readonly slices: readonly Slice[];
  /** When the newest slice appeared. */
  readonly since?: Instant;
  /** When the next slice will appear. */
  readonly until?: Instant;
}

/**
 * A list of articles, oldest first: in memory on Node, in stored pages at the edge. A position is an article's index
 * in it.
 */
export interface ArticleRun {
  readonly count: number;
  /** When each article that was scheduled when the list was made becomes due; these articles are its last. */
  readonly upcoming: readonly Instant[];
  /** Returns the articles at the positions from `start` up to, but not including, `end`. */
  articles(start: number, end: number): Promise<readonly Article[]>;
  /** Returns when the article at this position was published. */
  published(position: number): Promise<Instant | undefined>;
  /** Returns a version of the articles at these positions, which stays the same while they do. */
  version?(start: number, end: number): string;
}

/** A slice, and when its first article becomes due. */
export interface ListedSlice extends Slice {
  readonly first: Instant;
}

/** Gives an edition access to its articles. */
export interface ArticleStore {
  readonly site: Site;
  /** A version of the site's facts, which stays the same while they do. */
  readonly siteVersion?: string;
  /** The name of the edition. */
  readonly name?: string;
  /** When the publication last changed in any way, if known. */
  readonly changed?: Instant | undefined;
  /** All articles of the publication. */
  readonly whole: ArticleRun;
  slice(
    kind: SliceKind,
    slug: string,
  ): Promise<{ readonly slice: Slice; readonly run: ArticleRun } | undefined>;
  /** Lists all slices, in any order. */
  slices(): Promise<readonly ListedSlice[]>;
  article(slug: string): Promise<Article | undefined>;
  /** Returns a version of the article with this slug, which stays the same while the article does. */
  articleVersion?(slug: string): string | undefined;
  /** Finds the article that had this old path, due or not; `gone` if it was withdrawn. */
  findByOldPath(path: string): Promise<Pick<ArticleHead, 'slug' | 'published'> | 'gone' | undefined>;
  isGone(path: string): Promise<boolean>;
}

/** Reports whether an article is published by `now`. */
export function isDue(head: Pick<ArticleHead, 'published'>, now: Instant): boolean {
  return head.published <= now;
}
