import type { Article, ArticleSource } from '../../article/article.ts';
import type { Problem } from '../../article/problem.ts';
import type { PublishedNames } from '../../publication/ledger.ts';
import { type FileStateChange, mergeChanges } from '../disk/file-state.ts';
import { FolderReader } from '../disk/folder-reader.ts';
import { type FolderContents, pathPrefix } from '../disk/list-folder.ts';
import type { NextCheck } from '../disk/retries.ts';
import type { ChangedPaths, Watch } from '../disk/watch-folder.ts';
import { FolderListing } from './changes/folder-listing.ts';
import { PendingFiles } from './changes/pending-files.ts';
import { classifyChanges, type FileChange } from './files/file-changes.ts';
import { unreadFiles } from './files/unread-files.ts';
import { FolderArticles } from './folder-articles.ts';
import { type FolderSnapshot, isEqual, makeSnapshot } from './folder-snapshot.ts';
import { findArticle } from './ordered-articles.ts';
import type { SiteOptions } from './publication-state.ts';
import { isFromFile } from './render/lazy-article.ts';
import { FolderState } from './seeds/folder-state.ts';
import type { Rendering } from './seeds/newest-renderings.ts';
import { SiteReader } from './site-reader.ts';

export interface FolderOptions extends SiteOptions {
  /** The folder's contents, if it was listed before the first reading. */
  readonly contents?: FolderContents | undefined;
  /**
   * Whether half-written files are held back. The caller must read the folder again at {@link SeedFolder.nextCheck}.
   */
  readonly holdUnfinished?: boolean;
  /** Lists what files were published as, according to the ledger. */
  readonly names?: PublishedNames | undefined;
  /** Whether articles may be rendered after their files have changed, which is the default. */
  readonly keepsTexts?: boolean;
  /** The path of the file with the folder's state; without it, nothing is known from earlier processes. */
  readonly state?: string | undefined;
}

/** An article, and what it was rendered to. */
export interface RenderedArticle {
  readonly source: ArticleSource;
  readonly article: Article;
}

/**
 * A folder of articles on disk. Reading it again looks only at what changed, and keeps the last good version of an
 * article whose file now has errors.
 */
export class SeedFolder {
  readonly #prefix: string;
  readonly #reader: FolderReader;
  readonly #listing: FolderListing;
  readonly #pending: PendingFiles | undefined;
  readonly #site: SiteReader;
  readonly #articles: FolderArticles;
  readonly #state: FolderState;
  #isClean = false;
  /** The changes of a reading that failed. */
  #unread: readonly FileStateChange[] | undefined;
  /** The problems of the last snapshot that belong to no article. */
  #unlisted: readonly Problem[] = [];
  #unreadFiles: { readonly paths: readonly string[]; readonly problems: readonly Problem[] } = {
    paths: [],
    problems: [],
  };
  /** The settings of the last snapshot. Their file may be outside the folder, where its changes are not listed. */
  #facts: readonly unknown[] = [];
  #last: FolderSnapshot | undefined;

  constructor(dir: string, options: FolderOptions) {
    const { contents, holdUnfinished, keepsTexts = true, state, names, ...siteOptions } = options;
    this.#prefix = pathPrefix(dir);
    this.#reader = new FolderReader(dir);
    this.#listing = new FolderListing(dir, contents);
    this.#pending = holdUnfinished === true ? new PendingFiles() : undefined;
    this.#site = new SiteReader(dir, this.#reader, siteOptions, this.#pending);
    this.#state = new FolderState(state);
    this.#articles = new FolderArticles({
      dir,
      folder: this.#reader,
      listing: this.#listing,
      pending: this.#pending,
      state: this.#state,
      keepsTexts,
      names,
    });
  }

  /** When pending files, and files and folders that could not be read, are to be read again. */
  get nextCheck(): NextCheck | undefined {
    const checks = [this.#pending?.next, this.#reader.retries.next, this.#listing.retries.next];
    return checks.filter((check) => check !== undefined).toSorted((a, b) => a.wait - b.wait)[0];
  }

  /**
   * Writes a part of what this process found out into the state. Returns whether there is more; until then, requests
   * can be answered.
   */
  save(): boolean {
    if (this.#state.save() || this.#articles.copier?.copy() === true) return true;
    if (!this.#isClean) this.#state.clean();
    this.#isClean = true;
    return false;
  }

  /** Keeps these articles, and no others, in the state, so that the next process need not render them again. */
  keepRendered(articles: readonly RenderedArticle[]): void {
    const fromFiles = articles.filter(({ source }) => isFromFile(source));
    const renderings = fromFiles.map(({ source: { version }, article }) => [version, article] as const);
    this.#state.keepRenderings(renderings.filter((one): one is Rendering => one[0] !== undefined));
  }

  /** Calls `onChange` with the articles that refer to changed files of the site beside the publication. */
  watchStatic(onChange: (articles: readonly string[]) => void): Watch {
    return this.#articles.files.watchStatic(onChange);
  }

  /** Closes the file of the state for as long as nothing uses it. */
  rest(): void {
    this.#state.rest();
  }

  /** Closes the state. Articles can still be rendered unless their files have changed. */
  close(): void {
    this.#state.close();
  }

  /**
   * Reads the folder, or only what changed at the `named` paths. Problems of files are part of the snapshot; a missing
   * folder is an exception. Returns the same snapshot if nothing changed.
   */
  read(named?: ChangedPaths): FolderSnapshot {
    try {
      return this.#read(named);
    } finally {
      this.#pending?.finish();
      this.#reader.close();
    }
  }

  #read(named: ChangedPaths): FolderSnapshot {
    const last = this.#last;
    const hasFailed = this.#unread !== undefined;
    const found = this.#listing.refresh(named, this.#reader.readable(named?.keys() ?? []));
    const changes = mergeChanges(this.#unread ?? [], this.#pending?.collect(found, named) ?? found);
    this.#unread = changes;
    const { paths } = this.#listing;
    const publication = this.#site.read(changes, paths);
    const seeds = this.#articles.update(changes, publication, hasFailed);
    // The list stays the same when files are only saved.
    if (this.#unreadFiles.paths !== paths) this.#unreadFiles = { paths, problems: unreadFiles(this.#prefix, paths) };
    const unlisted = this.#listing.problems.concat(this.#unreadFiles.problems, this.#articles.ruleProblems);
    const fileChanges = seeds === undefined ? [] : this.#classify(changes, seeds);
    this.#unread = undefined;
    const isSame = seeds?.size === 0 && fileChanges.length === 0 && isEqual(unlisted, this.#unlisted);
    const facts = [publication.site, publication.problems];
    if (isSame && last !== undefined && isEqual(facts, this.#facts)) return last;
    this.#facts = facts;
    this.#unlisted = unlisted;
    const [articles, listing] = [this.#articles, this.#listing];
    this.#last = makeSnapshot({ publication, articles, unlisted, listing, fileChanges }, last);
    return this.#last;
  }

  #classify(changes: readonly FileStateChange[], seeds: ReadonlySet<string>): FileChange[] {
    const before = this.#last?.articles ?? [];
    const idAt = (path: string) => findArticle(before, this.#prefix + path)?.source.head.id;
    return classifyChanges(this.#pending?.published(changes) ?? changes, seeds, idAt);
  }
}
