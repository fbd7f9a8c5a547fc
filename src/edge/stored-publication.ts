import type { Article } from '../article/article.ts';
import { editionOf } from '../publication/page.ts';
import type { Edition, Publication } from '../publication/publication.ts';
import {
  blockPath,
  editionPath,
  goneBlock,
  type StoredBlock,
  type StoredEdition,
  type StoredSlugs,
  slugsPath,
  storedForm,
} from '../publication/stored.ts';

/** Reads a stored object, parsed from JSON; `undefined` where there is none. */
export type ReadObject = (path: string) => Promise<unknown>;

/**
 * Publishes the pages that a build stored, each read when a request needs it.
 *
 * The edition is read once, since stored pages are deployed together with the code that reads them.
 */
export function storedPublication(read: ReadObject): Publication {
  let reading: Promise<Edition> | undefined;
  return {
    edition: () => {
      reading ??= readEdition(read).catch((error: unknown) => {
        // The next request tries again.
        reading = undefined;
        throw error;
      });
      return reading;
    },
  };
}

async function readEdition(read: ReadObject): Promise<Edition> {
  const { form, ...facts } = await need<StoredEdition>(read, editionPath);
  const { site } = facts;
  if (form !== storedForm)
    throw new Error(`${editionPath} has form ${form}, expected ${storedForm}: build again`);

  async function articles(start: number, end: number): Promise<readonly Article[]> {
    if (end <= start) return [];
    const first = Math.floor(start / site.items) + 1;
    const last = Math.ceil(end / site.items);
    const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const blocks = await Promise.all(numbers.map((number) => need<StoredBlock>(read, blockPath(number))));
    const offset = (first - 1) * site.items;
    return blocks.flat().slice(start - offset, end - offset);
  }

  async function blockOf(slug: string): Promise<number | undefined> {
    const shard = (await read(slugsPath(slug))) as StoredSlugs | undefined;
    return shard !== undefined && Object.hasOwn(shard, slug) ? shard[slug] : undefined;
  }

  async function article(slug: string): Promise<Article | undefined> {
    const number = await blockOf(slug);
    if (number === undefined || number === goneBlock) return undefined;
    const block = await need<StoredBlock>(read, blockPath(number));
    return block.find((article) => article.slug === slug);
  }

  const isGone = async (slug: string): Promise<boolean> => (await blockOf(slug)) === goneBlock;

  return editionOf({ ...facts, articles, article, isGone });
}

/** Objects come from our own build, so their shape is trusted; that they are there is not. */
async function need<T>(read: ReadObject, path: string): Promise<T> {
  const object = await read(path);
  if (object === undefined) throw new Error(`${path} is missing`);
  return object as T;
}
