import type { Article } from '../article/article.ts';
import { articleSlug } from '../publication/address.ts';
import { editionOf } from '../publication/page.ts';
import type { ArticleRun, Edition, ListedSlice, Publication } from '../publication/publication.ts';
import { findInTable, listTable, type ReadObject, readBlock } from '../publication/read-stored.ts';
import { slicePath } from '../publication/slice.ts';
import {
  editionPath,
  gone,
  objectPath,
  type StoredEdition,
  type StoredRun,
  type StoredSlice,
  storedForm,
} from '../publication/stored.ts';

/** Reads what stands at a path of the store, parsed from JSON; `undefined` where there is nothing. */
export type ReadStore = (path: string) => Promise<unknown>;

/**
 * Publishes the pages that a build stored, each read when a request needs it.
 *
 * The edition is read once, since stored pages are deployed together with the code that reads them.
 */
export function storedPublication(store: ReadStore): Publication {
  let reading: Promise<Edition> | undefined;
  return {
    edition: () => {
      reading ??= readEdition(store).catch((error: unknown) => {
        // The next request tries again.
        reading = undefined;
        throw error;
      });
      return reading;
    },
  };
}

async function readEdition(store: ReadStore): Promise<Edition> {
  const stored = await need<StoredEdition>(store, editionPath);
  const { form, site, changed, whole } = stored;
  if (form !== storedForm)
    throw new Error(`${editionPath} has form ${form}, expected ${storedForm}: build again`);
  const read: ReadObject = (ref) => need(store, objectPath(ref));

  const runOf = (run: StoredRun): ArticleRun => ({
    count: run.count,
    upcoming: run.upcoming,
    articles: async (start, end) => {
      if (end <= start) return [];
      const first = Math.floor(start / site.items) + 1;
      const last = Math.ceil(end / site.items);
      const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      const blocks = await Promise.all(numbers.map((number) => readBlock(read, run, number)));
      const offset = (first - 1) * site.items;
      return blocks.flat().slice(start - offset, end - offset);
    },
  });

  return editionOf({
    site,
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
    slices: async () => {
      const all = await listTable<StoredSlice | typeof gone>(read, stored.slices);
      return all.flatMap(([, slice]): ListedSlice[] => (slice === gone ? [] : [slice]));
    },
    article: async (slug): Promise<Article | undefined> => {
      const number = await findInTable<number>(read, stored.articles, slug);
      if (number === undefined || number === gone) return undefined;
      const block = await readBlock(read, whole, number);
      return block.find((article) => article.slug === slug);
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

/** Objects come from our own build, so their shape is trusted; that they are there is not. */
async function need<T>(store: ReadStore, path: string): Promise<T> {
  const object = await store(path);
  if (object === undefined) throw new Error(`${path} is missing`);
  return object as T;
}
