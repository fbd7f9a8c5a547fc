import { realpathSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { storedFolder } from '../../publication/stored/stored.ts';
import { LostObject } from '../../store/object-reader.ts';
import type { Bytes, FileStore, WriteStore } from '../../store/store.ts';
import { streamFile } from '../disk/stream-file.ts';
import { codeOf, fileError } from '../disk/write/file-error.ts';
import { takeLock } from '../disk/write/folder-lock.ts';
import { discard, partPath } from '../disk/write/temporary-names.ts';
import { forEachConcurrently } from '../terminal/progress.ts';
import { isEqual } from './replace-unguarded.ts';

/** Opens a folder as a store. Each key is a path inside it; the folder is made when something is published. */
export function folderStore(folder: string): WriteStore & FileStore {
  const root = resolve(folder);
  const pathOf = (key: string): string => join(root, key);
  const home = join(root, storedFolder);
  const get = async (key: string): Promise<Bytes | undefined> => {
    try {
      // A copy, because small files share a buffer.
      return new Uint8Array(await readFile(pathOf(key)));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  const made = new Map<string, Promise<unknown>>();
  const makeFolder = async (path: string): Promise<void> => {
    const making = made.get(path) ?? mkdir(path, { recursive: true });
    made.set(path, making);
    await making;
  };
  /** Writes a file whole or not at all. Its unfinished part is in the one folder whose leftovers are removed. */
  const write = async (key: string, content: Bytes): Promise<void> => {
    const path = pathOf(key);
    const part = partPath(home);
    try {
      await makeFolder(dirname(path));
      await writeFile(part, content, { flag: 'wx', flush: true });
      await rename(part, path);
    } catch (error) {
      throw fileError(path, error);
    } finally {
      discard(part);
    }
  };
  return {
    name: root,
    takesFiles: true,
    listsFast: true,
    get,
    stream: async (key, start, end) => {
      const path = realpathSync(pathOf(key));
      // Before the answer begins.
      if (statSync(path).size <= end) throw new LostObject(`${key} is damaged: it is too short`);
      return streamFile(path, start, end);
    },
    list: async (prefix) => {
      const entries = await readdir(pathOf(prefix), { recursive: true, withFileTypes: true }).catch(
        (error: unknown) => {
          if (isMissing(error)) return [];
          throw error;
        },
      );
      const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
      const found = new Map<string, number>();
      await forEachConcurrently(paths, atOnce, async (path) => {
        found.set(relative(root, path).split(sep).join('/'), (await stat(path)).size);
      });
      return found;
    },
    put: (keys, read, onProgress) =>
      forEachConcurrently(keys, atOnce, async (key) => write(key, await read(key)), onProgress),
    replace: async (key, content, before) => {
      await makeFolder(home);
      const release = await lockOf(home, root);
      try {
        if (!isEqual(await get(key), before)) return false;
        await write(key, content);
        return true;
      } finally {
        release();
      }
    },
    remove: (keys) => forEachConcurrently(keys, atOnce, (key) => rm(pathOf(key), { force: true })),
    close: async () => {},
  };
}

/** Files that are written at a time. Disks flush several in the time of one. */
const atOnce = 16;

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** Milliseconds between two attempts to take the lock, and how many there are. A run holds it for one write. */
const lockPause = 50;
const lockAttempts = 100;

/** Waits for the lock of a store, and returns the function that releases it. */
async function lockOf(home: string, root: string): Promise<() => void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return takeLock(join(home, 'lock'), root);
    } catch (error) {
      if (attempt === lockAttempts || codeOf(error) !== undefined) throw error;
      await wait(lockPause);
    }
  }
}
