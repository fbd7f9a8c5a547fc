import { Unavailable } from '../publication/publication.ts';
import type { ReadObject } from '../publication/read-stored.ts';
import { objectPath, type Ref } from '../publication/stored.ts';
import { ObjectCache } from './object-cache.ts';
import { withTimeout } from './timeout.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** Reads the bytes at a path of a store; `undefined` if there are none. Immutable ones may come from a cache. */
export type ReadStore = (path: string, isImmutable: boolean) => Promise<Bytes | undefined>;

/**
 * Makes a reader of stored objects with a cache in memory. Each object is verified against its name, the hash of its
 * bytes, so truncated, swapped or damaged ones are rejected.
 *
 * Requests don't share reads, because a runtime may cancel a request and its reads with it.
 */
export function objectReader(read: ReadStore, cache = new ObjectCache()): ReadObject {
  return async (ref) => {
    const known = cache.get(ref);
    if (known !== undefined) return known;
    const path = objectPath(ref);
    const bytes = await readBytes(read, path, true);
    if ((await sha256(bytes)).slice(0, ref.length) !== ref)
      throw new Unavailable(`${path} is damaged: its bytes do not match its name`);
    const object: unknown = JSON.parse(new TextDecoder().decode(bytes));
    cache.set(ref, object, bytes.byteLength);
    return object;
  };
}

/** Reads bytes; throws {@link Unavailable} if there are none. */
export async function readBytes(read: ReadStore, path: string, isImmutable: boolean): Promise<Bytes> {
  const bytes = await withTimeout(path, read(path, isImmutable));
  if (bytes === undefined) throw new Unavailable(`${path} is missing`);
  return bytes;
}

/** Returns the SHA-256 of bytes in hexadecimal digits; the first of them are an object's name. */
export async function sha256(bytes: Bytes): Promise<Ref> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
