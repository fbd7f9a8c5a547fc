import { setTimeout } from 'node:timers/promises';
import { instantOf } from '../../article/seed/date.ts';
import { type CacheTag, siteTag } from '../../publication/addresses/cache-tags.ts';
import type { CacheInFront } from '../../publication/site/site.ts';
import { editionPath, type Ref, storedForm } from '../../publication/stored/stored.ts';
import type { WriteStore } from '../../store/store.ts';
import { readObject } from '../build/earlier/earlier-build.ts';
import { openPurge } from '../purge/purge.ts';
import { storedChanges } from '../purge/stored-changes.ts';
import type { StoreName } from '../store/store-name.ts';
import { type Pointer, parsePointer } from './pointer.ts';
import { readFromStore } from './published-before.ts';

/**
 * Milliseconds until all readers of a store show a new edition: the time between two checks, and some to read it. After
 * an earlier purge, a cache would store the old answer again.
 */
const delays: Readonly<Record<StoreName['kind'], number>> = { folder: 7_000, s3: 7_000, r2: 12_000, kv: 62_000 };

/** Where an edition is published. */
export interface Publishing {
  readonly store: WriteStore;
  readonly kind: StoreName['kind'];
  /** The folder with the objects of the build, which need not be fetched. */
  readonly edge: string;
  /** The cache in front of the site. */
  readonly cache: CacheInFront | undefined;
}

/**
 * Prepares to purge what the next edition changes; throws if the token is missing. The returned function, called once
 * that edition is published, purges and returns the number of purged tags.
 */
export async function preparePurge({ store, kind, edge, cache }: Publishing): Promise<() => Promise<number>> {
  if (cache === undefined) return async () => 0;
  const purge = openPurge(cache, { environment: process.env });
  const before = await pointerIn(store);
  return async () => {
    const after = await pointerIn(store);
    if (after === undefined || after.name === before?.name) return 0;
    const tags = await tagsToPurge(before, after, edge, store);
    if (tags.length > 0) await setTimeout(delays[kind]);
    await purge(tags).catch(({ message }: Error) => {
      throw new Error(`the edition is published, but the cache keeps outdated answers: ${message}`);
    });
    return tags.length;
  };
}

async function tagsToPurge(
  before: Pointer | undefined,
  after: Pointer,
  edge: string,
  store: WriteStore,
): Promise<readonly CacheTag[]> {
  const all = [siteTag(after.site)];
  if (before === undefined) return all;
  const objects = new Map<Ref, Promise<unknown>>();
  const fetchObject = async (ref: Ref): Promise<unknown> => {
    const object = (await readObject(edge, ref, storedForm)) ?? (await readFromStore(store, ref));
    if (object === undefined) throw new Error(`${ref} is missing`);
    return object;
  };
  const read = (ref: Ref): Promise<unknown> => {
    const object = objects.get(ref) ?? fetchObject(ref);
    objects.set(ref, object);
    return object;
  };
  // If an object of the old edition is gone, what changed is unknown.
  return storedChanges(before, after, read, instantOf(Date.now()) ?? '').catch(() => all);
}

async function pointerIn(store: WriteStore): Promise<Pointer | undefined> {
  const value = await store.get(editionPath);
  return value && parsePointer(value, `${editionPath} in ${store.name}`);
}
