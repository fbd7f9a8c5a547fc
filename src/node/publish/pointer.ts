import { createHash } from 'node:crypto';
import type { Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import {
  editionPath,
  filesFolder,
  objectsFolder,
  type Ref,
  type StoredEdition,
  storedFolder,
  storedForm,
} from '../../publication/stored/stored.ts';
import type { Bytes, WriteStore } from '../../store/store.ts';
import { type Key, type Manifest, manifestKey, readManifest } from './manifest.ts';

/**
 * An edition in a store, with what publishing needs to know of it. Workers ignore the added fields, and an edition that
 * was copied from a build lacks them.
 */
export interface Pointer extends StoredEdition {
  readonly name?: string;
  /** The manifest that says which objects the store holds. */
  readonly manifest?: Ref;
  /** When the run that published it began, in RFC 3339 with milliseconds. */
  readonly started?: string;
}

/** The edition that readers see, and the value that a replacement of it must find. */
export interface Shown {
  readonly pointer: Pointer;
  readonly value: Bytes;
}

/**
 * Reads the edition that readers see, for a run that began at `started`; `undefined` if nothing is published. Throws if
 * a run that began later published it.
 */
export async function readShown(store: WriteStore, started: number): Promise<Shown | undefined> {
  const value = await store.get(editionPath);
  if (value === undefined) return undefined;
  const pointer = parsePointer(value, `${editionPath} in ${store.name}`);
  const other = Date.parse(pointer.started ?? '');
  // A start in the future comes from a clock that was wrong, and must not stop publishing until then.
  if (other > started && other < Date.now() + toleratedSkew)
    throw new Error(
      `${store.name} shows an edition of a run that began at ${pointer.started}, after this one (${isoTime(started)}); nothing was changed. Publish again to replace it`,
    );
  return { pointer, value };
}

/** Milliseconds by which the clocks of two machines may differ. */
const toleratedSkew = 300_000;

/** Writes a time in RFC 3339, with milliseconds. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

export function parsePointer(content: Bytes, name: string): Pointer {
  try {
    const pointer: unknown = JSON.parse(new TextDecoder().decode(content));
    if (typeof pointer === 'object' && pointer !== null && 'form' in pointer) return pointer as Pointer;
  } catch {}
  throw new Error(
    `${name} is damaged: it is not the JSON of an edition. Copy the newest file of ${editionsFolder} over it, or publish into an empty store`,
  );
}

/**
 * Reads what a store holds since this edition was published; `undefined` if that is lost, so that it must be listed.
 */
export async function manifestOf(store: WriteStore, { manifest }: Pointer): Promise<Manifest | undefined> {
  const value = manifest === undefined ? undefined : await store.get(manifestKey(manifest));
  return value && readManifest(value).catch(() => undefined);
}

/** Lists the objects and files of a store with their lengths. Objects of earlier forms have another ending. */
export async function listObjects(store: WriteStore): Promise<Listing> {
  const objects = [...(await store.list(`${objectsFolder}/`))].filter(([key]) => key.endsWith('.gz'));
  return new Map(store.takesFiles !== false ? [...objects, ...(await store.list(`${filesFolder}/`))] : objects);
}

/** Lengths in bytes by key; `undefined` if the store does not list them. */
export type Listing = ReadonlyMap<Key, number | undefined>;

/** The part of an edition that belongs to it, without what publishing adds. */
export function editionIn({ name: _, manifest: __, started: ___, ...edition }: Pointer): StoredEdition {
  return edition;
}

/** Hashes what readers see of an edition, without its date. */
export function checksum(edition: StoredEdition): string {
  const text = JSON.stringify({ ...edition, changed: undefined, ledger: undefined });
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** Editions of another form belong to another version of the worker, so each form has its own folder. */
export const editionsFolder = `${storedFolder}/editions-${storedForm}/`;

export function editionKey(name: string): string {
  return `${editionsFolder}${name}.json`;
}

/**
 * Dates an edition after the one that it replaces, even in a rollback: readers without entity-tags notice a change only
 * by its date.
 */
export function changedAfter(edition: StoredEdition, shown: StoredEdition | undefined, now: Instant): StoredEdition {
  const { changed } = edition;
  const last = shown?.changed;
  // Only the ledger differs.
  if (shown !== undefined && checksum(editionIn(shown)) === checksum(edition))
    return { ...edition, ...omitUndefined({ changed: last ?? changed }) };
  if (last === undefined || (changed !== undefined && changed > last)) return edition;
  return { ...edition, ...omitUndefined({ changed: now > last ? now : last }) };
}

/** Returns the bytes of a text. */
export function bytesOf(text: string): Bytes {
  return new TextEncoder().encode(text);
}
