import type { ArticleSource, Instant } from '../../../article/article.ts';
import type { Listings } from '../../../publication/memory.ts';
import type { Site } from '../../../publication/site/site.ts';
import type { ArticleFiles } from '../../folder/files/article-files.ts';
import type { ShowProgress } from '../../terminal/progress.ts';
import type { Describe } from '../objects/describe.ts';
import type { Threads } from '../parallel/threads.ts';
import type { ArticleNames } from './article-names.ts';
import type { RootFile } from './copy-root-files.ts';

/** What both folders are made from, with what the work on them shares. */
export interface BuildInput extends BuildFacts {
  readonly threads: Threads;
  readonly listings: Listings;
}

/** What both folders are made from. */
export interface BuildFacts {
  readonly site: Site;
  /** Oldest first. */
  readonly ordered: readonly ArticleSource[];
  readonly names: ArticleNames;
  /** Names the code and the site's facts. */
  readonly base: string;
  readonly now: Instant;
  readonly changed: Instant | undefined;
  readonly files: ArticleFiles | undefined;
  readonly rootFiles: readonly RootFile[];
  readonly describe: Describe;
  readonly showProgress: ShowProgress;
  /** The folder of the state, if there is one. */
  readonly state: string | undefined;
}

/** How many of each kind a build has. */
export interface Built {
  readonly articles: number;
  /** Media files beside the articles. */
  readonly files: number;
  /** Files of the publication's own `public/`. */
  readonly rootFiles: number;
  readonly documents: number;
  readonly objects: number;
  /** Files that were written, because no earlier build had made them of the same. */
  readonly written: number;
}
