import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Instant } from '../../article/article.ts';
import { type Ref, storedFolder } from '../../publication/stored.ts';

/** What a store holds, as far as it was published, so that nobody has to list it. */
export interface Manifest {
  /** The objects of the edition that readers see. */
  readonly current: ReadonlySet<Ref>;
  /** The objects that only earlier editions have, by when the last of these was replaced. */
  readonly superseded: ReadonlyMap<Ref, Instant>;
  /** The editions that were published and replaced. */
  readonly editions: readonly PastEdition[];
}

/** An edition that a rollback can go back to. */
export interface PastEdition {
  readonly name: string;
  readonly replaced: Instant;
  /** Its manifest. */
  readonly manifest: Ref;
}

export const emptyManifest: Manifest = { current: new Set(), superseded: new Map(), editions: [] };

/** Returns a manifest that agrees with the objects that a store lists. What nobody accounted for counts as replaced now. */
export function agreeing({ current, superseded, editions }: Manifest, listed: readonly Ref[], now: Instant): Manifest {
  const others = listed.filter((ref) => !current.has(ref));
  return {
    current: new Set(listed.filter((ref) => current.has(ref))),
    superseded: new Map(others.map((ref) => [ref, superseded.get(ref) ?? now])),
    editions,
  };
}

/** Returns the key of a stored manifest. */
export function manifestKey(ref: Ref): string {
  return `${storedFolder}/manifests/${ref}.gz`;
}

/** Returns the manifest of an edition that replaces the one that was `shown`, if any, at `now`. */
export function replaced(
  before: Manifest,
  { name, objects }: { readonly name: string; readonly objects: Iterable<Ref> },
  now: Instant,
  shown: Partial<Pick<PastEdition, 'name' | 'manifest'>> = {},
): Manifest {
  const current = new Set(objects);
  const superseded = new Map(before.superseded);
  for (const ref of before.current) superseded.set(ref, now);
  for (const ref of current) superseded.delete(ref);
  const others = before.editions.filter((one) => one.name !== shown.name);
  const past =
    shown.name === undefined || shown.manifest === undefined
      ? []
      : [{ name: shown.name, manifest: shown.manifest, replaced: now }];
  return { current, superseded, editions: [...others, ...past].filter((one) => one.name !== name) };
}

/** Separates what was replaced before a moment: its objects, and the editions that had them. */
export function withoutOlder(
  manifest: Manifest,
  before: Instant,
): { kept: Manifest; objects: Ref[]; editions: PastEdition[] } {
  const isOlder = (instant: Instant): boolean => instant < before;
  const superseded = [...manifest.superseded];
  return {
    kept: {
      current: manifest.current,
      superseded: new Map(superseded.filter(([, instant]) => !isOlder(instant))),
      editions: manifest.editions.filter(({ replaced }) => !isOlder(replaced)),
    },
    objects: superseded.flatMap(([ref, instant]) => (isOlder(instant) ? [ref] : [])),
    editions: manifest.editions.filter(({ replaced }) => isOlder(replaced)),
  };
}

/** The stored form: names as base64 of their bytes, those of objects of one moment together. */
interface StoredManifest {
  readonly current: string;
  readonly superseded: Readonly<Record<Instant, string>>;
  readonly editions: readonly PastEdition[];
}

/** Writes a manifest in bytes, 16 for each object, and names it. */
export async function writeManifest(manifest: Manifest): Promise<{ ref: Ref; content: Uint8Array<ArrayBuffer> }> {
  const byMoment = Map.groupBy(manifest.superseded.keys(), (ref) => manifest.superseded.get(ref) ?? '');
  const stored: StoredManifest = {
    current: packed(manifest.current),
    superseded: Object.fromEntries([...byMoment].sort().map(([instant, refs]) => [instant, packed(refs)])),
    editions: manifest.editions,
  };
  const text = JSON.stringify(stored);
  const ref = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return { ref, content: new Uint8Array(await promisify<string, Buffer>(gzip)(text)) };
}

/** Reads what {@link writeManifest} wrote; rejects if the bytes are damaged. */
export async function readManifest(content: Uint8Array): Promise<Manifest> {
  const text = await promisify<Uint8Array, Buffer>(gunzip)(content);
  const { current, superseded, editions } = JSON.parse(text.toString()) as StoredManifest;
  const entries = Object.entries(superseded);
  return {
    current: new Set(unpacked(current)),
    superseded: new Map(entries.flatMap(([instant, refs]) => unpacked(refs).map((ref) => [ref, instant] as const))),
    editions,
  };
}

function packed(refs: Iterable<Ref>): string {
  return Buffer.from([...refs].sort().join(''), 'hex').toString('base64');
}

function unpacked(text: string): Ref[] {
  return Buffer.from(text, 'base64').toString('hex').match(/.{32}/g) ?? [];
}
