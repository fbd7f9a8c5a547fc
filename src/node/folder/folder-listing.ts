import { join, posix } from 'node:path';
import type { Problem } from '../../article/problem.ts';
import { isFolder, isPassedOver, type Listed, listFiles, prefixOf, type Walk } from '../disk/list-files.ts';
import {
  describeFile,
  type FileChange,
  isEqual,
  isFresh,
  type ListedFile,
  leadsNowhere,
  unseen,
} from '../disk/listed-file.ts';
import { changeOf, endOfSecond, unreadable } from '../disk/read-text.ts';
import type { ChangedPaths } from '../disk/watch-folder.ts';

/** Is told what stands at a path now, and whether that path was said to have changed. */
type Note = (path: string, after: ListedFile | undefined, isNamed: boolean) => void;

/** The files of a folder, of which only those are looked at again that are said to have changed. */
export class FolderListing {
  readonly #dir: string;
  readonly #prefix: string;
  #listed: Listed | undefined;
  readonly #files = new Map<string, ListedFile>();
  readonly #unlisted = new Map<string, Problem>();
  #paths: readonly string[] = [];
  #folders: ReadonlySet<string> = new Set();
  #changed = 0;

  /** `listed` has the paths for the first look, if the folder has been listed already. */
  constructor(dir: string, listed?: Listed) {
    this.#dir = dir;
    this.#prefix = prefixOf(dir);
    this.#listed = listed;
  }

  /** All paths, with `/`, in the order of their names. */
  get paths(): readonly string[] {
    return this.#paths;
  }

  /** The folders that cannot be listed, and the files and folders that cannot be asked for. */
  get problems(): readonly Problem[] {
    return [...this.#unlisted.values()];
  }

  /** When a file or folder last changed, in milliseconds since 1970, as {@link changeOf} gives it. */
  get changed(): number {
    return this.#changed;
  }

  /** Tells whether a path is that of a file that can be read, or of one whose reading says why it cannot. */
  isReadable(path: string): boolean {
    const kind = this.#files.get(path)?.kind;
    return kind !== undefined && kind !== 'other';
  }

  /** Tells whether a path is that of a folder, or was, also of one that could not be listed. */
  #isFolder(path: string): boolean {
    const full = join(this.#dir, path);
    if (isFolder(full) || this.#folders.has(path)) return true;
    return [...this.#unlisted.keys()].some((one) => one === full || one.startsWith(join(full, '/')));
  }

  /** Looks at what changed, or at everything, and lists what is not as it was; where it throws, the next look lists that. */
  look(named: ChangedPaths): readonly FileChange[] {
    const now = Date.now();
    const changes: FileChange[] = [];
    const note: Note = (path, after, isNamed) => {
      const before = this.#files.get(path);
      // Of what can't be seen what was known holds.
      if (after === unseen && before !== undefined) return;
      if (isEqual(before, after) && !(isNamed && after !== undefined && isFresh(after, now))) return;
      this.#set(path, after);
      changes.push({ path, before, after });
    };
    try {
      if (named === undefined) this.#lookBelow('', now, note);
      else for (const path of named.keys()) if (!isPassedOver(path)) this.#lookAt(path, now, note);
    } catch (error) {
      for (const { path, before } of changes.toReversed()) this.#set(path, before);
      throw error;
    }
    if (changes.some(({ before, after }) => before === undefined || after === undefined)) {
      this.#paths = [...this.#files.keys()].sort();
      this.#folders = foldersOf(this.#paths);
    }
    this.#listed = undefined;
    return changes;
  }

  #set(path: string, file: ListedFile | undefined): void {
    if (file === undefined) this.#files.delete(path);
    else this.#files.set(path, file);
  }

  #lookAt(path: string, now: number, note: Note): void {
    this.#saw(changeOf(join(this.#dir, posix.dirname(path)), now));
    const file = this.#fileAt(path, now);
    if (file === unseen && this.#folders.has(path)) return;
    // A name that is no UTF-8 is told of when its folder is listed.
    if (file === undefined && path.includes('\uFFFD'))
      this.#lookBelow(path.includes('/') ? posix.dirname(path) : '', now, note);
    if (this.#isFolder(path)) this.#lookBelow(path, now, note);
    // Also a folder of this name may have taken the place of a file.
    note(path, isFolder(join(this.#dir, path)) ? undefined : file, true);
  }

  #lookBelow(path: string, now: number, note: Note): void {
    const prefix = path === '' ? '' : `${path}/`;
    const isInside = (full: string): boolean => path === '' || full.startsWith(join(this.#dir, prefix));
    for (const folder of this.#unlisted.keys())
      if (isInside(folder) || folder === join(this.#dir, path)) this.#unlisted.delete(folder);
    const seen = new Set<string>();
    const closed: string[] = [];
    const walk = {
      // A folder has the date at which a file in it came or went.
      enter: (full: string) => this.#saw(changeOf(full, now)),
      fail: (full: string, error: unknown) => {
        this.#unlisted.set(full, unreadable(full, error));
        if (!leadsNowhere(error)) closed.push(`${full.slice(this.#prefix.length)}/`);
      },
    };
    const isThere = path === '' || isFolder(join(this.#dir, path));
    const all = isThere ? this.#list(walk, path) : [];
    for (const found of all) {
      seen.add(found);
      note(found, this.#fileAt(found, now), false);
    }
    for (const known of this.#paths)
      if (known.startsWith(prefix) && !seen.has(known) && !closed.some((folder) => known.startsWith(folder)))
        note(known, undefined, false);
  }

  #list(walk: Required<Walk>, path: string): readonly string[] {
    if (path === '' && this.#listed !== undefined) {
      const { paths, entered, failed } = this.#listed;
      for (const full of entered) walk.enter(full, '');
      for (const failure of failed) walk.fail(...failure);
      return paths;
    }
    if (path === '') return listFiles(this.#dir, walk);
    try {
      return listFiles(this.#dir, walk, path);
    } catch (error) {
      walk.fail(join(this.#dir, path), error);
      return [];
    }
  }

  #saw(changed: number): void {
    this.#changed = Math.max(this.#changed, changed);
  }

  #fileAt(path: string, now: number): ListedFile | undefined {
    const file = describeFile(this.#prefix + path);
    if (file?.kind === 'file') this.#saw(endOfSecond(file.mtimeMs, now));
    return file;
  }
}

function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths)
    for (
      let end = path.lastIndexOf('/');
      end !== -1 && !folders.has(path.slice(0, end));
      end = path.lastIndexOf('/', end - 1)
    )
      folders.add(path.slice(0, end));
  return folders;
}
