import { instantOf } from '../../article/seed/date.ts';
import { editionPath, type Ref, type StoredEdition } from '../../publication/stored/stored.ts';
import type { WriteStore } from '../../store/store.ts';
import { type OnProgress, type ShowProgress, showNoProgress } from '../terminal/progress.ts';
import { findDamaged, suspectsIn } from './damaged.ts';
import {
  agreeing,
  emptyManifest,
  type Key,
  type Manifest,
  manifestKey,
  manifestsFolder,
  replaced,
  withoutOlder,
  writeManifest,
} from './manifest.ts';
import {
  bytesOf,
  changedAfter,
  checksum,
  editionIn,
  editionKey,
  isoTime,
  type Listing,
  listObjects,
  manifestOf,
  type Pointer,
  readShown,
  type Shown,
} from './pointer.ts';
import { type Build, publishesFiles, readBuild } from './read-build.ts';

/** The result of publishing. */
export interface Published {
  /** How many objects and files the store lacked. */
  readonly uploaded: number;
  readonly objects: number;
  /** How many of those uploaded the store had, but damaged. */
  readonly damaged: number;
  /** How many were deleted, because no edition of the last days has them. */
  readonly deleted: number;
  /** The edition's name, for a rollback; absent if the store showed this edition already. */
  readonly edition?: string;
}

export interface PublishOptions {
  /** Milliseconds since 1970 at which the run began to read what it publishes. */
  readonly started: number;
  /** For how many days after it was replaced an edition stays in the store. */
  readonly keepDays?: number;
  readonly showProgress?: ShowProgress;
  /** The edition that readers see, if it was read already. */
  readonly shown?: Shown | undefined;
  /** Whether the files of the site are published, too; by default as before, in a store that takes them on request. */
  readonly media?: boolean | undefined;
  /** Whether to read everything in the store that the edition needs, to find what is damaged. */
  readonly verify?: boolean;
}

/**
 * Publishes the edition of an edge folder: first the objects that the store lacks, then the edition under its own name,
 * and last, in one step, the pointer that every reader follows. So a reader never sees half an edition, and an
 * interrupted upload resumes where it stopped.
 *
 * The manifest of the last edition says what the store holds; a store that lists fast is listed as well, and what has
 * another length than expected is read. What is damaged is uploaded again. Throws if a run that began later published
 * meanwhile.
 */
export async function publishEdition(
  edge: string,
  store: WriteStore,
  { started, keepDays = 30, showProgress = showNoProgress, verify = false, media, ...known }: PublishOptions,
): Promise<Published> {
  let shown = known.shown ?? (await readShown(store, started));
  const build = await readBuild(edge, publishesFiles(store, media, shown?.pointer));
  const { edition: built, objects } = build;
  const damaged = new Set<Key>();
  for (let uploaded = 0; ; shown = await readShown(store, started)) {
    const listed = store.listsFast || verify ? await listObjects(store) : undefined;
    const suspects = listed === undefined ? [] : suspectsIn(listed, build, verify);
    const found = await showProgress('checks', (onProgress) => findDamaged(store, suspects, onProgress));
    for (const key of found) damaged.add(key);
    const held = await heldBy(store, shown, objects, started, listed, found);
    const fresh = missingFrom(held, objects);
    await showProgress('uploads', (onProgress) => upload(store, build, fresh, onProgress));
    uploaded += fresh.length;
    const counts = { uploaded, objects: objects.length, damaged: damaged.size };
    if (shown !== undefined && isSame(shown.pointer, built)) return { ...counts, deleted: 0 };
    const next = await succeed(store, shown, held, { edition: built, objects, started, keepDays });
    if (next !== undefined) return { ...counts, ...next };
  }
}

function isSame(shown: Pointer, built: StoredEdition): boolean {
  return checksum(editionIn(shown)) === checksum(built) && shown.ledger?.join() === built.ledger?.join();
}

/** Uploads what the store lacks, large files one by one. */
async function upload(
  store: WriteStore,
  { read, isLarge }: Build,
  fresh: readonly Key[],
  onProgress: OnProgress,
): Promise<void> {
  const small = fresh.filter((key) => !isLarge(key));
  await store.put(small, read, (done) => onProgress(done, fresh.length));
  for (const [i, key] of fresh.filter(isLarge).entries()) {
    await store.put([key], read);
    onProgress(small.length + i + 1, fresh.length);
  }
}

