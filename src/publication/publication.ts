import type { Article, ArticleHead, Instant } from '../article/article.ts';
import type { PageAddress } from './address.ts';
import type { Page, SinglePage } from './page.ts';
import type { Site } from './site.ts';

/** What the app serves. It may change while the app runs; each {@link Edition} of it never does. */
export interface Publication {
  /** The newest edition, at once where it is at hand; the same object as long as nothing changed. */
  edition(): Edition | Promise<Edition>;
}

/** One state of a publication, immutable, so that all that a request reads belongs together. */
export interface Edition {
  readonly site: Site;
  /** When the publication last changed in any way, as far as is known. */
  readonly changed?: Instant;
  /** The page as it is at the moment `now`; `undefined` where there is none. */
  page(address: PageAddress, now: Instant): Promise<Page | undefined>;
  /** The article with this slug, if it is published by the moment `now`. */
  article(slug: string, now: Instant): Promise<SinglePage | undefined>;
  /** Whether an article with this slug was published once and is no more. */
  isGone(slug: string): Promise<boolean>;
}

/**
 * Where an edition's articles are kept, in the order {@link oldestFirst}: in memory on Node, in stored pages at the
 * edge. A position is an article's index in that order.
 */
export interface ArticleStore {
  readonly site: Site;
  readonly count: number;
  /** When the publication last changed in any way, as far as is known. */
  readonly changed?: Instant;
  /** When each of the last articles appears that were not yet due when the store was made, oldest first. */
  readonly upcoming: readonly Instant[];
  /** The articles at the positions from `start` to before `end`, oldest first. */
  articles(start: number, end: number): Promise<readonly Article[]>;
  article(slug: string): Promise<Article | undefined>;
  isGone(slug: string): Promise<boolean>;
}

/** Tells whether an article may be seen at the moment `now`. */
export function isDue(head: ArticleHead, now: Instant): boolean {
  return head.published <= now;
}
