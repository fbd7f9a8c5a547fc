import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { quote } from '../../article/problem.ts';
import { isAbsoluteIri } from '../../article/seed/seed-id.ts';
import { parseOptions } from '../../publication/addresses/parse-options.ts';
import { isDiskFailure, messageOf } from '../disk/write/file-error.ts';
import { removeLeftovers } from '../disk/write/temporary-names.ts';
import { makeFolder } from '../disk/write/write-file.ts';
import { ArticleFiles } from '../folder/files/article-files.ts';
import { WebClient, type WebOptions } from '../published/web-client.ts';
import type { OnProgress } from '../terminal/progress.ts';
import { collectItems, isSameArticle } from './collect-items.ts';
import type { CompleteItem, History } from './distinct-items.ts';
import { Downloads, downloadLimits, downloadTotals } from './downloads.ts';
import { nameOfItem } from './file-names.ts';
import { ImportFolder } from './import-folder.ts';
import type { ImportedFeed, ImportNote } from './read/imported-item.ts';
import type { DocumentOptions } from './read/read-document.ts';
import { writePublicationFile } from './write/publication-file.ts';
import { normalizeLanguage, type PlacedItem, type SeedSite, writeSeed } from './write/seed.ts';

export interface ImportOptions extends DocumentOptions, WebOptions {
  /** Whether to download pictures and enclosures. */
  readonly download?: boolean;
  /** How many bytes to download at most. */
  readonly downloadBytes?: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Called after each item. */
  readonly onProgress?: OnProgress;
}

export interface ImportResult {
  /** New articles, including drafts. */
  readonly written: number;
  readonly drafts: number;
  /** Items that the folder had before. */
  readonly known: number;
  /** Downloaded files. */
  readonly files: number;
  readonly notes: readonly ImportNote[];
}

/** How many items are written at the same time. */
const batchSize = 16;
/** Replaces the public address until it is set. */
const localUrl = 'http://localhost:3000/';

/** A running import into a folder. */
export class ImportRun {
  readonly #dir: string;
  readonly #options: ImportOptions;
  readonly #notes: ImportNote[];
  readonly #counts = { written: 0, drafts: 0, known: 0 };
  #done = 0;
  #isStopped = false;
  #folder: ImportFolder | undefined;
  #downloads: Downloads | undefined;

  constructor(dir: string, options: ImportOptions, notes: ImportNote[]) {
    this.#dir = dir;
    this.#options = options;
    this.#notes = notes;
  }

