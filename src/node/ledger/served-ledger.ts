import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Instant } from '../../article/article.ts';
import { difference } from '../../article/difference.ts';
import { instantOf } from '../../article/seed/date.ts';
import { articleSlug } from '../../publication/addresses/address.ts';
import { oldPathsOf } from '../../publication/addresses/old-addresses.ts';
import { type LedgerEntry, pathsOf, recordArticle } from '../../publication/ledger.ts';
import { isDue } from '../../publication/publication.ts';
import type { Site } from '../../publication/site/site.ts';
import type { Tombstone } from '../../publication/tombstones.ts';
import { pathPrefix } from '../disk/list-folder.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { recordedArticle } from '../folder/seeds/recorded-article.ts';
import type { SeedArticle } from '../folder/seeds/seed-article.ts';
import { AnswerDates } from './answer-dates.ts';
import { compareLedger, type Unrecorded } from './compare-ledger.ts';
import { type ContentChange, ContentDate } from './content-date.ts';
import { deletedArticles } from './deleted-articles.ts';
import type { LedgerChange, LedgerFile } from './ledger-file.ts';
import { LedgerStamp } from './ledger-stamp.ts';

/** The articles written in one transaction: about ten milliseconds. */
const atOnce = 500;

/** Milliseconds until a change is written, so that readers who wait for it are answered first. */
const pause = 30;

const nothing: Unrecorded = { gone: [], fresh: [] };

/** The ledger of a folder while a server shows it. Everything is written after readers see it. */
export class ServedLedger {
  readonly file: LedgerFile;
  /** The dates of last answers. */
  readonly dates: AnswerDates;
  readonly #prefix: string;
  readonly #onWarning: (line: string) => void;
  #warned = '';
  readonly #content: ContentDate;
  #writing: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;
  /** The slugs of articles whose files have errors. */
  #broken: ReadonlySet<string> = new Set();
  /** When the latest edition was built. Its tombstones say that what it lacks left then. */
  #built: Instant | undefined;
  /** What was last written; `undefined` before the comparison with what earlier processes wrote. */
  #recorded: readonly SeedArticle[] | undefined;
  /** The articles in it that were not due. */
  #scheduled: readonly SeedArticle[] = [];
  /** Names the articles in it that were due. */
  #stamp: LedgerStamp | undefined;
  /** What this process last put into the ledger as its stamp; `undefined` once another process wrote in between. */
  #lastStamp: string | undefined;
  /** The stamp while this process writes. */
  readonly #writingStamp = `written by ${randomUUID()}`;

