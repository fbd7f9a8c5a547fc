import type { Edition, Publication } from '../publication/publication.ts';
import { findInTable } from '../publication/stored/read-stored.ts';
import type { StoredFile } from '../publication/stored/stored.ts';
import type { ObjectCache } from './object-cache.ts';
import { type ObjectReader, objectReader, readPointer, sha256 } from './object-reader.ts';
import { openEdition, parsePointer } from './open-edition.ts';
import type { Bytes, ReadStore } from './store.ts';
import { settlesSoon, storeTimeout } from './timeout.ts';

/** Keeps a copy of the last edition, for when the store can't be read. */
export interface EditionBackup {
  find(): Promise<Bytes | undefined>;
  keep(bytes: Bytes): Promise<void>;
}

export interface StoredOptions {
  /** Milliseconds after which {@link StoredPublication.refreshIfDue} checks the store again; never by default. */
  readonly recheck?: number;
  /** Returns milliseconds since 1970. */
  readonly now?: () => number;
  /** A copy of the last edition, for when the store can't be read. */
  readonly backup?: EditionBackup;
  readonly cache?: ObjectCache;
  /** Identifies the version of the code, since another may render other documents of the same edition. */
  readonly code?: string;
}

/** A check for a newer edition. */
export interface Look {
  /** Whether nobody has asked for so long that the edition may be old. */
  readonly isOverdue: boolean;
  /** Resolves at its end, also if the store can't be read. */
  readonly done: Promise<void>;
}

/** A publication in a store. */
export interface StoredPublication extends Publication {
  /** Checks the store for a newer edition. Rejects if it can't be read; then the last one stays. */
  refresh(): Promise<void>;
  /** Checks the store if the last check is long ago, else returns `undefined`. Requests need not wait for it. */
  refreshIfDue(): Look | undefined;
  /** Finds a file of the site by its path, `media/a b.png`, in a store that holds files. */
  file(path: string): Promise<StoredFile | undefined>;
  /** Reports whether the edition was published with its files. */
  hasFiles(): Promise<boolean>;
}

/** Milliseconds after which a reader of a store checks it for a newer edition. */
export const recheck = 10_000;

/** Milliseconds until the next attempt after an edition could not be read. */
const retryDelay = 10_000;

/** Milliseconds without a check, beyond {@link StoredOptions.recheck}, after which an edition may be old. */
const idleLimit = 60_000;

interface Current {
  readonly name: string;
  readonly edition: Edition;
  readonly hasFiles: boolean;
  file(path: string): Promise<StoredFile | undefined>;
}

/**
 * Makes a publication of stored pages, each read when a request needs it.
 *
 * The first edition is read when it is needed, later ones by `refreshIfDue` and `refresh`, so that requests don't wait.
 * If no newer edition can be read, the last one stays. The backup replaces a store that is slow or fails at the start.
 * Throws {@link Unavailable} if there is none, or if an object can't be read.
 */
export function storedPublication(store: ReadStore, options: StoredOptions = {}): StoredPublication {
  const { recheck = Number.POSITIVE_INFINITY, now = Date.now, backup, code = '' } = options;
  const reader = objectReader(store, options.cache);
  let current: Current | undefined;
  /** When the store is checked next. */
  let until = Number.NEGATIVE_INFINITY;

  const open = async (bytes: Bytes): Promise<Current> => {
    const name = `${(await sha256(bytes)).slice(0, 16)}${code}`;
    // Stays the same object while nothing changes.
    return current?.name === name ? current : openCurrent(bytes, name, reader);
  };
  const refresh = async (): Promise<void> => {
    const bytes = await readPointer(store);
    const newest = await open(bytes);
    if (newest !== current) await backup?.keep(bytes);
    current = newest;
  };
  const look = async (): Promise<void> => {
    // Only one request checks at a time.
    until = now() + storeTimeout;
    try {
      await refresh();
      until = now() + recheck;
    } catch (error) {
      until = now() + Math.min(recheck, retryDelay);
      throw error;
    }
  };
  const readFirst = async (): Promise<Current> => {
    const looking = look();
    try {
      if (backup === undefined || (await settlesSoon(looking))) await looking;
    } catch (error) {
      if (backup === undefined) throw error;
    }
    if (current === undefined) {
      const bytes = await backup?.find();
      if (bytes === undefined) await looking;
      else current ??= await open(bytes);
    }
    return current as unknown as Current;
  };
  const newest = (): Current | Promise<Current> => current ?? readFirst();
  return {
    refresh,
    refreshIfDue: () => {
      if (current === undefined || now() < until) return undefined;
      const isOverdue = now() >= until + idleLimit;
      // The last edition stays.
      return { isOverdue, done: look().catch(() => {}) };
    },
    edition: () => {
      const found = newest();
      return found instanceof Promise ? found.then(({ edition }) => edition) : found.edition;
    },
    file: async (path) => (await newest()).file(path),
    hasFiles: async () => (await newest()).hasFiles,
  };
}

function openCurrent(bytes: Bytes, name: string, { read, readArticle }: ObjectReader): Current {
  const stored = parsePointer(bytes);
  const { files } = stored;
  return {
    name,
    edition: openEdition(stored, name, read, readArticle),
    hasFiles: files !== undefined,
    file: async (path) => (files === undefined ? undefined : findInTable<StoredFile>(read, files, path)),
  };
}
