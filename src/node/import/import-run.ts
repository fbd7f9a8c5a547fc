import { existsSync, mkdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { quote } from '../../article/problem.ts';
import { isAbsoluteIri } from '../../article/seed/seed-id.ts';
import { ArticleFiles } from '../folder/article-files.ts';
import { parseOptions } from '../folder/seed-reader.ts';
import type { FoundFeed } from '../published/published-history.ts';
import type { OnProgress } from '../terminal/progress.ts';
import { Downloads } from './downloads.ts';
import { nameOfItem, removeLeftParts } from './file-names.ts';
import { type CompleteItem, gatherItems, isSameArticle } from './gather-items.ts';
import { ImportFolder } from './import-folder.ts';
import type { ImportedFeed, ImportNote } from './read/imported-item.ts';
import type { DocumentOptions } from './read/read-document.ts';
import { publicationText } from './write/publication-text.ts';
import { type SeedSetting, type SettledItem, seedOfItem, spelledLanguage } from './write/seed-of-item.ts';

export interface ImportOptions extends DocumentOptions {
  /** Whether pictures and enclosures are fetched. */
  readonly download?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Told after each item. */
  readonly onProgress?: OnProgress;
}

/** What came of an import. */
export interface Imported {
  readonly written: number;
  /** Of these, drafts. */
  readonly drafts: number;
  /** Items that were there before. */
  readonly known: number;
  /** Pictures, recordings and other files that were fetched. */
  readonly files: number;
  readonly notes: readonly ImportNote[];
}

/** A feed's documents, newest first. */
export type History = readonly FoundFeed<ImportedFeed>[];

/** How many items are on their way at once, where their files are fetched. */
const batch = 16;
/** Stands for the public address where none is set. */
const localUrl = 'http://localhost:3000/';

/** One import under way: a folder into which items come, and what is said of them. */
export class ImportRun {
  readonly #dir: string;
  readonly #options: ImportOptions;
  readonly #notes: ImportNote[];
  readonly #counts = { written: 0, drafts: 0, known: 0 };
  #done = 0;
  #folder: ImportFolder | undefined;
  #downloads: Downloads | undefined;

  constructor(dir: string, options: ImportOptions, notes: ImportNote[]) {
    this.#dir = dir;
    this.#options = options;
    this.#notes = notes;
  }

  /** Readies the folder, which gets a publication file if it has none. */
  open(feed: ImportedFeed, source: string): void {
    mkdirSync(this.#dir, { recursive: true });
    removeLeftParts(this.#dir);
    const hasFile = ['publication.yaml', 'publication.yml'].some((name) => existsSync(join(this.#dir, name)));
    const year = new Date(this.#options.now).getUTCFullYear();
    if (!hasFile) {
      const { text, warnings } = publicationText(feed, year);
      new ImportFolder(this.#dir, localUrl).write('publication.yaml', text);
      for (const message of warnings) this.#notes.push({ severity: 'warning', source, message });
    }
    this.#folder = new ImportFolder(this.#dir, localUrl);
    if (this.#options.download === true) this.#downloads = new Downloads(this.#folder);
  }

  /** Takes the items of a feed and of its archive into a folder inside this one. */
  async take(feeds: History, section: string): Promise<void> {
    const { items, notes } = gatherItems(feeds, this.#options.now);
    this.#notes.push(...notes);
    const [source = ''] = feeds.map(({ shown }) => shown);
    const language = feeds[0]?.feed.language;
    const total = this.#done + items.length;
    for (let from = 0; from < items.length; from += this.#downloads === undefined ? 1 : batch) {
      const some = items.slice(from, from + (this.#downloads === undefined ? 1 : batch));
      const told = some.map((item) => ({
        ...item,
        ...((item.language ?? language) ? { language: item.language ?? language ?? '' } : {}),
      }));
      await Promise.all(told.map((item) => this.#takeItem(item, section, source)));
      this.#done += some.length;
      this.#options.onProgress?.(this.#done, total);
    }
  }

  result(): Imported {
    return { ...this.#counts, files: this.#downloads?.files ?? 0, notes: this.#notes };
  }

  async #takeItem(item: CompleteItem, section: string, source: string): Promise<void> {
    const folder = this.#folder;
    if (folder === undefined) return;
    const note = (severity: ImportNote['severity'], message: string): void => {
      this.#notes.push({ severity, source, item: item.title, message });
    };
    // What is no IRI may be the same in two feeds of a list.
    const namesake = isAbsoluteIri(item.id) ? undefined : folder.article(folder.idOf(item.id));
    const isTaken = section !== '' && namesake?.file.startsWith(join(this.#dir, section, sep)) === false;
    const written = isTaken ? `${section}/${item.id}` : item.id;
    const id = folder.idOf(written);
    const known = folder.article(id);
    if (known !== undefined) {
      if (isSameArticle(item, known)) this.#counts.known += 1;
      else note('error', `it is not taken: ${known.file} has the same id, ${item.id}`);
      return;
    }
    const path = folder.freePath(
      section,
      nameOfItem(item.url, item.title, item.published.slice(0, 10)),
      '.md',
    );
    folder.add(id, omitUndefined({ file: join(this.#dir, path), title: item.title, url: item.url }));
    if (isTaken)
      note(
        'warning',
        `${namesake.file} has the same id, ${quote(item.id)}; its own becomes ${quote(written)}`,
      );
    const setting = settingOf(folder);
    try {
      const settled: SettledItem = { ...item, id: written, path };
      const made = seedOfItem(settled, setting);
      const fetched = await this.#downloads?.fetch(made.media, path);
      for (const message of [...made.warnings, ...(fetched?.warnings ?? [])]) note('warning', message);
      const findFile = new ArticleFiles(this.#dir).finderFor(path, folder.site.url);
      const text =
        fetched === undefined || fetched.count === 0
          ? made.text
          : seedOfItem(settled, setting, { rename: fetched.rename, findFile }).text;
      folder.write(path, text);
      this.#counts.written += 1;
      if (item.isDraft === true) this.#counts.drafts += 1;
    } catch (error) {
      note('error', `it is not taken: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function settingOf({ site }: ImportFolder): SeedSetting {
  const options = parseOptions(site);
  return { options, language: spelledLanguage(site.language) ?? site.language, authors: site.authors };
}
