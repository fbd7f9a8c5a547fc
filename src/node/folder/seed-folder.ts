import type { ArticleSource, Instant } from '../../article/article.ts';
import { once } from '../../article/once.ts';
import { byPlace, type Problem } from '../../article/problem.ts';
import { instantOf } from '../../article/seed/date.ts';
import type { PublicationFile } from '../../publication/file/publication-file.ts';
import { prefixOf } from '../disk/list-files.ts';
import { bothChanges, type FileChange } from '../disk/listed-file.ts';
import { SeedPaths } from '../disk/seed-files.ts';
import type { ChangedPaths } from '../disk/watch-folder.ts';
import { ArticleFiles } from './article-files.ts';
import { FolderListing } from './folder-listing.ts';
import { FolderSite, isReadAnother } from './folder-site.ts';
import { articleAt, GatheredArticles } from './gathered-articles.ts';
import type { FolderOptions, KnownPublication } from './known-publication.ts';
import { type KnownSeed, SeedReader } from './read-seed.ts';
import { type SeenChange, seenChanges } from './seen-changes.ts';
import { type NextLook, restOfArticle, UnfinishedFiles } from './unfinished-files.ts';
import { type Candidate, UniqueArticles } from './unique-articles.ts';

/** What a folder of articles holds at one moment. */
export interface FolderReading extends PublicationFile {
  /** The articles that can be published, in the order of their files' names. */
  readonly sources: readonly ArticleSource[];
  /** The same articles, each with its file. */
  readonly articles: readonly Candidate[];
  /** When the folder last changed, by the dates of its files and folders, as the end of that second. */
  readonly changed: Instant;
  /** The files of articles that are as they were when they could last be published. */
  readonly kept: readonly string[];
  /** What lies beside the articles. */
  readonly files: ArticleFiles;
  /** The files that are not as they were at the reading before; none at the first. */
  readonly changes: readonly SeenChange[];
  /** The folders that cannot be listed, which are among the problems too. */
  readonly unlisted: readonly Problem[];
}

/**
 * A folder of articles on this machine's disk.
 *
 * Reading it again looks at what changed alone, and keeps the last good version of an article whose file went bad.
 */
export class SeedFolder {
  readonly #dir: string;
  readonly #prefix: string;
  readonly #files: ArticleFiles;
  readonly #listing: FolderListing;
  readonly #unique = new UniqueArticles();
  readonly #known = new Map<string, KnownSeed>();
  readonly #gathered = new GatheredArticles();
  readonly #unfinished: UnfinishedFiles | undefined;
  readonly #site: FolderSite;
  readonly #seeds = new SeedPaths();
  /** What has changed for a reading that is not done, as one that threw. */
  #owed: readonly FileChange[] | undefined;
  /** Reads seeds by the zone, address and ids of the site as they were when all were read. */
  #reader: SeedReader | undefined;
  #last: FolderReading | undefined;

  constructor(dir: string, options: FolderOptions) {
    this.#dir = dir;
    this.#prefix = prefixOf(dir);
    this.#files = new ArticleFiles(dir);
    this.#listing = new FolderListing(dir, options.listed);
    this.#unfinished = options.waits === true ? new UnfinishedFiles() : undefined;
    this.#site = new FolderSite(dir, options, this.#unfinished);
  }

