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

/** What a file looked like: whether it was replaced, and whether it was written into. */
interface Look {
  readonly inode: string;
  readonly written: string;
}

type Names = ReadonlyMap<string, Look>;

/** Looks for changes in the folders that the system does not watch. One folder after the other, so nothing waits. */
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

  /** Polls a folder, without those in it, until it is deleted or removed. */
  add(path: string): void {
    const full = join(this.#dir, path);
    const names = new Map<string, Look>();
    for (const name of readdirSync(full)) {
      try {
        names.set(name, lookOf(statSync(join(full, name))));
      } catch {
        // The name counts as new once it can be looked at.
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

/** The date of a folder says nothing that the dates of its files and the rounds through its folders do not say. */
function lookOf(stats: Stats): Look {
  const { dev, ino, mtimeMs, ctimeMs, size } = stats;
  return { inode: inodeOf({ dev, ino }), written: stats.isDirectory() ? '' : `${mtimeMs}-${ctimeMs}-${size}` };
}
