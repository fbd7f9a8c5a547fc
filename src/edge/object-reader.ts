import { Unavailable } from '../publication/publication.ts';
import type { ReadObject } from '../publication/read-stored.ts';
import { objectPath, type Ref } from '../publication/stored.ts';
import { ObjectCache } from './object-cache.ts';
import { withTimeout } from './timeout.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Reads the bytes at a path of a store; `undefined` where there is nothing. What is immutable may be kept on the way.
 */
export type ReadStore = (path: string, isImmutable: boolean) => Promise<Bytes | undefined>;

/**
 * Reads stored objects, each checked against its name, which is the hash of its bytes; so no object that is cut off,
 * mixed up or damaged is taken for a good one. The hot ones stay in memory.
 *
 * No request waits for what another one reads: a runtime may end that one, and its reading with it.
 */
export function objectReader(read: ReadStore, memory = new ObjectCache()): ReadObject {
  return async (ref) => {
    const known = memory.get(ref);
    if (known !== undefined) return known;
    const path = objectPath(ref);
    const bytes = await readBytes(read, path, true);
    if ((await sha256(bytes)).slice(0, ref.length) !== ref)
      throw new Unavailable(`${path} is damaged: its bytes are not those of its name`);
    const object: unknown = JSON.parse(new TextDecoder().decode(bytes));
    memory.keep(ref, object, bytes.byteLength);
    return object;
  };
}

/** Reads what must be there. */
export async function readBytes(read: ReadStore, path: string, isImmutable: boolean): Promise<Bytes> {
  const bytes = await withTimeout(path, read(path, isImmutable));
  if (bytes === undefined) throw new Unavailable(`${path} is missing`);
  return bytes;
}

/** The SHA-256 of bytes as hexadecimal digits, with which the name of an object begins. */
export async function sha256(bytes: Bytes): Promise<Ref> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
