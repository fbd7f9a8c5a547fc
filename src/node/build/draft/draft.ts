import { constants, copyFileSync, linkSync, mkdirSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../disk/write/file-error.ts';
import { discard } from '../../disk/write/temporary-names.ts';
import { digest } from './article-names.ts';
import { eachFile, type FileFacts } from './folder-files.ts';
import { adoptSpare } from './spare-folder.ts';

/** A file that a build wrote. */
export interface BuiltFile extends FileFacts {
  /** Names everything that the file was made of; empty if that is unknown. */
  readonly key: string;
  /** Its inode, set by {@link compareBuilt} if nobody has changed the file since. */
  ino?: number | undefined;
}

/** The files of a folder by their paths in it, with `/`. */
export type BuiltFiles = ReadonlyMap<string, BuiltFile>;

/**
 * The new content of a folder. A file that is made of the same as in the earlier build is linked instead of written,
 * once {@link settle} was called.
 */
export class Draft {
  readonly folder: string;
  readonly #before: string;
  readonly #earlier: BuiltFiles;
  readonly #spare: string | undefined;
  readonly #kept = new Map<string, BuiltFile>();
  /** The keys of new files, by path. */
  readonly #written = new Map<string, string>();
  readonly #folders = new Set<string>();
  #isSettled = false;

  /**
   * `earlier` are the files of the earlier build, in the folder `before`, after {@link compareBuilt}. The folder
   * `spare`, if it exists, may have most of them already.
   */
  constructor(folder: string, before: string, earlier: BuiltFiles = new Map(), spare?: string) {
    this.folder = folder;
    this.#before = before;
    this.#earlier = earlier;
    this.#spare = spare;
  }

  /** The paths of the files that are new or changed. */
  get written(): readonly string[] {
    return [...this.#written.keys()];
  }

  /** Returns the place of a new file, with a folder for it. */
  place(path: string): string {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (!this.#folders.has(parent)) mkdirSync(join(this.folder, parent), { recursive: true });
    this.#folders.add(parent);
    return `${this.folder}/${path}`;
  }

  /** Returns the place of a file of the earlier build that nobody has changed since. */
  earlier(path: string): string | undefined {
    return this.#earlier.get(path)?.ino !== undefined ? `${this.#before}/${path}` : undefined;
  }

  /**
   * Takes a file from the earlier build and returns `true` if it was made of the same. `key` is empty if it is unknown
   * what it is made of.
   */
  keep(path: string, key: string): boolean {
    const before = this.#earlier.get(path);
    if (before?.ino === undefined || key === '' || before.key !== key) return false;
    if (this.#isSettled) this.#link(path, before);
    else this.#kept.set(path, before);
    return true;
  }

  /** Puts the files that were kept so far into the folder. From then on, each is put there as soon as it is kept. */
  settle(): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    const present = this.#adoptSpare();
    for (const [path, file] of this.#kept) if (!present.has(path)) this.#link(path, file);
  }

  #adoptSpare(): ReadonlySet<string> {
    if (this.#spare === undefined) return new Set();
    if (!this.isMostlyKept) {
      discard(this.#spare);
      return new Set();
    }
    this.#folders.clear();
    return adoptSpare(this.#spare, this.folder, this.#kept, this.#written.keys());
  }

  /** Notes that a file was written. */
  note(path: string, key: string): void {
    this.#kept.delete(path);
    this.#written.set(path, key);
  }

  /** Keeps a file, or writes it with `write`. */
  async add(path: string, key: string, write: (place: string) => Promise<unknown>): Promise<void> {
    if (this.keep(path, key)) return;
    await write(this.place(path));
    this.note(path, key);
  }

  /** Keeps or writes a text. */
  addText(path: string, text: string): Promise<void> {
    return this.add(path, digest(text), (place) => writeFile(place, text));
  }

  /** Reports whether most files were kept, so that the next build can use most of the folder that this one replaces. */
  get isMostlyKept(): boolean {
    return this.#kept.size > this.#written.size;
  }

  #link(path: string, file: BuiltFile): void {
    if (linkOrCopy(`${this.#before}/${path}`, this.place(path))) this.#kept.set(path, file);
    else this.note(path, file.key);
  }

  /** Returns all files. */
  files(): BuiltFiles {
    const files = new Map(this.#kept);
    for (const [path, key] of this.#written) {
      const { size, mtimeMs } = statSync(`${this.folder}/${path}`);
      files.set(path, { key, size, mtimeMs });
    }
    return files;
  }
}

/**
 * Compares a folder with what a build wrote into it, and notes the inodes of the files that nobody has changed since.
 * Returns whether the folder has all of its files unchanged, and no others.
 */
export function compareBuilt(folder: string, built: BuiltFiles): boolean {
  let [intact, others] = [0, 0];
  eachFile(folder, (path, { size, mtimeMs, ino }) => {
    const file = built.get(path);
    if (file !== undefined && file.size === size && file.mtimeMs === mtimeMs) {
      file.ino = ino;
      intact++;
    } else others++;
  });
  return others === 0 && intact === built.size;
}

/** Returns whether the file was linked: some disks have no links, or allow only some for one file. */
function linkOrCopy(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    return false;
  }
}
