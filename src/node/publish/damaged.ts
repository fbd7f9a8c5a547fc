import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { objectPath } from '../../publication/stored/stored.ts';
import type { Bytes, WriteStore } from '../../store/store.ts';
import { forEachConcurrently, type OnProgress } from '../terminal/progress.ts';
import type { Key } from './manifest.ts';
import type { Listing } from './pointer.ts';
import type { Build } from './read-build.ts';

/** Lists the objects of a build to check in a store: those of another length there, or `all`. */
export function suspectsIn(listed: Listing, { objects, lengthOf }: Build, all: boolean): readonly Key[] {
  return objects.filter((key) => {
    const length = listed.get(key);
    return listed.has(key) && (all || (length !== undefined && length !== lengthOf(key)));
  });
}

/** Reads objects and files of a store, and returns those whose bytes do not match their names. */
export async function findDamaged(
  store: WriteStore,
  keys: readonly Key[],
  onProgress?: OnProgress,
): Promise<ReadonlySet<Key>> {
  const damaged = new Set<Key>();
  const check = async (key: Key): Promise<void> => {
    const bytes = await store.get(key);
    if (bytes === undefined || (await nameOf(key, bytes)) !== basename(key)) damaged.add(key);
  };
  const isFile = (key: Key): boolean => !key.endsWith('.gz');
  await forEachConcurrently(
    keys.filter((key) => !isFile(key)),
    atOnce,
    check,
    onProgress,
  );
  // One at a time, because a file may be large.
  await forEachConcurrently(keys.filter(isFile), 1, check);
  return damaged;
}

const atOnce = 8;

/** Returns the name that an object or file with these bytes has; `undefined` if an object is not gzip. */
async function nameOf(key: Key, bytes: Bytes): Promise<string | undefined> {
  const isObject = key.endsWith('.gz');
  const content = isObject ? await promisify<Uint8Array, Buffer>(gunzip)(bytes).catch(() => undefined) : bytes;
  const ref = content && createHash('sha256').update(content).digest('hex').slice(0, 32);
  return ref && basename(isObject ? objectPath(ref) : ref);
}
