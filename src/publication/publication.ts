import type { Article, ArticleHead, Instant, Withdrawal } from '../article/article.ts';
import type { PageAddress } from './addresses/address.ts';
import type { HeadlineGroup, HeadlineStore } from './headline.ts';
import type { NoticedHead, NoticeList } from './notices.ts';
import type { MonthList, MonthPage, Page, SinglePage } from './page.ts';
import type { Site } from './site/site.ts';
import type { Menu } from './slices/menu.ts';
import type { Slice, SliceKind } from './slices/slice.ts';
import type { Term } from './slices/term.ts';
import type { Tombstone } from './tombstones.ts';

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
  /** Counts the articles of each month at `now`, the newest first; absent in stores of earlier versions. */
  months?(now: Instant): Promise<MonthList>;
  /** Lists the articles of a month, `2026-11`, that are shown at `now`; `undefined` if there is none. */
  month?(month: string, now: Instant): Promise<MonthPage | undefined>;
  /**
   * Returns the newest articles that meet all conditions, or the first condition whose slice never existed. Absent if
   * the articles can't be searched.
   */
  combined?(terms: readonly Term[], now: Instant): Promise<Page | Term>;
  /** Returns the article with this slug if it is shown at `now`. */
  article(slug: string, now: Instant): Promise<SinglePage | undefined>;
  /**
   * Returns a version of the page at `now`: if two editions return the same text, they have the same page. For the page
   * of an article, `address` is its slug. Absent if computing it costs as much as the page itself.
   */
  version?(address: PageAddress | string, now: Instant): Promise<string | undefined>;
  /** Returns the menu of every HTML page, without a promise if the sections are in memory. */
  menu?(now: Instant): Menu | Promise<Menu>;
  /** Lists every slice that shows an article at `now`, ordered by kind and slug. */
  slices(now: Instant): Promise<SliceList>;
  /**
   * Finds the article that had this path, below the site's address, before the site moved here, if it is shown at
   * `now`; `gone` if it expired or was withdrawn.
   */
  findByOldPath(path: string, now: Instant): Promise<Pick<ArticleHead, 'slug'> | 'gone' | undefined>;
  /**
   * Reports whether an article or a slice was published at this path, below the site's address, and expired by `now` or
   * was withdrawn.
   */
  isGone(path: string, now: Instant): Promise<boolean>;
  /** Lists what was corrected and withdrawn by `now`; absent if the publication's store can't tell. */
  notices?(now: Instant): Promise<NoticeList>;
  /** Returns the withdrawal of the article at a path, below the site's address, with a reason by `now`. */
  withdrawal?(path: string, now: Instant): Promise<Withdrawal | undefined>;
  /** Returns when the next article after `now` becomes due or expires. */
  nextDue(now: Instant): Instant | undefined;
}

export interface SliceList {
  readonly slices: readonly Slice[];
  /** When a slice last appeared or disappeared by itself. */
  readonly since?: Instant;
  /** When the next slice will appear or disappear. */
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
  /** When articles expire, by position. Expired ones keep their position, so that archive pages stay where they are. */
  readonly expiring: Readonly<Record<number, Instant>>;
  /** Returns the articles at these positions. */
  articles(positions: readonly number[]): Promise<readonly Article[]>;
  /** Returns the heads of the articles at these positions, without rendering the articles. */
  heads(positions: readonly number[]): Promise<readonly ArticleHead[]>;
  /** Returns when the article at this position was published. */
  published(position: number): Promise<Instant | undefined>;
  /** Returns a version of the articles at these positions, which stays the same while they do. */
  version?(positions: readonly number[]): string;
}

/** A slice, and when it appears, disappears, appears again and so on: as long as it shows no article, it is gone. */
export interface ListedSlice extends Slice {
  readonly turns: readonly Instant[];
}

export interface ArticleInGroup {
  readonly article: Article;
  /** Absent in stores of earlier versions. */
  readonly group?: HeadlineGroup;
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
  /** Those of the main feed and the front page, if these are not all. */
  readonly main?: ArticleRun | undefined;
  slice(kind: SliceKind, slug: string): Promise<{ readonly slice: Slice; readonly run: ArticleRun } | undefined>;
  /** The sections in the menu, in its order. */
  readonly sections?: readonly ListedSlice[];
  /** The headlines of all articles; absent in stores of earlier versions. */
  readonly headlines?: HeadlineStore;
  /** Lists all slices, in any order. */
  slices(): Promise<readonly ListedSlice[]>;
  article(slug: string): Promise<Article | undefined>;
  /** Returns the article with this slug, and its group of headlines, in as few reads. */
  articleInGroup(slug: string): Promise<ArticleInGroup | undefined>;
  /** Returns the group of headlines with this article; only where that costs no reads. */
  groupOf?(slug: string): HeadlineGroup | undefined;
  /** Returns a version of the article with this slug, which stays the same while the article does. */
  articleVersion?(slug: string): string | undefined;
  /** Finds the article that had this old path, shown or not; `gone` if it was withdrawn. */
  findByOldPath(path: string): Promise<Pick<ArticleHead, 'slug' | 'published' | 'expires'> | 'gone' | undefined>;
  /** Lists the articles with corrections or a withdrawal, oldest first. */
  noticed(): Promise<readonly NoticedHead[]>;
  /** The articles whose files were deleted lately, for {@link Site.tombstones}. */
  readonly deleted?: readonly Tombstone[] | undefined;
  /** Reports whether an article or a slice was published at this path, and withdrawn before this edition was made. */
  isGone(path: string): Promise<boolean>;
}

/** Reports whether an article is published by `now`; it may have expired since. */
export function isDue(head: Pick<ArticleHead, 'published'>, now: Instant): boolean {
  return head.published <= now;
}

/** Reports whether an article was published and has expired by `now`. */
export function hasExpired(head: Pick<ArticleHead, 'published' | 'expires'>, now: Instant): boolean {
  return isDue(head, now) && head.expires !== undefined && head.expires <= now;
}

/** Reports whether an article is published by `now` and has not expired. */
export function isShown(head: Pick<ArticleHead, 'published' | 'expires'>, now: Instant): boolean {
  return isDue(head, now) && !hasExpired(head, now);
}
