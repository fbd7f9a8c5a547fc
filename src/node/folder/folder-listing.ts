import { join, posix } from 'node:path';
import type { Problem } from '../../article/problem.ts';
import {
  endOfSecond,
  type FileState,
  type FileStateChange,
  inaccessible,
  isMissing,
  isRecent,
  isSameState,
  modifiedAt,
  readFileState,
} from '../disk/file-state.ts';
import {
  type FolderContents,
  isFolder,
  isIgnored,
  listFiles,
  pathPrefix,
  type WalkHandlers,
} from '../disk/list-folder.ts';
import { unreadable } from '../disk/read-text.ts';
import type { ChangedPaths } from '../disk/watch-folder.ts';

/** Records the current state of a file. `isNamed` is set if the path was reported as changed. */
type Note = (path: string, after: FileState | undefined, isNamed: boolean) => void;

/** The files of a folder and their states. A refresh looks only at the paths that are reported as changed. */
export class FolderListing {
  readonly #dir: string;
  readonly #prefix: string;
  #contents: FolderContents | undefined;
  readonly #files = new Map<string, FileState>();
  readonly #unlisted = new Map<string, Problem>();
  #paths: readonly string[] = [];
  #folders: ReadonlySet<string> = new Set();
  #changed = 0;

  /** `contents` replaces the first listing, if the folder was listed already. */
  constructor(dir: string, contents?: FolderContents) {
    this.#dir = dir;
    this.#prefix = pathPrefix(dir);
    this.#contents = contents;
  }

  /** All files, as sorted paths with `/`. */
  get paths(): readonly string[] {
    return this.#paths;
  }

  /** Folders that cannot be listed, and names that are not UTF-8. */
  get problems(): readonly Problem[] {
    return [...this.#unlisted.values()];
  }

  /** When a file or folder last changed, as {@link modifiedAt} gives it. */
  get changed(): number {
    return this.#changed;
  }

  /** Reports whether a file is worth reading: it can be read, or reading it gives the error to show. */
  isReadable(path: string): boolean {
    const kind = this.#files.get(path)?.kind;
    return kind !== undefined && kind !== 'other';
  }

  /** Reports whether a path is or was a folder, including one that could not be listed. */
  #isFolder(path: string): boolean {
    const full = join(this.#dir, path);
    if (isFolder(full) || this.#folders.has(path)) return true;
    return [...this.#unlisted.keys()].some((one) => one === full || one.startsWith(join(full, '/')));
  }

  /** Looks at the paths that changed, or at all, and returns the changes. After an exception, the next refresh returns them. */
  refresh(named: ChangedPaths): readonly FileStateChange[] {
    const now = Date.now();
    const changes: FileStateChange[] = [];
    const note: Note = (path, after, isNamed) => {
      const before = this.#files.get(path);
      // An inaccessible file keeps its last known state.
      if (after === inaccessible && before !== undefined) return;
      if (isSameState(before, after) && !(isNamed && after !== undefined && isRecent(after, now))) return;
      this.#set(path, after);
      changes.push({ path, before, after });
    };
    try {
      if (named === undefined) this.#lookBelow('', now, note);
      else for (const path of named.keys()) if (!isIgnored(path)) this.#lookAt(path, now, note);
    } catch (error) {
      for (const { path, before } of changes.toReversed()) this.#set(path, before);
      throw error;
    }
    if (changes.some(({ before, after }) => before === undefined || after === undefined)) {
      this.#paths = [...this.#files.keys()].sort();
      this.#folders = foldersOf(this.#paths);
    }
    this.#contents = undefined;
    return changes;
  }

  #set(path: string, file: FileState | undefined): void {
    if (file === undefined) this.#files.delete(path);
    else this.#files.set(path, file);
  }

  #lookAt(path: string, now: number, note: Note): void {
    this.#recordTime(modifiedAt(join(this.#dir, posix.dirname(path)), now));
    const file = this.#fileAt(path, now);
    if (file === inaccessible && this.#folders.has(path)) return;
    // Listing the folder reports a name that is not UTF-8.
    if (file === undefined && path.includes('\uFFFD'))
      this.#lookBelow(path.includes('/') ? posix.dirname(path) : '', now, note);
    if (this.#isFolder(path)) this.#lookBelow(path, now, note);
    // A folder may have replaced a file of the same name.
    note(path, isFolder(join(this.#dir, path)) ? undefined : file, true);
  }

  #lookBelow(path: string, now: number, note: Note): void {
    const prefix = path === '' ? '' : `${path}/`;
    const isInside = (full: string): boolean => path === '' || full.startsWith(join(this.#dir, prefix));
    for (const folder of this.#unlisted.keys())
      if (isInside(folder) || folder === join(this.#dir, path)) this.#unlisted.delete(folder);
    const seen = new Set<string>();
    const unlisted: string[] = [];
    const walk = {
      // A folder's date is when a file in it was created or deleted.
      onEnter: (full: string) => this.#recordTime(modifiedAt(full, now)),
      onError: (full: string, error: unknown) => {
        this.#unlisted.set(full, unreadable(full, error));
        if (!isMissing(error)) unlisted.push(`${full.slice(this.#prefix.length)}/`);
      },
    };
    const isThere = path === '' || isFolder(join(this.#dir, path));
    const all = isThere ? this.#list(walk, path) : [];
    for (const found of all) {
      seen.add(found);
      note(found, this.#fileAt(found, now), false);
    }
    for (const known of this.#paths)
      if (
        known.startsWith(prefix) &&
        !seen.has(known) &&
        !unlisted.some((folder) => known.startsWith(folder))
      )
        note(known, undefined, false);
  }

  #list(walk: Required<WalkHandlers>, path: string): readonly string[] {
    if (path === '' && this.#contents !== undefined) {
      const { paths, entered, failed } = this.#contents;
      for (const full of entered) walk.onEnter(full, '');
      for (const failure of failed) walk.onError(...failure);
      return paths;
    }
    if (path === '') return listFiles(this.#dir, walk);
    try {
      return listFiles(this.#dir, walk, path);
    } catch (error) {
      walk.onError(join(this.#dir, path), error);
      return [];
    }
  }

  #recordTime(changed: number): void {
    this.#changed = Math.max(this.#changed, changed);
  }

  #fileAt(path: string, now: number): FileState | undefined {
    const file = readFileState(this.#prefix + path);
    if (file?.kind === 'file') this.#recordTime(endOfSecond(file.mtimeMs, now));
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
