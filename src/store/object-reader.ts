import { Unavailable } from '../publication/publication.ts';
import type { ReadObject } from '../publication/stored/read-stored.ts';
import { editionPath, objectPath, type Ref, type StoredBlock } from '../publication/stored/stored.ts';
import { articleIn } from './block-index.ts';
import { ObjectCache } from './object-cache.ts';
import type { ReadArticle } from './open-edition.ts';
import type { Bytes, ReadStore } from './store.ts';
import { withTimeout } from './timeout.ts';
import { gunzip } from './zlib.ts';

/** Thrown for an object that is missing or damaged, until it is stored again. */
export class LostObject extends Unavailable {}

/** Thrown while no edition is in a store. */
export class NoEdition extends LostObject {}

/** Reads stored objects. */
export interface ObjectReader {
  readonly read: ReadObject;
  /** Reads one article of a block, and if possible nothing else of it. */
  readonly readArticle: ReadArticle;
}

/**
 * Makes a reader of stored objects with a cache in memory. Each object is verified against its name, the hash of its
 * text, so truncated, swapped or damaged ones are rejected. An article that is read alone is checked by its checksum
 * and slug.
 *
 * Requests don't share reads, because a runtime may cancel a request and its reads with it.
 */
export function objectReader(store: ReadStore, cache = new ObjectCache()): ObjectReader {
  const parse = async (ref: Ref, bytes: Bytes): Promise<unknown> => {
    const unzipped = await gunzip(bytes).catch(() => undefined);
    if (unzipped === undefined || (await sha256(unzipped.bytes)).slice(0, ref.length) !== ref)
      throw new LostObject(`${objectPath(ref)} is damaged: its text does not match its name`);
    const object: unknown = JSON.parse(unzipped.text());
    cache.set(ref, object, unzipped.bytes.byteLength);
    return object;
  };
  const compressed = async (ref: Ref): Promise<Bytes> =>
    (cache.get(objectPath(ref)) as Bytes | undefined) ?? readBytes(store, objectPath(ref));
  const read: ReadObject = async (ref) => cache.get(ref) ?? parse(ref, await compressed(ref));
  return {
    read,
    readArticle: async (ref, slug) => {
      const find = (block: unknown) => (block as StoredBlock).find((article) => article.slug === slug);
      const known = cache.get(ref);
      if (known !== undefined) return find(known);
      const bytes = await compressed(ref);
      const article = articleIn(bytes, slug);
      if (article === undefined) return find(await parse(ref, bytes));
      // Kept for the other articles of the block.
      cache.set(objectPath(ref), bytes, bytes.byteLength);
      return article;
    },
  };
}

/** Reads the pointer to the current edition; throws {@link NoEdition} if there is none. */
export async function readPointer(store: ReadStore): Promise<Bytes> {
  const bytes = await withTimeout(editionPath, store.get(editionPath, false));
  if (bytes === undefined) throw new NoEdition(`${editionPath} is missing`);
  return bytes;
}

/** Reads bytes; throws {@link LostObject} if there are none. */
async function readBytes(store: ReadStore, path: string): Promise<Bytes> {
  const bytes = await withTimeout(path, store.get(path, true));
  if (bytes === undefined) throw new LostObject(`${path} is missing`);
  return bytes;
}

/** Returns the SHA-256 of bytes in hexadecimal digits; the first of them are an object's name. */
export async function sha256(bytes: Bytes): Promise<Ref> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
