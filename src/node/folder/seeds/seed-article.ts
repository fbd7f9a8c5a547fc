import type { ArticleSource } from '../../../article/article.ts';

/** An article and the seed that holds it. */
export interface SeedArticle {
  readonly file: string;
  readonly source: ArticleSource;
  /** The same article under its alternative address, for when another article has its slug. */
  readonly withLongSlug?: ArticleSource;
  /** Whether the file states its id. */
  readonly isIdWritten: boolean;
  /** Whether this is the last good version, because the file now has errors. */
  readonly isStale: boolean;
}
