import { Unavailable } from '../publication/publication.ts';
import type { ReadObject } from '../publication/read-stored.ts';
import { objectPath, type Ref } from '../publication/stored.ts';
import { ObjectCache } from './object-cache.ts';
import type { Bytes, ReadStore } from './store.ts';
import { withTimeout } from './timeout.ts';

/** Thrown for an object that is missing or damaged, until it is stored again. */
export class LostObject extends Unavailable {}

/**
 * Makes a reader of stored objects with a cache in memory. Each object is verified against its name, the hash of its
 * text, so truncated, swapped or damaged ones are rejected.
 *
 * Requests don't share reads, because a runtime may cancel a request and its reads with it.
 */
export function objectReader(store: ReadStore, cache = new ObjectCache()): ReadObject {
  return async (ref) => {
    const known = cache.get(ref);
    if (known !== undefined) return known;
    const path = objectPath(ref);
    const text = await decompress(await readBytes(store, path, true));
    if (text === undefined || (await sha256(text)).slice(0, ref.length) !== ref)
      throw new LostObject(`${path} is damaged: its text does not match its name`);
    const object: unknown = JSON.parse(new TextDecoder().decode(text));
    cache.set(ref, object, text.byteLength);
    return object;
  };
}

/** Decompresses gzip (RFC 1952); `undefined` if the bytes are truncated or not gzip. */
async function decompress(bytes: Bytes): Promise<Bytes | undefined> {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    return undefined;
  }
}

/** Reads bytes; throws {@link LostObject} if there are none. */
export async function readBytes(store: ReadStore, path: string, isImmutable: boolean): Promise<Bytes> {
  const bytes = await withTimeout(path, store.get(path, isImmutable));
  if (bytes === undefined) throw new LostObject(`${path} is missing`);
  return bytes;
}

/** Returns the SHA-256 of bytes in hexadecimal digits; the first of them are an object's name. */
export async function sha256(bytes: Bytes): Promise<Ref> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
