import type { Article } from '../article/article.ts';
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
import { findInTable, listTable, type ReadObject, readBlock } from '../publication/read-stored.ts';
import { slicePath } from '../publication/slice.ts';
import {
  editionPath,
  gone,
  type StoredEdition,
  type StoredRun,
  type StoredSlice,
  storedForm,
} from '../publication/stored.ts';
import type { EditionBackup } from './edge-cache.ts';
import type { ObjectCache } from './object-cache.ts';
import { type Bytes, objectReader, type ReadStore, readBytes, sha256 } from './object-reader.ts';
import { storeTimeout } from './timeout.ts';

export interface StoredOptions {
  /** Milliseconds for which an edition holds before it is looked for again; for ever where it isn't given. */
  readonly recheck?: number;
  /** The clock, in milliseconds since 1970. */
  readonly now?: () => number;
  /** Where the edition that was read last is kept, in case that it can't be read again. */
  readonly spare?: EditionBackup;
  readonly memory?: ObjectCache;
  /** Tells the code from every other version, which may make other documents of the same edition. */
  readonly code?: string;
}

interface Current {
  readonly name: string;
  readonly edition: Edition;
}

/**
 * Publishes the pages that a build stored, each read when a request needs it.
 *
 * An edition stays when no newer one can be read. Where there is none at all, {@link Unavailable} says so, as it does
 * of every object that can't be read.
 */
export function storedPublication(read: ReadStore, options: StoredOptions = {}): Publication {
  const { recheck = Number.POSITIVE_INFINITY, now = Date.now, spare, code = '' } = options;
  const readObject = objectReader(read, options.memory);
  let current: Current | undefined;
  /** Until when the current edition is good enough. */
  let until = Number.NEGATIVE_INFINITY;

  const open = async (bytes: Bytes): Promise<Current> => {
    const name = `${(await sha256(bytes)).slice(0, 16)}${code}`;
    // The same object as long as nothing changed.
    return current?.name === name ? current : { name, edition: openEdition(bytes, name, readObject) };
  };
  const readNow = async (): Promise<Edition> => {
    // While one request looks, the others make do with what is there.
    until = now() + storeTimeout;
    try {
      const bytes = await readBytes(read, editionPath, false);
      const newest = await open(bytes);
      if (newest !== current) await spare?.keep(bytes);
      current = newest;
      until = now() + recheck;
    } catch (error) {
      const bytes = current === undefined ? await spare?.find() : undefined;
      if (bytes !== undefined) current = await open(bytes);
      else if (current === undefined) throw error;
      until = now() + Math.min(recheck, retry);
    }
    return current.edition;
  };
  return { edition: () => (current !== undefined && now() < until ? current.edition : readNow()) };
}

/** Milliseconds after which an edition is looked for again that could not be read. */
const retry = 10_000;

/** Opens an edition of which the pointer has been read. */
function openEdition(bytes: Bytes, name: string, read: ReadObject): Edition {
  const stored = parsePointer(bytes);
  const { site, changed, whole } = stored;

  const runOf = (run: StoredRun): ArticleRun => {
    const articles = async (start: number, end: number): Promise<readonly Article[]> => {
      if (end <= start) return [];
      const first = Math.floor(start / site.items) + 1;
      const last = Math.ceil(end / site.items);
      const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      const blocks = await Promise.all(numbers.map((number) => readBlock(read, run, number)));
      const offset = (first - 1) * site.items;
      return blocks.flat().slice(start - offset, end - offset);
    };
    return {
      count: run.count,
      upcoming: run.upcoming,
      articles,
      published: async (position) => (await articles(position, position + 1))[0]?.published,
    };
  };

  return editionOf({
    site,
    name,
    ...(changed === undefined ? {} : { changed }),
    whole: runOf(whole),
    slice: async (kind, slug) => {
      const found = await findInTable<StoredSlice | typeof gone>(
        read,
        stored.slices,
        slicePath({ kind, slug }),
      );
      if (found === undefined || found === gone) return undefined;
      const { label, run } = found;
      return { slice: { kind, slug, label }, run: runOf(run) };
    },
    slices: async () => (await listTable<ListedSlice>(read, stored.listed)).map(([, slice]) => slice),
    article: async (slug): Promise<Article | undefined> => {
      const number = await findInTable<number>(read, stored.articles, slug);
      if (number === undefined || number === gone) return undefined;
      const block = await readBlock(read, whole, number);
      return block.find((article) => article.slug === slug);
    },
    findByOldPath: async (path) => {
      const { former, scheduled } = stored;
      const slug =
        former === undefined
          ? undefined
          : await findInTable<string | typeof gone>(read, former, normalizeOldPath(path));
      if (slug === undefined) return undefined;
      if (slug === gone) return 'gone';
      return { slug, published: (Object.hasOwn(scheduled, slug) ? scheduled[slug] : undefined) ?? '' };
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

/** What the build wrote is trusted to have its shape; that it is whole, and of a form that is known, is not. */
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
