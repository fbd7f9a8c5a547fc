import type { Article } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { articleSlug } from '../publication/address.ts';
import { editionOf } from '../publication/edition.ts';
import { normalizeOldPath } from '../publication/old-addresses.ts';
import {
  type ArticleRun,
  type Edition,
  type ListedSlice,
  type Publication,
  Unavailable,
} from '../publication/publication.ts';
import { findInTable, listTable, type ReadObject, readBlocks } from '../publication/read-stored.ts';
import { slicePath } from '../publication/slice.ts';
import {
  editionPath,
  gone,
  type StoredEdition,
  type StoredRun,
  type StoredSlice,
  storedForm,
} from '../publication/stored.ts';
import type { ObjectCache } from './object-cache.ts';
import { type Bytes, objectReader, type ReadStore, readBytes, sha256 } from './object-reader.ts';
import { storeTimeout } from './timeout.ts';

/** Keeps a copy of the last edition, for when the store can't be read. */
export interface EditionBackup {
  find(): Promise<Bytes | undefined>;
  keep(bytes: Bytes): Promise<void>;
}

export interface StoredOptions {
  /** Milliseconds after which the store is checked for a newer edition; never by default. */
  readonly recheck?: number;
  /** Returns milliseconds since 1970. */
  readonly now?: () => number;
  /** A copy of the last edition, for when the store can't be read. */
  readonly backup?: EditionBackup;
  readonly cache?: ObjectCache;
  /** Identifies the version of the code, since another may render other documents of the same edition. */
  readonly code?: string;
}

interface Current {
  readonly name: string;
  readonly edition: Edition;
}

/**
 * Makes a publication of stored pages, each read when a request needs it.
 *
 * If no newer edition can be read, the last one stays. Throws {@link Unavailable} if there is none, or if an object
 * can't be read.
 */
export function storedPublication(read: ReadStore, options: StoredOptions = {}): Publication {
  const { recheck = Number.POSITIVE_INFINITY, now = Date.now, backup, code = '' } = options;
  const readObject = objectReader(read, options.cache);
  let current: Current | undefined;
  /** When the store is checked next. */
  let until = Number.NEGATIVE_INFINITY;

  const open = async (bytes: Bytes): Promise<Current> => {
    const name = `${(await sha256(bytes)).slice(0, 16)}${code}`;
    // Stays the same object while nothing changes.
    return current?.name === name ? current : { name, edition: openEdition(bytes, name, readObject) };
  };
  const readNow = async (): Promise<Edition> => {
    // Other requests use the current edition meanwhile.
    until = now() + storeTimeout;
    try {
      const bytes = await readBytes(read, editionPath, false);
      const newest = await open(bytes);
      if (newest !== current) await backup?.keep(bytes);
      current = newest;
      until = now() + recheck;
    } catch (error) {
      const bytes = current === undefined ? await backup?.find() : undefined;
      if (bytes !== undefined) current = await open(bytes);
      else if (current === undefined) throw error;
      until = now() + Math.min(recheck, retryDelay);
    }
    return current.edition;
  };
  return { edition: () => (current !== undefined && now() < until ? current.edition : readNow()) };
}

/** Milliseconds until the next attempt after an edition could not be read. */
const retryDelay = 10_000;

/** Opens the edition that a pointer describes. */
function openEdition(bytes: Bytes, name: string, read: ReadObject): Edition {
  const stored = parsePointer(bytes);
  const { site, changed, whole } = stored;

  const runOf = (run: StoredRun): ArticleRun => {
    const articles = async (positions: readonly number[]): Promise<readonly Article[]> => {
      const { items } = run;
      const numbers = new Set(positions.map((position) => Math.floor(position / items) + 1));
      const blocks = await readBlocks(read, run, [...numbers]);
      return positions.flatMap((position) => blocks.get(Math.floor(position / items) + 1)?.[position % items] ?? []);
    };
    return {
      count: run.count,
      upcoming: run.upcoming,
      expiring: run.expiring,
      articles,
      published: async (position) => (await articles([position]))[0]?.published,
    };
  };

  return editionOf({
    site,
    name,
    changed,
    whole: runOf(whole),
    slice: async (kind, slug) => {
      const found = await findInTable<StoredSlice | typeof gone>(read, stored.slices, slicePath({ kind, slug }));
      if (found === undefined || found === gone) return undefined;
      const { label, run } = found;
      return { slice: { kind, slug, label }, run: runOf(run) };
    },
    slices: async () => (await listTable<ListedSlice>(read, stored.listed)).map(([, slice]) => slice),
    article: async (slug): Promise<Article | undefined> => {
      const number = await findInTable<number>(read, stored.articles, slug);
      if (number === undefined || number === gone) return undefined;
      const block = (await readBlocks(read, whole, [number])).get(number);
      return block?.find((article) => article.slug === slug);
    },
    findByOldPath: async (path) => {
      const { former, scheduled, expiring } = stored;
      const slug =
        former === undefined
          ? undefined
          : await findInTable<string | typeof gone>(read, former, normalizeOldPath(path));
      if (slug === undefined) return undefined;
      if (slug === gone) return 'gone';
      const published = own(scheduled, slug) ?? '';
      return omitUndefined({ slug, published, expires: own(expiring, slug) });
    },
    isGone: async (path) => {
      const slug = articleSlug(path);
      const found =
        slug === undefined
          ? await findInTable(read, stored.slices, path)
          : await findInTable(read, stored.articles, slug);
      return found === gone;
    },
  });
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Parses a pointer. Its shape is trusted, since the build wrote it, but it may be truncated or of another form. */
function parsePointer(bytes: Bytes): StoredEdition {
  let stored: Partial<StoredEdition>;
  try {
    stored = JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    throw new Unavailable(`${editionPath} is not JSON`);
  }
  if (stored.form !== storedForm)
    throw new Unavailable(`${editionPath} has form ${stored.form}, expected ${storedForm}: build again`);
  return stored as StoredEdition;
}
