import { join, posix } from 'node:path';
import type { Problem } from '../../../article/problem.ts';
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
} from '../../disk/file-state.ts';
import { isTransient } from '../../disk/folder-reader.ts';
import { type FolderContents, isFolder, isIgnored, listFolder, pathPrefix } from '../../disk/list-folder.ts';
import { unreadable } from '../../disk/read-text.ts';
import { Retries } from '../../disk/retries.ts';
import type { ChangedPaths } from '../../disk/watch-folder.ts';
import { FileStates } from './file-states.ts';

/** The files of a folder and their states. A refresh looks only at the paths that are reported as changed. */
export class FolderListing {
  readonly #dir: string;
  readonly #prefix: string;
  #contents: FolderContents | undefined;
  readonly #files = new FileStates();
  readonly #unlisted = new Map<string, Problem>();
  #paths: readonly string[] = [];
  #folders: ReadonlySet<string> = new Set();
  #changed = 0;
  /** The time and the changes of the current refresh. */
  #now = 0;
  #changes: FileStateChange[] = [];
  /** Folders that could not be listed and files about which nothing is known. */
  readonly retries = new Retries();

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

  /** Returns the state of a file when it was last looked at. */
  stateOf(path: string): FileState | undefined {
    return this.#files.get(path);
  }

  /** Reports whether a file had this state when it was last looked at. */
  hasState(path: string, file: FileState): boolean {
    return this.#files.isSame(path, file);
  }

  /** Reports whether a file may be the same as another, by a link. */
  isShared(path: string): boolean {
    return this.#files.isShared(path);
  }

  /** Reports whether a file is worth reading: it can be read, or reading it gives the error to show. */
  isReadable(path: string): boolean {
    const kind = this.#files.kindOf(path);
    return kind !== undefined && kind !== 'other';
  }

  /** Reports whether a path is or was a folder, including one that could not be listed. */
  #isFolder(path: string): boolean {
    const full = join(this.#dir, path);
    if (isFolder(full) || this.#folders.has(path)) return true;
    return [...this.#unlisted.keys()].some((one) => one === full || one.startsWith(join(full, '/')));
  }

  /**
   * Looks at the paths that changed, or at every path, and returns the changes. The files `unread` count as changed.
   * After an exception, the next refresh returns the changes.
   */
  refresh(named: ChangedPaths, unread: ReadonlySet<string> = new Set()): readonly FileStateChange[] {
    this.#now = Date.now();
    const changes: FileStateChange[] = [];
    this.#changes = changes;
    try {
      if (named === undefined) this.#lookBelow('');
      else for (const path of named.keys()) if (!isIgnored(path)) this.#lookAt(path, unread.has(path));
    } catch (error) {
      for (const { path, before } of changes.toReversed()) this.#set(path, before);
      throw error;
    }
    if (changes.some(({ before, after }) => before === undefined || after === undefined)) {
      const listed = this.#contents?.paths;
      // The watcher keeps this list, too. It has the same paths unless a file vanished meanwhile.
      this.#paths = listed?.length === this.#files.size ? listed : [...this.#files.paths()].sort();
      this.#folders = foldersOf(this.#paths);
    }
    this.#contents = undefined;
    this.#changes = [];
    return changes;
  }

  #set(path: string, file: FileState | undefined): void {
    if (file === undefined) this.#files.delete(path);
    else this.#files.set(path, file);
  }

  #lookAt(path: string, isUnread: boolean): void {
    this.#recordTime(modifiedAt(join(this.#dir, posix.dirname(path)), this.#now));
    const file = this.#fileAt(path);
    if (file === inaccessible && this.#folders.has(path)) return;
    // Listing the folder reports a name that is not UTF-8.
    if (file === undefined && path.includes('\uFFFD')) this.#lookBelow(path.includes('/') ? posix.dirname(path) : '');
    if (this.#isFolder(path)) this.#lookBelow(path);
    // A folder may have replaced a file of the same name.
    const after = isFolder(join(this.#dir, path)) ? undefined : file;
    this.#note(path, after, after !== undefined && (isUnread || isRecent(after, this.#now)));
  }

  #lookBelow(path: string): void {
    const top = join(this.#dir, path);
    const before = [...this.#unlisted.keys()].filter(
      (full) => path === '' || full === top || full.startsWith(join(top, '/')),
    );
    for (const full of before) this.#unlisted.delete(full);
    const { paths, entered, failed } = this.#list(path);
    // A folder's date is when a file in it was created or deleted.
    for (const full of entered) this.#recordTime(modifiedAt(full, this.#now));
    for (const [full, error] of failed) {
      this.#unlisted.set(full, unreadable(full, error));
      if (isTransient(error)) this.retries.fail(full.slice(this.#prefix.length));
    }
    for (const full of before) if (!this.#unlisted.has(full)) this.retries.succeed(full.slice(this.#prefix.length));
    for (const found of paths) this.#note(found, this.#fileAt(found));
    const seen = new Set(paths);
    const unlisted = failed
      .filter(([, error]) => !isMissing(error))
      .map(([full]) => `${full.slice(this.#prefix.length)}/`);
    for (const known of this.#paths) {
      if (seen.has(known) || (path !== '' && !known.startsWith(`${path}/`))) continue;
      if (!unlisted.some((folder) => known.startsWith(folder))) this.#note(known, undefined);
    }
  }

  #list(path: string): FolderContents {
    if (path === '') return this.#contents ?? listFolder(this.#dir);
    const full = join(this.#dir, path);
    try {
      if (isFolder(full)) return listFolder(this.#dir, undefined, path);
      return { paths: [], entered: [], failed: [] };
    } catch (error) {
      return { paths: [], entered: [], failed: [[full, error]] };
    }
  }

  /** Records the state of a file if it changed, or if it `mayHaveChanged` although its state is the same. */
  #note(path: string, after: FileState | undefined, mayHaveChanged = false): void {
    const before = this.#files.get(path);
    if (after === inaccessible) this.retries.fail(path);
    else if (this.retries.has(path) && !this.#unlisted.has(this.#prefix + path)) this.retries.succeed(path);
    // An inaccessible file keeps its last known state.
    if (after === inaccessible && before !== undefined) return;
    if (isSameState(before, after) && !mayHaveChanged) return;
    this.#set(path, after);
    this.#changes.push({ path, before, after });
  }

  #recordTime(changed: number): void {
    this.#changed = Math.max(this.#changed, changed);
  }

  #fileAt(path: string): FileState | undefined {
    const file = readFileState(this.#prefix + path);
    if (file?.kind === 'file') this.#recordTime(endOfSecond(file.mtimeMs, this.#now));
    return file;
  }
}

function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths)
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  return folders;
}