  /** `onWarning` is called once with a line for each reason for which nothing can be written. */
  constructor(dir: string, file: LedgerFile, onWarning: (line: string) => void) {
    this.file = file;
    this.dates = new AnswerDates(file, (error) => this.#warn(error));
    this.#prefix = pathPrefix(dir);
    this.#onWarning = onWarning;
    this.#content = new ContentDate(file.fact('content'), file.fact('changed'));
  }

  /**
   * Notes a reading, from which articles were removed and to which others were added, and returns when the publication
   * last changed.
   */
  read(reading: FolderSnapshot, change: ContentChange): Instant {
    this.#findBroken(reading);
    return this.#content.changed(reading, change);
  }

  /** Finds the published articles whose files already had errors when this process began. They are not withdrawn. */
  #findBroken({ articles, problems }: FolderSnapshot): void {
    const broken = new Set(problems.flatMap(({ severity, file }) => (severity === 'error' ? [file] : [])));
    for (const { file } of broken.size === 0 ? [] : articles) broken.delete(file);
    const files = JSON.stringify([...broken].map((file) => file.slice(this.#prefix.length)));
    const query = 'SELECT slug FROM articles WHERE withdrawn IS NULL AND file IN (SELECT value FROM json_each(?))';
    const rows = broken.size === 0 ? [] : this.file.query(query).all(files);
    this.#broken = new Set(rows.map(({ slug }) => String(slug)));
  }

  /**
   * Reports whether an article or a slice was published at a path; `false` for an article whose file has errors now.
   */
  wasAt(path: string): boolean {
    return !this.#broken.has(articleSlug(path) ?? '') && this.file.hasPath(path);
  }

  /** Lists the articles whose files were deleted lately, if the publication says so. */
  deleted({ site, sources }: FolderSnapshot, now: Instant): readonly Tombstone[] | undefined {
    this.#built = now;
    if (site.tombstones !== true) return undefined;
    return deletedArticles(this.file, sources, (slug) => this.#broken.has(slug), now);
  }

  /** Names the content of the publication, across processes and machines. */
  get content(): string {
    return this.#content.name;
  }

  /** Records what readers see from now on: again if an article becomes due. */
  record(reading: FolderSnapshot, built = this.#built): void {
    if (this.#closing !== undefined) return;
    this.#writing = this.#writing.then(() => this.#write(reading, built)).catch((error) => this.#warn(error));
  }

  /** Closes the file once everything is written. */
  close(): Promise<void> {
    this.#closing ??= this.#writing.then(() => {
      this.dates.close();
      this.file.close();
    });
    return this.#closing;
  }

  #warn(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (reason === this.#warned) return;
    this.#warned = reason;
    this.#onWarning(
      `${this.file.path} can't be written: ${reason}; what readers see is recorded with the next change, or at the next start`,
    );
  }

  async #write({ articles, site }: FolderSnapshot, built: Instant | undefined): Promise<void> {
    await setTimeout(pause);
    const now = instantOf(Date.now()) ?? '';
    const isFirst = this.file.fact('complete') === undefined;
    const stamp = new LedgerStamp(this.#prefix, this.#stamp);
    const { gone, fresh: unordered, scheduled } = await this.#changesTo({ articles, site }, now, stamp);
    // Neighbors in the file are written together: ten times as fast for a hundred thousand.
    const fresh = unordered.toSorted(
      ({ source: { head: a } }, { source: { head: b } }) => Number(a.id > b.id) - Number(a.id < b.id),
    );
    for (let start = 0; start < fresh.length; start += atOnce) {
      // Waiting requests come first.
      await setImmediate();
      this.#put(fresh.slice(start, start + atOnce), site, isFirst ? '' : now, now);
    }
    await setImmediate();
    const facts = { complete: 'yes', url: site.url, content: this.#content.name, changed: this.#content.since };
    const withdrawn = gone.flatMap((id) => {
      const entry = this.file.entry(id);
      const isGone = entry !== undefined && entry.withdrawn === undefined && !this.#broken.has(entry.slug);
      return !isGone ? [] : [[id, { ...entry, withdrawn: built ?? now }] as const];
    });
    this.#writeNext({ articles: withdrawn, facts }, stamp.with(this.#broken, site.timezone));
    this.#recorded = articles;
    this.#stamp = stamp;
    this.#scheduled = scheduled;
  }

  /** Writes a change and the next stamp. If another process wrote in between, no stamp of this one is true any more. */
  #writeNext(change: LedgerChange, to: string): void {
    this.#lastStamp = this.file.write({ ...change, stamp: { from: this.#lastStamp, to } }) ? to : undefined;
  }

  /** Finds what is not recorded yet, and what is not due, and brings a stamp up to date. */
  async #changesTo(
    { articles, site }: Pick<FolderSnapshot, 'articles' | 'site'>,
    now: Instant,
    stamp: LedgerStamp,
  ): Promise<Unrecorded & { readonly scheduled: readonly SeedArticle[] }> {
    const turnOf = ({ source }: SeedArticle) => (isDue(source.head, now) ? 'due' : 'scheduled');
    if (this.#recorded === undefined) {
      const { due = [], scheduled = [] } = Object.groupBy(articles, turnOf);
      await stamp.addAll(due);
      this.#lastStamp = this.file.stamp;
      const isRecorded = this.#lastStamp === stamp.with(this.#broken, site.timezone);
      return { scheduled, ...(isRecorded ? nothing : await compareLedger(this.file, due, this.#prefix)) };
    }
    const { removed, added } = difference(this.#recorded, articles);
    const unrecorded = [...added, ...this.#scheduled.filter((one) => !removed.has(one))];
    const { due: fresh = [], scheduled = [] } = Object.groupBy(unrecorded, turnOf);
    const before = new Set(this.#scheduled);
    for (const one of removed) if (!before.has(one)) stamp.remove(one);
    for (const one of fresh) stamp.add(one);
    const ids = new Set(fresh.map(({ source }) => source.head.id));
    return { scheduled, gone: [...removed].map(({ source }) => source.head.id).filter((id) => !ids.has(id)), fresh };
  }

  #put(articles: readonly SeedArticle[], site: Site, since: Instant, now: Instant): void {
    const hasMoved = articles.some(({ source, withLongSlug }) => source.head.slug === withLongSlug?.head.slug);
    const entries: (readonly [string, LedgerEntry])[] = [];
    const paths = new Map<string, Instant>();
    const oldPaths = new Map<string, Instant>();
    for (const article of articles) {
      const { head } = article.source;
      const before = this.file.entry(head.id);
      entries.push([head.id, recordArticle(before, recordedArticle(article, this.#prefix), site, since, now)]);
      for (const path of pathsOf(before, head, site)) paths.set(path, now);
      for (const oldPath of oldPathsOf(head, site)) oldPaths.set(oldPath, now);
    }
    const change = { articles: entries, paths, oldPaths, ...(hasMoved && { facts: { moved: 'yes' } }) };
    this.#writeNext(change, this.#writingStamp);
  }
}
