import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Instant } from '../../article/article.ts';
import {
  filePath,
  filesFolder,
  objectPath,
  objectsFolder,
  type Ref,
  storedFolder,
} from '../../publication/stored/stored.ts';

/** The key of an immutable object or of a file of the site. */
export type Key = string;

/** What a store holds, as far as it was published, so that nobody has to list it. */
export interface Manifest {
  /** What the edition has that readers see; after a rollback perhaps more. */
  readonly current: ReadonlySet<Key>;
  /** What only earlier editions have, by when the last of these was replaced. */
  readonly superseded: ReadonlyMap<Key, Instant>;
  /** The editions that were published and replaced, the last one replaced at the end. */
  readonly editions: readonly PastEdition[];
  /** What a listing of the store lacked of `current`. */
  readonly lost?: ReadonlySet<Key>;
}

/** An edition that a rollback can go back to. */
export interface PastEdition {
  readonly name: string;
  readonly replaced: Instant;
  /** What its successor brought into the store. */
  readonly added: readonly Key[];
}

export const emptyManifest: Manifest = { current: new Set(), superseded: new Map(), editions: [] };

/** Returns a manifest that agrees with what a store lists. What nobody accounted for counts as replaced now. */
export function agreeing({ current, superseded, editions }: Manifest, listed: Iterable<Key>, now: Instant): Manifest {
  const found = new Set(listed);
  const others = [...found].filter((key) => !current.has(key));
  return {
    current,
    superseded: new Map(others.map((key) => [key, superseded.get(key) ?? now])),
    editions,
    lost: new Set([...current].filter((key) => !found.has(key))),
  };
}

/** The folder of the manifests. Only the last one is needed. */
export const manifestsFolder = `${storedFolder}/manifests/`;

/** Returns the key of a stored manifest. */
export function manifestKey(ref: Ref): string {
  return `${manifestsFolder}${ref}.gz`;
}

/** Returns the manifest of an edition that replaces the one called `shown`, if any, at `now`. */
export function replaced(
  before: Manifest,
  { name, objects }: { readonly name: string; readonly objects: Iterable<Key> },
  now: Instant,
  shown: string | undefined,
): Manifest {
  const current = new Set(objects);
  const superseded = new Map(before.superseded);
  for (const key of before.current) superseded.set(key, now);
  for (const key of current) superseded.delete(key);
  const added = [...current].filter((key) => !before.current.has(key) && !before.superseded.has(key));
  // Without the manifest of the edition, its keys are unknown.
  const past = shown === undefined || before.current.size === 0 ? [] : [{ name: shown, replaced: now, added }];
  const others = before.editions.filter((one) => one.name !== shown);
  return { current, superseded, editions: [...others, ...past].filter((one) => one.name !== name) };
}

/**
 * Returns what a replaced edition has, and perhaps more; `undefined` if that is unknown. Everything that it has is
 * still current or was replaced with it or later, and is nothing that came afterwards.
 */
export function objectsOf({ current, superseded, editions }: Manifest, name: string): ReadonlySet<Key> | undefined {
  const at = editions.findIndex((one) => one.name === name);
  const edition = editions[at];
  if (edition === undefined) return undefined;
  const objects = new Set(current);
  for (const [key, instant] of superseded) if (instant >= edition.replaced) objects.add(key);
  for (const { added } of editions.slice(at)) for (const key of added) objects.delete(key);
  return objects;
}

/** Separates what was replaced before a moment: its objects, and the editions that had them. */
export function withoutOlder(
  manifest: Manifest,
  before: Instant,
): { kept: Manifest; objects: Key[]; editions: PastEdition[] } {
  const isOlder = (instant: Instant): boolean => instant < before;
  const superseded = [...manifest.superseded];
  return {
    kept: {
      current: manifest.current,
      superseded: new Map(superseded.filter(([, instant]) => !isOlder(instant))),
      editions: manifest.editions.filter(({ replaced }) => !isOlder(replaced)),
    },
    objects: superseded.flatMap(([key, instant]) => (isOlder(instant) ? [key] : [])),
    editions: manifest.editions.filter(({ replaced }) => isOlder(replaced)),
  };
}

/** The keys of one kind: names as base64 of their bytes, those of one moment together. */
interface StoredKeys {
  readonly current: string;
  readonly superseded: Readonly<Record<Instant, string>>;
}

/** What an edition brought: names of objects and of files. */
type StoredAdded = readonly [objects: string, files: string];

/** The stored form. */
interface StoredManifest extends StoredKeys {
  readonly files: StoredKeys;
  readonly editions: readonly (Omit<PastEdition, 'added'> & { readonly added: StoredAdded })[];
}

/** How the keys of a kind are made of names. */
interface Kind {
  readonly folder: string;
  readonly keyOf: (ref: Ref) => Key;
}

const objectKind: Kind = { folder: `${objectsFolder}/`, keyOf: objectPath };
const fileKind: Kind = { folder: `${filesFolder}/`, keyOf: filePath };

/** Writes a manifest in bytes, 16 for each key, and names it. */
export async function writeManifest(manifest: Manifest): Promise<{ ref: Ref; content: Uint8Array<ArrayBuffer> }> {
  const { current, superseded, editions } = manifest;
  const byMoment = Map.groupBy(superseded.keys(), (key) => superseded.get(key) ?? '');
  const keysOf = (kind: Kind): StoredKeys => ({
    current: packed(current, kind),
    superseded: Object.fromEntries([...byMoment].sort().map(([instant, keys]) => [instant, packed(keys, kind)])),
  });
  const text = JSON.stringify({
    ...keysOf(objectKind),
    files: keysOf(fileKind),
    editions: editions.map((one) => ({
      ...one,
      added: [packed(one.added, objectKind), packed(one.added, fileKind)] as const,
    })),
  } satisfies StoredManifest);
  const ref = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return { ref, content: new Uint8Array(await promisify<string, Buffer>(gzip)(text)) };
}

/** Reads what {@link writeManifest} wrote; rejects if the bytes are damaged. */
export async function readManifest(content: Uint8Array): Promise<Manifest> {
  const text = await promisify<Uint8Array, Buffer>(gunzip)(content);
  const { editions, files, ...objects } = JSON.parse(text.toString()) as StoredManifest;
  const current = new Set<Key>();
  const superseded = new Map<Key, Instant>();
  const read = (keys: StoredKeys, kind: Kind): void => {
    for (const key of unpacked(keys.current, kind)) current.add(key);
    for (const [instant, names] of Object.entries(keys.superseded))
      for (const key of unpacked(names, kind)) superseded.set(key, instant);
  };
  read(objects, objectKind);
  read(files, fileKind);
  const past = editions.map(({ added: [objects, files], ...one }) => ({
    ...one,
    added: [...unpacked(objects, objectKind), ...unpacked(files, fileKind)],
  }));
  return { current, superseded, editions: past };
}

function packed(keys: Iterable<Key>, { folder }: Kind): string {
  const names = [...keys]
    .filter((key) => key.startsWith(folder))
    .map((key) => key.slice(folder.length, folder.length + 32));
  return Buffer.from(names.sort().join(''), 'hex').toString('base64');
}

function unpacked(text: string, { keyOf }: Kind): Key[] {
  return (Buffer.from(text, 'base64').toString('hex').match(/.{32}/g) ?? []).map(keyOf);
}
