import { type FSWatcher, realpathSync, watch } from 'node:fs';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { type ChangeHandlers, FolderPoll } from './folder-poll.ts';
import { OutsideError, pathInside } from './inside.ts';
import { isFolder, isIgnored, listFiles } from './list-folder.ts';

export interface WatcherHandlers extends ChangeHandlers {
  /** The system allows no more watchers, with the error's code. */
  readonly onLimit: (code: string) => void;
}

/**
 * One watcher for each folder below `dir`, and for each link to a file. On Linux the recursive watcher of Node.js
 * watches each file and stops seeing it after an editor replaces it. Folders beyond the system's limit are polled.
 */
export class FolderWatchers {
  readonly #dir: string;
  readonly #handlers: WatcherHandlers;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #poll: FolderPoll;

  constructor(dir: string, handlers: WatcherHandlers) {
    this.#dir = dir;
    this.#handlers = handlers;
    this.#poll = new FolderPoll(dir, handlers);
  }

  /** Watches one folder or the target of a link; `path` is its path inside the watched folder. */
  add(full: string, path: string): void {
    this.#watchers.get(path)?.close();
    try {
      this.#watchers.set(path, isFolder(full) ? this.#watchFolder(full, path) : this.#watchTarget(full, path));
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      // Reading the folder reports a missing or unreadable one.
      if (limits.has(code)) this.#pollInstead(full, path, code);
    }
  }

  #pollInstead(full: string, path: string, code: string): void {
    this.#handlers.onLimit(code);
    try {
      // Polling the folder of a link also sees changes of the link's target.
      this.#poll.add(isFolder(full) ? path : posix.dirname(path).replace(/^\.$/, ''));
    } catch {
      // Reading the folder reports this, too.
    }
  }

  /** Watches again what is now at paths that changed. Throws if `''` is among them and the folder is missing. */
  update(paths: Iterable<string>): void {
    for (const path of paths) {
      const full = join(this.#dir, path);
      const isDirectory = isFolder(full);
      if (isDirectory || this.#watchers.has(path) || this.#poll.has(path)) this.remove(path);
      if (isDirectory || path === '') this.#addBelow(path);
      else if (isLink(full)) this.add(full, path);
    }
  }

  /** Stops watching a folder and all below it; `''` is the whole folder. */
  remove(path: string): void {
    const isBelow = (one: string): boolean => path === '' || one === path || one.startsWith(`${path}/`);
    for (const [watched, watcher] of this.#watchers) {
      if (!isBelow(watched)) continue;
      watcher.close();
      this.#watchers.delete(watched);
    }
    this.#poll.remove(isBelow);
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
    if (pathInside(realpathSync(this.#dir), target) === undefined) throw new OutsideError();
    return watch(dirname(target), (event, name) => {
      if (name === null) onMove(path);
      else if (name === basename(target)) (event === 'change' ? onWrite : onMove)(path);
    }).on('error', () => onMove(path));
  }
}

/** The errors of a system that allows no more watchers: of this user, of this process or for want of memory. */
const limits: ReadonlySet<string> = new Set(['ENOSPC', 'EMFILE', 'ENFILE', 'ENOMEM']);

function isLink(full: string): boolean {
  try {
    return realpathSync(full) !== join(realpathSync(dirname(full)), basename(full));
  } catch {
    return false;
  }
}
