import type { ArticleSource, Instant } from '../../article/article.ts';
import type { Inherited } from '../../article/front-matter/inherited.ts';
import { byPlace, type Problem } from '../../article/problem.ts';
import { instantOf } from '../../article/seed/date.ts';
import type { PublicationFile } from '../../publication/file/publication-file.ts';
import { type FileStateChange, mergeChanges } from '../disk/file-state.ts';
import { type FolderContents, pathPrefix } from '../disk/list-folder.ts';
import type { ChangedPaths } from '../disk/watch-folder.ts';
import type { ArticleFiles } from './article-files.ts';
import { classifyChanges, type FileChange } from './file-changes.ts';
import { FolderArticles } from './folder-articles.ts';
import { FolderListing } from './folder-listing.ts';
import { findArticle } from './ordered-articles.ts';
import { type NextCheck, PendingFiles } from './pending-files.ts';
import type { SiteOptions } from './publication-state.ts';
import type { SeedArticle } from './seed-article.ts';
import { SiteReader } from './site-reader.ts';

export interface FolderOptions extends SiteOptions {
  /** The folder's contents, if it was listed before the first reading. */
  readonly contents?: FolderContents | undefined;
  /** Whether half-written files are held back. The caller must read the folder again at {@link SeedFolder.nextCheck}. */
  readonly holdUnfinished?: boolean;
}

/** The contents of a folder of articles at one moment. */
export interface FolderSnapshot extends PublicationFile {
  /** The articles that can be published, sorted by file. */
  readonly sources: readonly ArticleSource[];
  /** The same articles, each with its file. */
  readonly articles: readonly SeedArticle[];
  /** The articles that wait because another has the same name and date, as they are once their ids are written. */
  readonly tied: readonly SeedArticle[];
  /** When the folder last changed, from the dates of its files and folders, rounded up to a second. */
  readonly changed: Instant;
  /** Files with errors whose last good version is still published. */
  readonly staleFiles: readonly string[];
  /** The files beside the articles. */
  readonly files: ArticleFiles;
  /** Returns what an article inherits from the files around it. */
  readonly inheritedBy: (path: string) => Inherited | undefined;
  /** The files that changed since the previous snapshot; empty in the first. */
  readonly changes: readonly FileChange[];
}

/**
 * A folder of articles on disk. Reading it again looks only at what changed, and keeps the last good version of an
 * article whose file now has errors.
 */
export class SeedFolder {
  readonly #prefix: string;
  readonly #listing: FolderListing;
  readonly #pending: PendingFiles | undefined;
  readonly #site: SiteReader;
  readonly #articles: FolderArticles;
  /** The changes of a reading that failed. */
  #unread: readonly FileStateChange[] | undefined;
  /** The problems of the last snapshot that belong to no article. */
  #unlisted: readonly Problem[] = [];
  #last: FolderSnapshot | undefined;

  constructor(dir: string, { contents, holdUnfinished, ...siteOptions }: FolderOptions) {
    this.#prefix = pathPrefix(dir);
    this.#listing = new FolderListing(dir, contents);
    this.#pending = holdUnfinished === true ? new PendingFiles() : undefined;
    this.#site = new SiteReader(dir, siteOptions, this.#pending);
    this.#articles = new FolderArticles(dir, this.#listing, this.#pending);
  }

  /** When pending files are to be read again. */
  get nextCheck(): NextCheck | undefined {
    return this.#pending?.next;
  }

  /** Prepares the next reading, which takes a while with many articles. */
  prepare(): void {
    this.#articles.prepare();
  }

  /**
   * Reads the folder, or only what changed in it. Problems of files are part of the snapshot; a missing folder is an
   * exception. Returns the same snapshot if nothing changed.
   */
  read(changed?: ChangedPaths): FolderSnapshot {
    const last = this.#last;
    const hasFailed = this.#unread !== undefined;
    const found = this.#listing.refresh(changed);
    const changes = mergeChanges(this.#unread ?? [], this.#pending?.collect(found, changed) ?? found);
    this.#unread = changes;
    const { paths } = this.#listing;
    const publication = this.#site.read(changes, paths);
    const seeds = this.#articles.update(changes, publication, hasFailed);
    const unlisted = this.#listing.problems.concat(this.#articles.ruleProblems);
    const fileChanges = seeds === undefined ? [] : this.#classify(changes, seeds);
    this.#unread = undefined;
    const isSame = seeds?.size === 0 && fileChanges.length === 0 && isEqual(unlisted, this.#unlisted);
    if (isSame && last !== undefined) return last;
    this.#unlisted = unlisted;
    const { articles, files, problems } = this.#articles;
    this.#last = {
      ...publication,
      site: last !== undefined && isEqual(last.site, publication.site) ? last.site : publication.site,
      sources: articles.map(({ source }) => source),
      articles,
      tied: this.#articles.tied,
      files,
      inheritedBy: (path) => this.#articles.inheritedBy(path),
      staleFiles: articles.filter(({ isStale }) => isStale).map(({ file }) => file),
      changed: instantOf(this.#listing.changed) ?? '',
      changes: fileChanges,
      problems: publication.problems.concat(unlisted, problems).toSorted(byPlace),
    };
    return this.#last;
  }

  #classify(changes: readonly FileStateChange[], seeds: ReadonlySet<string>): FileChange[] {
    const before = this.#last?.articles ?? [];
    const idAt = (path: string) => findArticle(before, this.#prefix + path)?.source.head.id;
    return classifyChanges(this.#pending?.published(changes) ?? changes, seeds, idAt);
  }
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
