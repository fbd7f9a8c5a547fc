import type { Article, ArticleHead, Instant } from '../article/article.ts';
import type { PageAddress } from './address.ts';
import type { Page, SinglePage } from './page.ts';
import type { Site } from './site.ts';
import type { Slice, SliceKind } from './slice.ts';

/** What the app serves. It may change while the app runs; each {@link Edition} of it never does. */
export interface Publication {
  /** The newest edition, at once where it is at hand; the same object as long as nothing changed. */
  edition(): Edition | Promise<Edition>;
}

/** Says that a publication can't be read now and may be in a while: its store lacks something or doesn't answer. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** One state of a publication, immutable, so that all that a request reads belongs together. */
export interface Edition {
  readonly site: Site;
  /** Tells the edition from every other one, where instances of the app share what they made of it. */
  readonly name?: string;
  /** When the publication last changed in any way, as far as is known. */
  readonly changed?: Instant;
  /** The page as it is at the moment `now`; `undefined` where there is none. */
  page(address: PageAddress, now: Instant): Promise<Page | undefined>;
  /** The article with this slug, if it is published by the moment `now`. */
  article(slug: string, now: Instant): Promise<SinglePage | undefined>;
  /**
   * A text for the page at an address at the moment `now`: the same in two editions only if they have the same page. For an
   * article's page, `address` is its slug. Left out where finding that out costs as much as the page itself.
   */
  version?(address: PageAddress | string, now: Instant): Promise<string | undefined>;
  /** Every slice that has an article by the moment `now`, in the order of kinds and then of slugs. */
  slices(now: Instant): Promise<SliceList>;
  /**
   * The article that stood at this path, below the site's own address, before the site came here, if it is published by the
   * moment `now`; `gone` where it was withdrawn since.
   */
  findByOldPath(path: string, now: Instant): Promise<Pick<ArticleHead, 'slug'> | 'gone' | undefined>;
  /** Whether a page or an article was published under this path, below the site's own address, and is no more. */
  isGone(path: string): Promise<boolean>;
  /** When the next of the articles that lie ahead at the moment `now` appears. */
  nextDue(now: Instant): Instant | undefined;
}

export interface SliceList {
  readonly slices: readonly Slice[];
  /** When the newest of them appeared. */
  readonly since?: Instant;
  /** When there will be another. */
  readonly until?: Instant;
}

/**
 * A run of articles in the order {@link oldestFirst}: in memory on Node, in stored pages at the edge. A position is an
 * article's index in that order.
 */
export interface ArticleRun {
  readonly count: number;
  /** When each of the last articles appears that were not yet due when the run was made, oldest first. */
  readonly upcoming: readonly Instant[];
  /** The articles at the positions from `start` to before `end`, oldest first. */
  articles(start: number, end: number): Promise<readonly Article[]>;
  /** When the article at this position was published. */
  published(position: number): Promise<Instant | undefined>;
  /** A text for the articles at these positions: the same as long as they are. */
  version?(start: number, end: number): string;
}

/** A slice, and when its first article appears. */
export interface ListedSlice extends Slice {
  readonly first: Instant;
}

/** Where an edition's articles are kept. */
export interface ArticleStore {
  readonly site: Site;
  /** A text for the facts of the site: the same as long as they are. */
  readonly siteVersion?: string;
  /** The name of the edition that is made of it. */
  readonly name?: string;
  /** When the publication last changed in any way, as far as is known. */
  readonly changed?: Instant;
  /** All articles. */
  readonly whole: ArticleRun;
  slice(
    kind: SliceKind,
    slug: string,
  ): Promise<{ readonly slice: Slice; readonly run: ArticleRun } | undefined>;
  /** All slices, in any order. */
  slices(): Promise<readonly ListedSlice[]>;
  article(slug: string): Promise<Article | undefined>;
  /** A text for the article with a slug: the same as long as it is. */
  articleVersion?(slug: string): string | undefined;
  /** The article that stood at a path of old, and when it is published; `gone` where it was withdrawn. */
  findByOldPath(path: string): Promise<Pick<ArticleHead, 'slug' | 'published'> | 'gone' | undefined>;
  isGone(path: string): Promise<boolean>;
}

/** Tells whether an article may be seen at the moment `now`. */
export function isDue(head: Pick<ArticleHead, 'published'>, now: Instant): boolean {
  return head.published <= now;
}