/** From so many uploads on, listing the store costs little beside them, and finds what a run that failed uploaded. */
const uploadsWorthListing = 1000;

/** Returns what the store holds undamaged. It is listed if it has no manifest, and for a large upload. */
async function heldBy(
  store: WriteStore,
  shown: Shown | undefined,
  objects: readonly Key[],
  now: number,
  listed: Listing | undefined,
  damaged: ReadonlySet<Key>,
): Promise<Manifest> {
  const manifest = shown && (await manifestOf(store, shown.pointer));
  const isKnown = manifest !== undefined && missingFrom(manifest, objects).length < uploadsWorthListing;
  if (listed === undefined && isKnown) return manifest;
  const keys = [...(listed ?? (await listObjects(store))).keys()].filter((key) => !damaged.has(key));
  return agreeing(manifest ?? emptyManifest, keys, instantOf(now) ?? '');
}

function missingFrom({ current, superseded, lost }: Manifest, objects: readonly Key[]): readonly Key[] {
  return objects.filter((key) => lost?.has(key) || (!current.has(key) && !superseded.has(key)));
}

/** An edition whose objects are in the store. */
export interface Successor {
  readonly edition: StoredEdition;
  readonly objects: Iterable<Key>;
  readonly started: number;
  /** Absent if nothing is to be deleted. */
  readonly keepDays?: number;
  /** The name of an edition that was published before. */
  readonly name?: string;
}

/**
 * Replaces the edition that readers see in a store that holds `held`, and deletes what was replaced long ago. Returns
 * `undefined` if another run replaced it first.
 */
export async function succeed(
  store: WriteStore,
  shown: Shown | undefined,
  held: Manifest,
  { edition, objects, started, keepDays, name }: Successor,
): Promise<{ readonly edition: string; readonly deleted: number } | undefined> {
  const now = instantOf(started) ?? '';
  const target = name ?? `${isoTime(started).replaceAll(':', '')}-${checksum(edition)}`;
  const manifest = replaced(held, { name: target, objects }, now, shown?.pointer.name);
  const expired = expiredIn(manifest, started, keepDays);
  const { ref, content } = await writeManifest(expired.kept);
  const pointer: Pointer = {
    ...changedAfter(edition, shown?.pointer, now),
    name: target,
    manifest: ref,
    started: isoTime(started),
  };
  const bytes = bytesOf(JSON.stringify(pointer));
  await store.put([manifestKey(ref)], async () => content);
  if (name === undefined) await store.put([editionKey(target)], async () => bytes);
  if (!(await store.replace(editionPath, bytes, shown?.value))) return undefined;
  const editions = expired.editions.map((one) => editionKey(one.name));
  await store.remove([...expired.objects, ...editions, ...(await oldManifests(store, ref, started, shown))]);
  return { edition: target, deleted: expired.objects.length };
}

/** Lists the manifests that are no longer needed, for the first run of a day, since each deletion is a request. */
async function oldManifests(store: WriteStore, ref: Ref, started: number, shown: Shown | undefined): Promise<Key[]> {
  const dayOf = (time: string): string => time.slice(0, 10);
  if (shown === undefined || dayOf(shown.pointer.started ?? '') === dayOf(isoTime(started))) return [];
  return [...(await store.list(manifestsFolder)).keys()].filter((key) => key !== manifestKey(ref));
}

/** Separates what was replaced more than `keepDays` ago, but only once a day, since each deletion is a request. */
function expiredIn(
  manifest: Manifest,
  now: number,
  keepDays = Number.POSITIVE_INFINITY,
): ReturnType<typeof withoutOlder> {
  const daysAgo = (days: number): string =>
    days === Number.POSITIVE_INFINITY ? '' : (instantOf(now - days * 86_400_000) ?? '');
  const overdue = withoutOlder(manifest, daysAgo(keepDays + 1));
  const isDue = overdue.objects.length + overdue.editions.length > 0;
  return withoutOlder(manifest, isDue ? daysAgo(keepDays) : '');
}
