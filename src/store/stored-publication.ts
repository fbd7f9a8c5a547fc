import type { Edition, Publication } from '../publication/publication.ts';
import { findInTable, type ReadObject } from '../publication/read-stored.ts';
import { editionPath, type StoredFile } from '../publication/stored.ts';
import type { ObjectCache } from './object-cache.ts';
import { objectReader, readBytes, sha256 } from './object-reader.ts';
import { openEdition, parsePointer } from './open-edition.ts';
import type { Bytes, ReadStore } from './store.ts';
import { storeTimeout } from './timeout.ts';

/** Keeps a copy of the last edition, for when the store can't be read. */
export interface EditionBackup {
  find(): Promise<Bytes | undefined>;
  keep(bytes: Bytes): Promise<void>;
}

export interface StoredOptions {
  /** Milliseconds after which a request checks the store for a newer edition; never by default. */
  readonly recheck?: number;
  /** Returns milliseconds since 1970. */
  readonly now?: () => number;
  /** A copy of the last edition, for when the store can't be read. */
  readonly backup?: EditionBackup;
  readonly cache?: ObjectCache;
  /** Identifies the version of the code, since another may render other documents of the same edition. */
  readonly code?: string;
}

/** A publication in a store. */
export interface StoredPublication extends Publication {
  /** Checks the store for a newer edition. Rejects if it can't be read; then the last one stays. */
  refresh(): Promise<void>;
  /** Finds a file of the site by its path, `media/a b.png`, in a store that holds files. */
  file(path: string): Promise<StoredFile | undefined>;
  /** Reports whether the edition was published with its files. */
  hasFiles(): Promise<boolean>;
}

/** Milliseconds after which a reader of a store checks it for a newer edition. */
export const recheck = 10_000;

/** Milliseconds until the next attempt after an edition could not be read. */
const retryDelay = 10_000;

interface Current {
  readonly name: string;
  readonly edition: Edition;
  readonly hasFiles: boolean;
  file(path: string): Promise<StoredFile | undefined>;
}

/**
 * Makes a publication of stored pages, each read when a request needs it.
 *
 * If no newer edition can be read, the last one stays. Throws {@link Unavailable} if there is none, or if an object
 * can't be read.
 */
export function storedPublication(store: ReadStore, options: StoredOptions = {}): StoredPublication {
  const { recheck = Number.POSITIVE_INFINITY, now = Date.now, backup, code = '' } = options;
  const readObject = objectReader(store, options.cache);
  let current: Current | undefined;
  /** When the store is checked next. */
  let until = Number.NEGATIVE_INFINITY;

  const open = async (bytes: Bytes): Promise<Current> => {
    const name = `${(await sha256(bytes)).slice(0, 16)}${code}`;
    // Stays the same object while nothing changes.
    return current?.name === name ? current : openCurrent(bytes, name, readObject);
  };
  const refresh = async (): Promise<void> => {
    const bytes = await readBytes(store, editionPath, false);
    const newest = await open(bytes);
    if (newest !== current) await backup?.keep(bytes);
    current = newest;
  };
  const readNow = async (): Promise<Current> => {
    // Other requests use the current edition meanwhile.
    until = now() + storeTimeout;
    try {
      await refresh();
      until = now() + recheck;
    } catch (error) {
      const bytes = current === undefined ? await backup?.find() : undefined;
      if (bytes !== undefined) current = await open(bytes);
      else if (current === undefined) throw error;
      until = now() + Math.min(recheck, retryDelay);
    }
    return current as Current;
  };
  const newest = (): Current | Promise<Current> => (current !== undefined && now() < until ? current : readNow());
  return {
    refresh,
    edition: () => {
      const found = newest();
      return found instanceof Promise ? found.then(({ edition }) => edition) : found.edition;
    },
    file: async (path) => (await newest()).file(path),
    hasFiles: async () => (await newest()).hasFiles,
  };
}

function openCurrent(bytes: Bytes, name: string, read: ReadObject): Current {
  const stored = parsePointer(bytes);
  const { files } = stored;
  return {
    name,
    edition: openEdition(stored, name, read),
    hasFiles: files !== undefined,
    file: async (path) => (files === undefined ? undefined : findInTable<StoredFile>(read, files, path)),
  };
}
