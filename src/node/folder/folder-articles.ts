import { type Inherited, inheritsNothing } from '../../article/front-matter/inherited.ts';
import { once } from '../../article/once.ts';
import type { Problem } from '../../article/problem.ts';
import type { PublishedNames } from '../../publication/ledger.ts';
import type { FileStateChange } from '../disk/file-state.ts';
import { pathPrefix } from '../disk/list-folder.ts';
import { SeedPaths } from '../disk/seed-paths.ts';
import type { FolderListing } from './changes/folder-listing.ts';
import type { PendingFiles } from './changes/pending-files.ts';
import { articleDebounce } from './debounce.ts';
import { ArticleFiles } from './files/article-files.ts';
import { articleFinder } from './files/article-finder.ts';
import { UniqueArticles } from './ids/unique-articles.ts';
import { OrderedArticles } from './ordered-articles.ts';
import type { PublicationState } from './publication-state.ts';
import { AuthorFiles } from './rules/author-files.ts';
import { FolderRules } from './rules/folder-rules.ts';
import type { ArticleRules } from './rules/rule-file.ts';
import { type SeedArticle, type SeedState, SeedStates } from './seeds/seed-article.ts';
import { isReadDifferently, type ReaderParts, SeedReader } from './seeds/seed-reader.ts';
import { TextCopier } from './seeds/text-copier.ts';

/** What a folder of articles is read with. */
export interface FolderParts extends Pick<ReaderParts, 'dir' | 'folder' | 'state' | 'keepsTexts'> {
  readonly listing: FolderListing;
  readonly pending: PendingFiles | undefined;
  readonly names: PublishedNames | undefined;
}

/** The articles of a folder. An update reads only the seeds that a change concerns. */
export class FolderArticles {
  readonly files: ArticleFiles;
  /** The published articles, sorted by file. */
  readonly ordered = new OrderedArticles();
  readonly #parts: ReaderParts;
  /** Absent if the texts are not needed later. */
  readonly copier: TextCopier | undefined;
  readonly #rules: FolderRules;
  readonly #authors: AuthorFiles;
  readonly #prefix: string;
  readonly #listing: FolderListing;
  readonly #pending: PendingFiles | undefined;
  readonly #unique: UniqueArticles;
  readonly #states = new SeedStates();
  readonly #seeds = new SeedPaths();
  #reader: SeedReader | undefined;
  #isComplete = false;

  constructor({ listing, pending, names, ...parts }: FolderParts) {
    const { dir, folder, state } = parts;
    this.#prefix = pathPrefix(dir);
    this.#unique = new UniqueArticles(this.#prefix, this.#states, names);
    this.files = new ArticleFiles(dir);
    this.#listing = listing;
    this.#pending = pending;
    this.copier = parts.keepsTexts ? new TextCopier(state) : undefined;
    this.#rules = new FolderRules(dir, folder, pending);
    this.#authors = new AuthorFiles(dir, folder, pending);
    this.#parts = { ...parts, files: this.files, rulesOf: (path) => this.#rulesOf(path) };
  }

  get problems(): readonly Problem[] {
    return this.ordered.problems.concat(this.#unique.problems);
  }

  /** Problems of files that say something about articles but are not articles themselves. */
  get ruleProblems(): readonly Problem[] {
    return this.#rules.problems.concat(this.#authors.problems);
  }

  /** Returns what an article inherits from the files around it. */
  inheritedBy(path: string): Inherited | undefined {
    const rules = this.#rulesOf(path);
    return typeof rules === 'object' ? rules : undefined;
  }

  #rulesOf(path: string): ArticleRules {
    const rules = this.#rules.of(path);
    const authors = typeof rules === 'string' ? undefined : this.#authors.of(path);
    return typeof rules === 'string' || authors === undefined ? rules : { ...(rules ?? inheritsNothing), authors };
  }