  /** Prepares the folder, and writes a publication file if it has none. */
  async open(feed: ImportedFeed, source: string): Promise<void> {
    makeFolder(this.#dir);
    for (const folder of withSections(this.#dir)) removeLeftovers(folder);
    const hasFile = ['publication.yaml', 'publication.yml'].some((name) => existsSync(join(this.#dir, name)));
    const year = new Date(this.#options.now).getUTCFullYear();
    if (!hasFile) {
      const { text, warnings } = writePublicationFile(feed, year);
      await new ImportFolder(this.#dir, localUrl).write('publication.yaml', text);
      for (const message of warnings) this.#notes.push({ severity: 'warning', source, message });
    }
    this.#folder = new ImportFolder(this.#dir, localUrl);
    if (this.#options.download !== true) return;
    const { downloadBytes: bytes = downloadTotals.bytes } = this.#options;
    this.#downloads = new Downloads(
      this.#folder,
      downloadLimits,
      new WebClient({ ...downloadTotals, bytes }, this.#options),
    );
  }

  /**
   * Writes the items of a feed and its archive. An empty `section` is the folder itself. Stops if the disk is full or
   * fails otherwise: every file that it has written is complete.
   */
  async add(feeds: History, section: string): Promise<void> {
    const { items, notes } = collectItems(feeds, this.#options.now);
    this.#notes.push(...notes);
    const source = feeds[0]?.shown ?? '';
    const feedLanguage = feeds[0]?.feed.language;
    const total = this.#done + items.length;
    for (let from = 0; from < items.length; from += batchSize) {
      const batch = items
        .slice(from, from + batchSize)
        .map((item) => ({ ...item, language: item.language ?? feedLanguage }));
      const add = async (item: CompleteItem): Promise<void> => {
        await this.#addItem(item, section, source);
        this.#done += 1;
        this.#options.onProgress?.(this.#done, total);
      };
      const results = await Promise.allSettled(batch.map(add));
      const failure = results.find((result) => result.status === 'rejected');
      if (failure !== undefined) {
        if (!isDiskFailure(failure.reason)) throw failure.reason;
        this.#isStopped = true;
        this.#notes.push({ severity: 'error', source, message: `the import stopped: ${messageOf(failure.reason)}` });
        return;
      }
    }
  }

  /** Whether the disk has refused a file. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  result(): ImportResult {
    return { ...this.#counts, files: this.#downloads?.files ?? 0, notes: this.#notes };
  }

  async #addItem(item: CompleteItem, section: string, source: string): Promise<void> {
    const folder = this.#folder;
    if (folder === undefined) return;
    const note = (severity: ImportNote['severity'], message: string): void => {
      this.#notes.push({ severity, source, item: item.title, message });
    };
    // Two feeds of a list may use the same id if it is not an IRI.
    const namesake = isAbsoluteIri(item.id) ? undefined : folder.article(folder.idOf(item.id));
    const isTaken = section !== '' && namesake?.file.startsWith(join(this.#dir, section, sep)) === false;
    const sectionId = isTaken ? `${section}/${item.id}` : item.id;
    const holder = folder.article(folder.idOf(sectionId));
    // Items that share an id leave the feed in turn, so another may have it here.
    const isOther =
      holder?.published !== undefined && holder.published !== item.published && holder.title !== item.title;
    const writtenId = isOther ? (item.spareId ?? sectionId) : sectionId;
    const id = folder.idOf(writtenId);
    const known = folder.article(id);
    if (known !== undefined) {
      if (isSameArticle(item, known)) this.#counts.known += 1;
      else note('error', `not imported: ${known.file} has the same id, ${item.id}`);
      return;
    }
    const name = nameOfItem(item.url, item.title, item.published.slice(0, 10));
    const path = folder.freePath(section, name, '.md');
    folder.add(id, { file: join(this.#dir, path), title: item.title, url: item.url });
    if (isTaken && namesake !== undefined)
      note('warning', `${namesake.file} has the same id, ${quote(item.id)}, so this id becomes ${quote(writtenId)}`);
    try {
      const placed = { ...item, id: writtenId, path };
      await folder.write(path, await this.#write(placed, folder, (message) => note('warning', message)));
      this.#counts.written += 1;
      if (item.isDraft === true) this.#counts.drafts += 1;
    } catch (error) {
      // Further items would fail, too.
      if (isDiskFailure(error)) throw error;
      note('error', `not imported: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Returns the text of a seed, in which downloaded files replace their addresses. */
  async #write(item: PlacedItem, folder: ImportFolder, warn: (message: string) => void): Promise<string> {
    const site = seedSite(folder);
    const { text, media, warnings } = writeSeed(item, site);
    const fetched = await this.#downloads?.fetch(media, item.path);
    for (const message of [...warnings, ...(fetched?.warnings ?? [])]) warn(message);
    if (fetched === undefined || fetched.count === 0) return text;
    const findFile = new ArticleFiles(this.#dir).finderFor(item.path, folder.site.url);
    return writeSeed(item, site, { rename: fetched.rename, findFile }).text;
  }
}

/** Lists a folder and its sections. */
function withSections(dir: string): string[] {
  const entries = readdirSync(dir, { withFileTypes: true });
  return [dir, ...entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(dir, name))];
}

function seedSite({ site }: ImportFolder): SeedSite {
  const language = normalizeLanguage(site.language) ?? site.language;
  return { options: parseOptions(site), language, authors: site.authors };
}
