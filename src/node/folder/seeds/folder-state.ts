import { existsSync } from 'node:fs';
import type { Article } from '../../../article/article.ts';
import { type FileRow, FileTable, fileTable } from '../../state/file-table.ts';
import { RenderingTable, renderingTable } from '../../state/rendering-table.ts';
import { isBusy, isDamage, isStateError } from '../../state/sqlite.ts';
import { StateFile } from '../../state/state-file.ts';
import type { StateForm } from '../../state/state-tables.ts';
import { TextTable, textTable } from '../../state/text-table.ts';
import { NewestRenderings, type Rendering } from './newest-renderings.ts';
import type { SeedRecord } from './seed-record.ts';
import { first, forget, WaitingTexts } from './waiting-texts.ts';

/** What is known of one version of a seed. */
export type KnownSeed = FileRow<SeedRecord>;

/** The tables of a folder's state. Everything in them can be derived again from the files. */
export const folderStateForm: StateForm = {
  version: 5,
  schema: fileTable + textTable + renderingTable,
};

/** How many rows are written at once, so that no request waits noticeably. */
const batch = 200;

/**
 * What is known of a folder's seeds across processes, and the texts of the published versions, which their files may
 * lose at any time. Without a file, or after a fault of it, the texts are in a temporary file.
 */
export class FolderState {
  /** Absent if there is no file, or it cannot be used. */
  #path: string | undefined;
  #file: StateFile | undefined;
  #files: FileTable<SeedRecord> | undefined;
  #texts: TextTable | undefined;
  #renderings: RenderingTable | undefined;
  readonly #seeds = new Map<string, KnownSeed>();
  readonly #references = new Map<string, Pick<FileRow, 'hash' | 'references'>>();
  readonly #deleted = new Set<string>();
  readonly #waiting = new WaitingTexts();
  readonly #newest = new NewestRenderings();

  /** `path` is that of the file, which is made with the first content; without one, nothing outlasts the process. */
  constructor(path: string | undefined) {
    this.#path = path;
    if (path !== undefined && existsSync(path)) this.#open(StateFile.open(path, folderStateForm));
  }

  #open(file: StateFile | undefined): void {
    this.#file = file;
    this.#files = undefined;
    this.#texts = undefined;
    this.#renderings = undefined;
    this.#try((opened) => {
      this.#files = new FileTable(opened);
      this.#texts = new TextTable(opened);
      this.#renderings = new RenderingTable(opened);
    });
  }

  /** Calls `use` with each seed that is known when the process begins. */
  each(use: (seed: KnownSeed) => void): void {
    this.#try(() => this.#files?.each(use));
  }

  get(path: string): KnownSeed | undefined {
    return this.#seeds.get(path) ?? this.#try(() => this.#files?.get(path));
  }

  set(seed: KnownSeed): void {
    if (this.#path === undefined) return;
    this.#seeds.set(seed.path, seed);
    this.#deleted.delete(seed.path);
  }

  delete(path: string): void {
    if (this.#path === undefined) return;
    this.#seeds.delete(path);
    this.#deleted.add(path);
  }

  /** Notes to which files a text refers. */
  refer(path: string, hash: string, references: string): void {
    if (this.#path !== undefined) this.#references.set(path, { hash, references });
  }

  /** Lists the hashes of up to `limit` texts that are written, in order, after one. */
  textsAfter(hash: string, limit: number): readonly string[] {
    return this.#try(() => this.#texts?.hashesAfter(hash, limit)) ?? [];
  }

  text(hash: string): string | undefined {
    return this.#waiting.get(hash) ?? this.#try(() => this.#texts?.get(hash));
  }

  /** Whether texts can wait in memory. */
  get hasRoom(): boolean {
    return this.#waiting.hasRoom;
  }

  /** Keeps a text that is published. */
  keep(hash: string, text: string): void {
    this.#waiting.add(hash, text);
  }

  /** Returns the article of a version if an earlier process rendered it and it was among the newest. */
  rendering(version: string): Article | undefined {
    const text = this.#try(() => this.#renderings?.get(version));
    if (text === undefined) return undefined;
    this.#newest.noteWritten(version);
    return JSON.parse(text) as Article;
  }

  /** Keeps these articles, and no others, for the next process. */
  keepRenderings(renderings: readonly Rendering[]): void {
    if (this.#path !== undefined) this.#newest.replace(renderings);
  }

  /** Writes a part of what is to be written. Returns whether there is more. */
  save(): boolean {
    this.#makeFile();
    const seeds = first(this.#seeds, batch);
    const references = seeds.length < batch ? first(this.#references, batch) : [];
    const deleted = seeds.length < batch ? [...this.#deleted] : [];
    const texts = this.#waiting.first();
    const renderings = this.#newest.unwritten();
    const count = seeds.length + references.length + deleted.length + texts.length + renderings.length;
    if (count === 0) return false;
    const isWritten = this.#try((file) =>
      file.transaction(() => {
        const now = Date.now();
        const rows = seeds.map(([, row]) => row);
        const replaced = this.#files?.write(rows, deleted) ?? [];
        this.#texts?.doubt(replaced, now);
        const known = references.flatMap(([path, found]) => this.#withReferences(path, found) ?? []);
        this.#files?.write(known, []);
        this.#texts?.add(texts, now);
        if (renderings.length > 0) this.#renderings?.replace(renderings, this.#newest.versions);
        return true;
      }),
    );
    if (isWritten !== true) return false;
    forget(this.#seeds, seeds);
    forget(this.#references, references);
    for (const path of deleted) this.#deleted.delete(path);
    this.#waiting.forget(texts);
    this.#newest.forget(renderings);
    return true;
  }

  #withReferences(path: string, { hash, references }: Pick<FileRow, 'hash' | 'references'>): KnownSeed | undefined {
    const row = this.#files?.get(path);
    return row?.hash === hash && row.references !== references ? { ...row, references } : undefined;
  }

  /** Deletes old texts, which may take a while. */
  clean(): void {
    const used = () => this.#files?.hashes() ?? new Set();
    if (this.#files !== undefined)
      this.#try((file) => file.transaction(() => this.#texts?.deleteUnused(used, Date.now())));
  }

  /** Closes the file for as long as nothing uses it, as {@link StateFile.rest} says. */
  rest(): void {
    this.#file?.rest();
  }

  close(): void {
    this.#file?.close();
    this.#open(undefined);
  }

  #makeFile(): void {
    if (this.#file !== undefined) return;
    if (this.#path !== undefined && this.#seeds.size > 0) {
      this.#open(StateFile.open(this.#path, folderStateForm));
      if (this.#file === undefined) this.#path = undefined;
    }
    if (this.#file !== undefined || this.#waiting.isEmpty) return;
    this.#file = StateFile.temporary(folderStateForm);
    this.#texts = new TextTable(this.#file);
  }

  /** Uses the file. After a fault of the file, everything continues without it. */
  #try<T>(use: (file: StateFile) => T): T | undefined {
    if (this.#file === undefined) return undefined;
    try {
      return use(this.#file);
    } catch (error) {
      if (!isStateError(error)) throw error;
      // Another process is writing.
      if (isBusy(error)) return undefined;
      if (isDamage(error)) this.#file.discard();
      else this.#file.close();
      this.#open(undefined);
      this.#path = undefined;
      this.#seeds.clear();
      return undefined;
    }
  }
}
