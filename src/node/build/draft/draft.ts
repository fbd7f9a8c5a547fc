import { constants, copyFileSync, linkSync, mkdirSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../disk/write/file-error.ts';
import { digest } from './article-names.ts';
import { type FileFacts, filesIn } from './folder-files.ts';

/** A file that a build wrote. */
export interface BuiltFile extends FileFacts {
  /** Names everything that the file was made of; empty if that is unknown. */
  readonly key: string;
}

/** The files of a folder by their paths in it, with `/`. */
export type BuiltFiles = ReadonlyMap<string, BuiltFile>;

/**
 * The new content of a folder. A file that is made of the same as in the earlier build is linked instead of written.
 */
export class Draft {
  readonly folder: string;
  readonly #before: string;
  readonly #built: BuiltFiles;
  readonly #kept = new Map<string, BuiltFile>();
  /** The keys of new files, by path. */
  readonly #written = new Map<string, string>();
  readonly #folders = new Set<string>();

  /** `built` are the files of the earlier build, in the folder `before`, that nobody has changed since. */
  constructor(folder: string, before: string, built: BuiltFiles) {
    this.folder = folder;
    this.#before = before;
    this.#built = built;
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

  /**
   * Takes a file from the earlier build and returns `true` if it was made of the same. `key` is empty if it is unknown
   * what it is made of.
   */
  keep(path: string, key: string): boolean {
    const before = this.#built.get(path);
    if (before === undefined || key === '' || before.key !== key) return false;
    if (linkOrCopy(`${this.#before}/${path}`, this.place(path))) this.#kept.set(path, before);
    else this.#written.set(path, key);
    return true;
  }

  /** Notes that a file was written. */
  note(path: string, key: string): void {
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

/** Compares a folder with what a build wrote into it. */
export function compareBuilt(folder: string, built: BuiltFiles): { intact: BuiltFiles; isWhole: boolean } {
  const intact = new Map<string, BuiltFile>();
  let others = 0;
  for (const [path, { size, mtimeMs }] of filesIn(folder)) {
    const file = built.get(path);
    if (file !== undefined && file.size === size && file.mtimeMs === mtimeMs) intact.set(path, file);
    else others++;
  }
  return { intact, isWhole: others === 0 && intact.size === built.size };
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
