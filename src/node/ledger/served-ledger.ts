import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type ArticleSource, type Instant, instantAt } from '../../article/article.ts';
import { difference } from '../../article/difference.ts';
import { instantOf } from '../../article/seed/date.ts';
import { type LedgerEntry, pathsOf, recordArticle } from '../../publication/ledger.ts';
import { isDue } from '../../publication/publication.ts';
import type { Site } from '../../publication/site.ts';
import { pathPrefix } from '../disk/list-folder.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { contentHash, recordedArticle } from '../folder/recorded-article.ts';
import type { SeedArticle } from '../folder/seed-article.ts';
import { AnswerDates } from './answer-dates.ts';
import type { LedgerFile } from './ledger-file.ts';

/** The articles written in one transaction: about ten milliseconds. */
const atOnce = 500;

/** The ledger of a folder while a server shows it. Everything is written after readers see it. */
export class ServedLedger {
  readonly file: LedgerFile;
  /** The dates of last answers. */
  readonly dates: AnswerDates;
  readonly #prefix: string;
  readonly #onError: (error: Error) => void;
  /** The sum of the hashes of all articles, so that a change among thousands costs no look at the others. */
  #sum = 0n;
  /** What the publication consists of, hashed, and since when. */
  #content: { readonly hash: string; readonly since: Instant } | undefined;
  #writing: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;
  /** What was last written; `undefined` before the comparison with what earlier processes wrote. */
  #recorded: readonly SeedArticle[] | undefined;
  /** The articles in it that were not due. */
  #scheduled: readonly SeedArticle[] = [];

  constructor(dir: string, file: LedgerFile, onError: (error: Error) => void) {
    this.file = file;
    this.dates = new AnswerDates(file, onError);
    this.#prefix = pathPrefix(dir);
    this.#onError = onError;
    const [known, since] = [file.fact('content'), file.fact('changed')];
    if (known !== undefined && since !== undefined) this.#content = { hash: known, since };
  }

  /**
   * Returns when the publication last changed, after articles were removed from it and added to it. The date stays the
   * same while the content does, and never moves back. `otherwise` is the answer if nothing was recorded before.
   */
  changed(
    site: Site,
    { removed, added }: { readonly removed: Iterable<ArticleSource>; readonly added: Iterable<ArticleSource> },
    otherwise: Instant,
  ): Instant {
    let sum = this.#sum;
    for (const source of removed) sum -= hashOf(source);
    for (const source of added) sum += hashOf(source);
    this.#sum = BigInt.asUintN(64, sum);
    const content = `${this.#sum.toString(16)} ${hash('sha256', JSON.stringify(site), 'hex').slice(0, 16)}`;
    const before = this.#content;
    if (before?.hash === content) return before.since;
    const since = before === undefined ? otherwise : laterThan(before.since);
    this.#content = { hash: content, since };
    return since;
  }

  /** Names the content of the publication, across processes and machines. */
  get content(): string {
    return this.#content?.hash ?? '';
  }

  /** Records what readers see from now on: again if an article becomes due. */
  record(reading: FolderSnapshot): void {
    if (this.#closing !== undefined) return;
    this.#writing = this.#writing
      .then(() => this.#write(reading))
      .catch((error) => this.#onError(error instanceof Error ? error : new Error(String(error))));
  }

  /** Closes the file once everything is written. */
  close(): Promise<void> {
    this.#closing ??= this.#writing.then(() => {
      this.dates.close();
      this.file.close();
    });
    return this.#closing;
  }

  async #write({ articles, site }: FolderSnapshot): Promise<void> {
    const now = instantOf(Date.now()) ?? '';
    const isFirst = this.file.fact('complete') === undefined;
    const { gone, fresh } = await this.#changesTo(articles, now);
    for (let start = 0; start < fresh.length; start += atOnce) {
      // Waiting requests come first.
      await setImmediate();
      this.#put(fresh.slice(start, start + atOnce), site, isFirst ? '' : now, now);
    }
    await setImmediate();
    const facts = { complete: 'yes', content: this.#content?.hash ?? '', changed: this.#content?.since ?? '' };
    const withdrawn = gone.flatMap((id) => {
      const entry = this.file.entry(id);
      return entry === undefined || entry.withdrawn !== undefined ? [] : [[id, { ...entry, withdrawn: now }] as const];
    });
    this.file.write({ articles: withdrawn, facts });
    this.#recorded = articles;
    this.#scheduled = articles.filter(({ source }) => !isDue(source.head, now));
  }

  /** Finds the ids whose articles are gone, and the articles that are published and not recorded as they are. */
  async #changesTo(articles: readonly SeedArticle[], now: Instant) {
    if (this.#recorded === undefined) return this.#changesSinceLastProcess(articles, now);
    const { removed, added } = difference(this.#recorded, articles);
    const fresh = [...added, ...this.#scheduled].filter((one) => isDue(one.source.head, now) && !removed.has(one));
    const ids = new Set(added.filter((one) => isDue(one.source.head, now)).map(({ source }) => source.head.id));
    return { gone: [...removed].map(({ source }) => source.head.id).filter((id) => !ids.has(id)), fresh };
  }

  async #changesSinceLastProcess(articles: readonly SeedArticle[], now: Instant) {
    const left = new Map(
      articles.filter(({ source }) => isDue(source.head, now)).map((article) => [article.source.head.id, article]),
    );
    const gone: string[] = [];
    const fresh: SeedArticle[] = [];
    for (let last = ''; ; ) {
      await setImmediate();
      const page = this.file.entriesAfter(last, atOnce);
      for (const [id, entry] of page) {
        const article = left.get(id);
        left.delete(id);
        if (article === undefined) gone.push(id);
        else if (!isRecorded(entry, article, this.#prefix)) fresh.push(article);
      }
      last = page.at(-1)?.[0] ?? '';
      if (page.length < atOnce) return { gone, fresh: [...fresh, ...left.values()] };
    }
  }

  #put(articles: readonly SeedArticle[], site: Site, since: Instant, now: Instant): void {
    const entries: (readonly [string, LedgerEntry])[] = [];
    const paths = new Map<string, Instant>();
    const oldPaths = new Map<string, Instant>();
    for (const article of articles) {
      const { head } = article.source;
      const before = this.file.entry(head.id);
      entries.push([head.id, recordArticle(before, recordedArticle(article, this.#prefix), site, since, now)]);
      const known = pathsOf(before, head, site);
      for (const path of known.paths) paths.set(path, now);
      for (const path of known.oldPaths) oldPaths.set(path, now);
    }
    this.file.write({ articles: entries, paths, oldPaths });
  }
}

function isRecorded(entry: LedgerEntry, article: SeedArticle, prefix: string): boolean {
  const { slug, title, expires } = article.source.head;
  const { file, hash } = recordedArticle(article, prefix);
  return (
    entry.withdrawn === undefined &&
    entry.hash === hash &&
    entry.file === file &&
    entry.slug === slug &&
    entry.title === title &&
    entry.expires === expires
  );
}

function hashOf(source: ArticleSource): bigint {
  const { id, slug } = source.head;
  return BigInt(`0x${hash('sha256', `${id}\n${slug}\n${contentHash(source)}`, 'hex').slice(0, 16)}`);
}

/** Returns now, or the next second: readers that only know dates tell two changes apart by their seconds. */
function laterThan(before: Instant): Instant {
  const next = instantAt(Date.parse(before) + 1000);
  const now = instantOf(Date.now()) ?? '';
  return now > next ? now : next;
}
