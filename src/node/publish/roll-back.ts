import { omitUndefined } from '../../article/omit-undefined.ts';
import { instantOf } from '../../article/seed/date.ts';
import { objectPath } from '../../publication/stored/stored.ts';
import type { WriteStore } from '../../store/store.ts';
import { type ShowProgress, showNoProgress } from '../terminal/progress.ts';
import { count } from '../terminal/report.ts';
import { findDamaged } from './damaged.ts';
import { agreeing, emptyManifest, type Key, objectsOf } from './manifest.ts';
import {
  checksum,
  editionIn,
  editionKey,
  editionsFolder,
  type Listing,
  listObjects,
  manifestOf,
  parsePointer,
  readShown,
} from './pointer.ts';
import { succeed } from './publish-edition.ts';

/**
 * Moves the pointer to a published edition: the one called `name`, or the newest one before the edition shown now.
 * Returns its name. Throws, and moves nothing, if the store lacks something that the edition needs, or has it damaged.
 *
 * `started` is milliseconds since 1970. A run of `publish` that began before has no effect afterwards.
 */
export async function rollBack(
  store: WriteStore,
  started: number,
  name?: string,
  { verify = false, showProgress = showNoProgress }: Checks = {},
): Promise<string> {
  const shown = await readShown(store, started);
  if (shown === undefined) throw new Error(`nothing is published in ${store.name}`);
  const names = await editionNames(store);
  const sum = checksum(editionIn(shown.pointer));
  const target = name === undefined ? previousName(names, sum) : names.find((one) => one === name);
  const value = target === undefined ? undefined : await store.get(editionKey(target));
  if (target === undefined || value === undefined) {
    const there = names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`;
    throw new Error(`${store.name} has no ${name === undefined ? 'earlier edition' : `edition ${name}`}; ${there}`);
  }
  const past = parsePointer(value, `edition ${target} in ${store.name}`);
  const listed = await listObjects(store);
  const manifest = (await manifestOf(store, shown.pointer)) ?? emptyManifest;
  // Without a manifest the list is empty, though an edition has objects.
  const known =
    target === shown.pointer.name && manifest.current.size > 0 ? manifest.current : objectsOf(manifest, target);
  const needed = requireAll(store, target, known, listed);
  await requireSound(store, target, needed, listed, { verify, showProgress });
  // What was published since stays known.
  const { ledger } = shown.pointer;
  const objects = new Set([...needed, ...(ledger ?? []).map(objectPath)]);
  const held = agreeing(manifest, listed.keys(), instantOf(started) ?? '');
  const edition = { ...editionIn(past), ...omitUndefined({ ledger }) };
  const moved = await succeed(store, shown, held, { edition, objects, started, name: target });
  if (moved === undefined) throw new Error(`${store.name} was changed by another run; nothing was rolled back`);
  return target;
}

/** Returns the objects of an edition. Throws an error if the store lacks one, which somebody may have deleted. */
function requireAll(
  store: WriteStore,
  name: string,
  objects: ReadonlySet<Key> | undefined,
  listed: Listing,
): ReadonlySet<Key> {
  if (objects === undefined)
    throw new Error(`the list of the objects of edition ${name} is missing in ${store.name}; ${remedy}`);
  const missing = [...objects].filter((key) => !listed.has(key));
  if (missing.length > 0)
    throw new Error(
      `edition ${name} needs ${count(missing.length, 'object')} that ${store.name} does not have, such as ${missing[0]}; ${remedy}`,
    );
  return objects;
}

/** How thoroughly a rollback checks what an edition needs. */
export interface Checks {
  /** Whether to read everything, which takes a request each in a store that is not a folder. */
  readonly verify?: boolean;
  readonly showProgress?: ShowProgress;
}

/** Throws an error if an object that is read is damaged, or one is too short to be a gzip. */
async function requireSound(
  store: WriteStore,
  name: string,
  objects: ReadonlySet<Key>,
  listed: Listing,
  { verify, showProgress }: Required<Checks>,
): Promise<void> {
  const isShort = (key: Key): boolean => key.endsWith('.gz') && (listed.get(key) ?? shortest) < shortest;
  const suspects = [...objects].filter((key) => store.listsFast || verify || isShort(key));
  const [first, ...others] = await showProgress('checks', (onProgress) => findDamaged(store, suspects, onProgress));
  if (first !== undefined)
    throw new Error(
      `edition ${name} needs ${count(1 + others.length, 'object')} that ${store.name} has only damaged, such as ${first}; ${remedy}`,
    );
}

/** Bytes of the shortest gzip with content. */
const shortest = 21;

const remedy = 'nothing was changed. Publish the earlier articles again instead';

/** Lists the names of the published editions, oldest first. */
async function editionNames(store: WriteStore): Promise<string[]> {
  const keys = await store.list(editionsFolder);
  return [...keys.keys()].map((key) => key.slice(editionsFolder.length, -'.json'.length)).sort();
}

/** Returns the newest edition before the last one with this checksum whose content differs. */
function previousName(names: readonly string[], sum: string): string | undefined {
  const at = names.findLastIndex((name) => name.endsWith(`-${sum}`));
  return names.slice(0, Math.max(at, 0)).findLast((name) => !name.endsWith(`-${sum}`));
}
