import { readdirSync, type Stats, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inodeOf } from './file-state.ts';
import { isIgnored } from './list-folder.ts';

/** Milliseconds between two rounds, and how much longer a round's pause is than the round. */
const pauses = { shortest: 2000, factor: 10 };

export interface ChangeHandlers {
  /** A file was written into. */
  readonly onWrite: (path: string) => void;
  /** Something was created, deleted or replaced, or an unknown change happened. */
  readonly onMove: (path: string) => void;
}

/** The state of a file: `inode` changes when it is replaced, `written` when it is written into. */
interface Look {
  readonly inode: string;
  readonly written: string;
}

type Names = ReadonlyMap<string, Look>;

/**
 * Polls the folders that the system does not watch, one after the other, so that the server is never blocked for long.
 */
export class FolderPoll {
  readonly #dir: string;
  readonly #handlers: ChangeHandlers;
  readonly #shortestPause: number;
  readonly #folders = new Map<string, Names>();
  #timer: NodeJS.Timeout | undefined;

  constructor(dir: string, handlers: ChangeHandlers, shortestPause = pauses.shortest) {
    this.#dir = dir;
    this.#handlers = handlers;
    this.#shortestPause = shortestPause;
  }

  has(path: string): boolean {
    return this.#folders.has(path);
  }

  /** Polls a folder, without its subfolders, until it is deleted or removed. */
  add(path: string): void {
    const full = join(this.#dir, path);
    const names = new Map<string, Look>();
    for (const name of readdirSync(full)) {
      try {
        names.set(name, lookOf(statSync(join(full, name))));
      } catch {
        // It counts as new once its state can be read.
      }
    }
    this.#folders.set(path, names);
    this.#timer ??= this.#schedule(this.#shortestPause);
  }

  /** Stops polling the folders that `isRemoved` selects. */
  remove(isRemoved: (path: string) => boolean): void {
    for (const path of this.#folders.keys()) if (isRemoved(path)) this.#folders.delete(path);
    if (this.#folders.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => void this.#round(), milliseconds).unref();
  }

  async #round(): Promise<void> {
    const start = performance.now();
    for (const [path, before] of [...this.#folders]) {
      const after = await this.#look(path);
      if (this.#folders.get(path) !== before) continue;
      if (after === undefined) this.#handlers.onMove(path);
      else this.#compare(path, before, after);
    }
    if (this.#timer === undefined) return;
    const duration = performance.now() - start;
    this.#timer = this.#schedule(Math.max(this.#shortestPause, pauses.factor * duration));
  }

  async #look(path: string): Promise<Names | undefined> {
    const full = join(this.#dir, path);
    const names = new Map<string, Look>();
    try {
      for (const name of await readdir(full)) {
        const stats = await stat(join(full, name)).catch(() => undefined);
        if (stats !== undefined) names.set(name, lookOf(stats));
      }
      return names;
    } catch {
      return undefined;
    }
  }

  #compare(path: string, before: Names, after: Names): void {
    this.#folders.set(path, after);
    const { onWrite, onMove } = this.#handlers;
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const inner = path === '' ? name : `${path}/${name}`;
      const [old, now] = [before.get(name), after.get(name)];
      if (isIgnored(inner)) continue;
      if (old?.inode !== now?.inode) onMove(inner);
      else if (old?.written !== now?.written) onWrite(inner);
    }
  }
}

/** Leaves out the date of a folder: its files and subfolders are polled themselves. */
function lookOf(stats: Stats): Look {
  const { dev, ino, mtimeMs, ctimeMs, size } = stats;
  return { inode: inodeOf({ dev, ino }), written: stats.isDirectory() ? '' : `${mtimeMs}-${ctimeMs}-${size}` };
}
