import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isFolder } from '../../disk/list-folder.ts';

/** The most folders to watch; the system's limit is for all programs of a user. */
const most = 1000;
/** Milliseconds without another change before the changes are reported. */
const pause = 50;

/**
 * Watches the folders with files of a site that articles refer to, not the whole site: Jekyll's static folder also
 * contains its output.
 */
export class StaticWatch {
  readonly #dir: string;
  readonly #onChange: (paths: ReadonlySet<string>) => void;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #files = new Set<string>();
  #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** `onChange` is called with files below `dir` that may have changed. */
  constructor(dir: string, onChange: (paths: ReadonlySet<string>) => void) {
    this.#dir = dir;
    this.#onChange = onChange;
  }

  /** Watches a file, or where it would be. */
  add(path: string): void {
    if (this.#files.has(path)) return;
    this.#files.add(path);
    this.#watchFolderOf(path);
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** Watches the nearest folder above a path that exists. */
  #watchFolderOf(path: string): void {
    let folder = dirname(path);
    while (folder !== '.' && !isFolder(join(this.#dir, folder))) folder = dirname(folder);
    if (this.#watchers.has(folder) || this.#watchers.size >= most) return;
    try {
      const watcher = watch(join(this.#dir, folder), (_, name) => this.#note(folder, name));
      this.#watchers.set(folder, watcher);
      watcher.on('error', () => this.#drop(folder));
    } catch {
      // Changes in a folder that can't be watched appear when the article changes.
    }
  }

  #note(folder: string, name: string | null): void {
    // The system reports the folder's own name when the folder is moved or deleted.
    const isGone = name === null || (name === basename(folder) && !isFolder(join(this.#dir, folder)));
    const at = isGone ? folder : join(folder, name);
    const isAt = (path: string): boolean => path === at || at === '.' || path.startsWith(`${at}/`);
    const paths = [...this.#files].filter(isAt);
    if (paths.length === 0) return;
    // A folder on the way to a file was made, replaced or removed.
    if (paths.some((path) => path !== at)) {
      for (const watched of [...this.#watchers.keys()])
        if ((isGone || watched !== folder) && isAt(watched)) this.#drop(watched);
      for (const path of paths) this.#watchFolderOf(path);
    }
    for (const path of paths) this.#changed.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const changed = this.#changed;
      this.#changed = new Set();
      this.#onChange(changed);
    }, pause);
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }
}
