import { type FSWatcher, realpathSync, watch } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isFolder, isIgnored, listFiles } from './list-folder.ts';

export interface WatcherHandlers {
  /** A file was written into. */
  readonly onWrite: (path: string) => void;
  /** Something was created, deleted or replaced, or an unknown change happened. */
  readonly onMove: (path: string) => void;
  /** The system allows no more watchers. */
  readonly onError: (error: Error) => void;
}

/**
 * One watcher for each folder below `dir`, and for each link to a file. On Linux the recursive watcher of Node.js
 * watches each file and stops seeing it after an editor replaces it.
 */
export class FolderWatchers {
  readonly #dir: string;
  readonly #handlers: WatcherHandlers;
  readonly #watchers = new Map<string, FSWatcher>();

  constructor(dir: string, handlers: WatcherHandlers) {
    this.#dir = dir;
    this.#handlers = handlers;
  }

  /** Watches one folder or the target of a link; `path` is its path inside the watched folder. */
  add(full: string, path: string): void {
    this.#watchers.get(path)?.close();
    try {
      this.#watchers.set(path, isFolder(full) ? this.#watchFolder(full, path) : this.#watchTarget(full, path));
    } catch (error) {
      // Reading the folder reports a missing or unreadable one.
      if (error instanceof Error && /ENOSPC|EMFILE/.test(error.message)) this.#handlers.onError(error);
    }
  }

  /** Watches again what is now at paths that changed. Throws if `''` is among them and the folder is missing. */
  update(paths: Iterable<string>): void {
    for (const path of paths) {
      const full = join(this.#dir, path);
      const isDirectory = isFolder(full);
      if (isDirectory || this.#watchers.has(path)) this.remove(path);
      if (isDirectory || path === '') this.#addBelow(path);
      else if (isLink(full)) this.add(full, path);
    }
  }

  /** Stops watching a folder and all below it; `''` is the whole folder. */
  remove(path: string): void {
    for (const [watched, watcher] of this.#watchers) {
      if (path !== '' && watched !== path && !watched.startsWith(`${path}/`)) continue;
      watcher.close();
      this.#watchers.delete(watched);
    }
  }

  #addBelow(path: string): void {
    try {
      listFiles(this.#dir, { onEnter: (...entered) => this.add(...entered), onError: () => {} }, path);
    } catch (error) {
      // Reading the folder reports a subfolder that cannot be listed.
      if (path === '') throw error;
    }
  }

  #watchFolder(full: string, path: string): FSWatcher {
    const { onWrite, onMove } = this.#handlers;
    const own = basename(resolve(full));
    return watch(resolve(full), (event, name) => {
      // The system gives the folder's own name when the folder is moved or deleted.
      if (name === null || name === own) onMove(path);
      if (name === null) return;
      const inner = path === '' ? name : `${path}/${name}`;
      if (!isIgnored(inner)) (event === 'change' ? onWrite : onMove)(inner);
    }).on('error', () => onMove(path));
  }

  /** Watches the folder of a link's target, because a save may replace the target. */
  #watchTarget(full: string, path: string): FSWatcher {
    const { onWrite, onMove } = this.#handlers;
    const target = realpathSync(full);
    return watch(dirname(target), (event, name) => {
      if (name === null) onMove(path);
      else if (name === basename(target)) (event === 'change' ? onWrite : onMove)(path);
    }).on('error', () => onMove(path));
  }
}

function isLink(full: string): boolean {
  try {
    return realpathSync(full) !== join(realpathSync(dirname(full)), basename(full));
  } catch {
    return false;
  }
}