  /**
   * Reads the folder, or what changed in it; what is wrong with a file is a problem, what is wrong with the folder itself
   * an error. Gives the same reading again if nothing changed.
   */
  read(changed?: ChangedPaths): FolderReading {
    const before = this.#last;
    const looked = this.#listing.look(changed);
    const hasFailed = this.#owed !== undefined;
    const changes = bothChanges(this.#owed ?? [], this.#unfinished?.take(looked, changed) ?? looked);
    this.#owed = changes;
    const { paths, problems: unlisted } = this.#listing;
    const publication = this.#site.read(changes, paths);
    const read = this.#readSeeds(changes, publication, hasFailed);
    const counted = this.#unfinished?.counted(changes) ?? changes;
    const idAt = (path: string) => articleAt(before?.articles ?? [], this.#prefix + path)?.source.head.id;
    const seen = read === undefined ? [] : seenChanges(counted, read, idAt);
    this.#owed = undefined;
    const isSame = read?.size === 0 && seen.length === 0 && isEqual(unlisted, before?.unlisted);
    if (isSame && before !== undefined) return before;
    const { articles, problems: found } = this.#gathered;
    // Not pushed one by one: a folder can have more problems than a call takes arguments.
    const all = publication.problems.concat(unlisted, found, this.#unique.problems);
    this.#last = {
      ...publication,
      site: before !== undefined && isEqual(before.site, publication.site) ? before.site : publication.site,
      sources: articles.map(({ source }) => source),
      articles,
      files: this.#files,
      kept: articles.filter(({ kept }) => kept).map(({ file }) => file),
      changed: instantOf(this.#listing.changed) ?? '',
      changes: seen,
      unlisted,
      problems: all.toSorted(byPlace),
    };
    return this.#last;
  }

  /** When files that may be half written are to be read again. */
  get nextLook(): NextLook | undefined {
    return this.#unfinished?.next;
  }

  /** Makes what the next reading needs of all articles, which takes a while among many. */
  prepareForChanges(): void {
    this.#seeds.has('');
    this.#unique.prepareForChanges();
  }

  /** Reads the seeds that changed, that show files that changed, or all if the site is another or the last reading failed; gives which, but for the first time. */
  #readSeeds(changes: readonly FileChange[], { site, isSound }: KnownPublication, hasFailed: boolean) {
    // Another zone, address or id base means another reading of every seed. A broken publication file says nothing of
    // the seeds: what was known of them holds when it is mended.
    const isOther = this.#reader === undefined || (isSound && isReadAnother(site, this.#reader.site));
    if (isOther) this.#reader = undefined;
    this.#reader ??= new SeedReader(this.#dir, site, this.#files);
    const reader = this.#reader;
    const isFirst = this.#last === undefined;
    const isListedAnew =
      isFirst ||
      hasFailed ||
      changes.some(({ before, after }) => before === undefined || after === undefined);
    if (isListedAnew) this.#seeds.list(this.#listing.paths);
    const due = isFirst ? undefined : this.#dueSeeds(changes, isOther || hasFailed, isListedAnew);
    const first = new Map<string, Candidate>();
    const candidates = new Map<string, Candidate | undefined>();
    const take = (path: string, seed: KnownSeed | undefined): void => {
      const { candidate } = seed ?? {};
      if (seed === undefined) this.#known.delete(path);
      else this.#known.set(path, seed);
      if (!isFirst) candidates.set(this.#prefix + path, candidate);
      else if (candidate !== undefined) first.set(candidate.file, candidate);
    };
    for (const path of due ?? this.#seeds.all) {
      const before = this.#known.get(path);
      const isThere = this.#seeds.has(path) && this.#listing.isReadable(path);
      const seed = isThere ? reader.read(path, before) : undefined;
      const known = once(() => before && reader.again(before));
      const waits = due && this.#unfinished?.waits(path, () => restOfArticle(known(), seed));
      if (waits !== true) take(path, seed);
      else if (isOther) take(path, known());
      else due?.delete(path);
    }
    if (isFirst) this.#unique.begin(first);
    const isComparedAnew = candidates.size > 0 && this.#unique.change(candidates);
    this.#gathered.update(this.#seeds.all, isComparedAnew ? undefined : due, {
      known: (path) => this.#known.get(path),
      published: (candidate) => this.#unique.published(candidate),
    });
    return due;
  }

  #dueSeeds(changes: readonly FileChange[], isAll: boolean, isListedAnew: boolean): Set<string> {
    const seeds = this.#seeds;
    const due = new Set(isAll ? seeds.all : []);
    for (const { path } of changes) {
      if (seeds.has(path)) due.add(path);
      for (const asker of this.#files.askersOf(path)) if (seeds.has(asker)) due.add(asker);
    }
    if (isListedAnew) {
      // What a file is can hang on its neighbours.
      for (const path of seeds.all) if (!this.#known.has(path)) due.add(path);
      for (const path of this.#known.keys()) if (!seeds.has(path)) due.add(path);
    }
    return due;
  }
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