  /**
   * Reads the seeds that the changes affect, or all if the site's settings demand it or the last update failed. Returns
   * the seeds that were read and are not pending; `undefined` for the first, complete reading.
   */
  update(
    changes: readonly FileStateChange[],
    publication: PublicationState,
    hasFailed: boolean,
  ): ReadonlySet<string> | undefined {
    const hasNewOrRemoved = changes.some(({ before, after }) => before === undefined || after === undefined);
    const isListChanged = !this.#isComplete || hasFailed || hasNewOrRemoved;
    if (isListChanged) {
      this.#seeds.select(this.#listing.paths);
      const find = articleFinder(this.#parts.dir, this.#seeds.list);
      this.files.findArticle = (from, written) => {
        const article = this.#states.get(find(from, written) ?? '')?.article;
        return article && this.#unique.published(article)?.source.head.permalink;
      };
    }
    const listed = isListChanged ? this.#listing.paths : undefined;
    const ruled = this.#rules
      .update(changes, this.#seeds.list, listed, publication.site.timezone)
      .concat(this.#authors.update(changes, listed));
    const reader = this.#readerFor(publication);
    const isOtherSite = reader !== this.#reader;
    this.#reader = reader;
    const due = this.#isComplete ? this.#dueSeeds(changes, isOtherSite || hasFailed, isListChanged, ruled) : undefined;
    if (due === undefined) this.#restore(reader);
    const read = this.#read(reader, due, isOtherSite);
    const isCompared = this.#keep(read, reader);
    this.ordered.update(this.#seeds.list, isCompared ? undefined : due, {
      stateOf: (path) => this.#states.get(path),
      published: (article) => this.#unique.published(article),
    });
    this.#isComplete = true;
    this.copier?.noteRead(due, this.#states);
    return due;
  }

  /** Another time zone, address or id base changes every seed. A broken publication file changes none. */
  #readerFor({ site, isSound }: PublicationState): SeedReader {
    const before = this.#reader;
    if (before !== undefined && !(isSound && isReadDifferently(before.site, site))) return before;
    return new SeedReader(site, this.#parts);
  }

  #dueSeeds(
    changes: readonly FileStateChange[],
    isAll: boolean,
    isListChanged: boolean,
    ruled: readonly string[],
  ): Set<string> {
    const due = new Set(isAll ? this.#seeds.list : [...this.files.takeStale()].filter((path) => this.#seeds.has(path)));
    if (ruled.length > 0)
      for (const path of this.#seeds.list) if (ruled.some((prefix) => path.startsWith(prefix))) due.add(path);
    for (const path of isAll ? [] : [...changes.map((change) => change.path), ...due])
      for (const seed of [path, ...this.files.referrersOf(path)]) if (this.#seeds.has(seed)) due.add(seed);
    if (isListChanged) {
      // Whether a file is a seed may depend on its neighbors.
      for (const path of this.#seeds.list) if (!this.#states.has(path)) due.add(path);
      for (const path of this.#states.paths()) if (!this.#seeds.has(path)) due.add(path);
    }
    return due;
  }

  /** Takes over the seeds whose files did not change since an earlier process read them. */
  #restore(reader: SeedReader): void {
    this.#states.clear();
    this.#parts.state.each((known) => {
      const path = this.#seeds.find(known.path);
      const state = path && reader.restore(path, known, (file) => this.#listing.hasState(path, file));
      if (path === undefined) this.#parts.state.delete(known.path);
      else if (state) this.#states.set(path, state);
    });
  }

  /** Reads the due seeds, removes pending ones from `due` and returns what became of the others. */
  #read(reader: SeedReader, due: Set<string> | undefined, isOtherSite: boolean) {
    const read = new Map<string, SeedState | undefined>();
    const textOf = (hash: string) => this.#parts.state.text(hash);
    for (const path of due ?? this.#seeds.list) {
      // Restored, with nothing else to do: the case of nearly every seed at a start.
      if (due === undefined && this.#states.isSound(path) && !this.#rules.holds(path)) continue;
      const before = this.#states.get(path);
      const exists = this.#seeds.has(path) && this.#listing.isReadable(path);
      const readNow = () => (exists ? reader.read(path, this.#listing.stateOf(path), before) : undefined);
      const after = due === undefined && before !== undefined ? before : readNow();
      const current = once(() => before && reader.updateSite(before));
      // Asking about a file whose rules are pending would end its wait.
      const isPending =
        this.#rules.holds(path) || (due && this.#pending?.holds(path, () => articleDebounce(current(), after, textOf)));
      if (isPending !== true) read.set(path, after);
      else if (isOtherSite) read.set(path, current());
      else due?.delete(path);
    }
    return read;
  }

  /** Takes over what was read. Returns whether all articles were compared. */
  #keep(read: ReadonlyMap<string, SeedState | undefined>, { site }: SeedReader): boolean {
    const replaced = new Map<string, SeedArticle | undefined>();
    for (const [path, state] of read) {
      if (this.#isComplete || state?.article === undefined)
        replaced.set(this.#prefix + path, this.#states.get(path)?.article);
      if (state !== undefined) this.#states.set(path, state);
      else if (this.#states.delete(path)) this.#parts.state.delete(path);
    }
    if (!this.#isComplete) return this.#unique.reset(new Set(replaced.keys()), site);
    return replaced.size > 0 && this.#unique.apply(replaced, site);
  }
}
