import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Instant, instantAt } from '../../../article/article.ts';
import { articlePath } from '../../../publication/addresses/address.ts';
import { emptyLedger, type Ledger } from '../../../publication/ledger.ts';
import { listTable } from '../../../publication/stored/read-stored.ts';
import {
  editionPathOf,
  gone,
  objectPath,
  objectsFolder,
  type Ref,
  type StoredEdition,
  type StoredSlice,
  storedForm,
} from '../../../publication/stored/stored.ts';
import { LaterLedger, readStoredLedger } from '../../../publication/stored/stored-ledger.ts';

/** What an earlier build has published. */
export interface EarlierBuild {
  /** Parsed when it is first needed: a build without a change does not. */
  readonly ledger: Ledger;
  readonly edition?: StoredEdition;
}

/** The stored forms that a build can read, so that an update of Dateline forgets no withdrawn article. */
const readableForms: readonly number[] = [storedForm, 5, 4, 3];

/** The pointers that a build of any form has written. */
export const earlierPointers: readonly string[] = [...new Set(readableForms.map(editionPathOf))];

/**
 * Reads what the build in a folder had published by `now`; empty if there is no build in a readable form. Returns
 * `known` if the build has not changed since that was read.
 */
export async function readEarlierBuild(folder: string, now: Instant, known?: EarlierBuild): Promise<EarlierBuild> {
  const edition = readEdition(folder);
  if (known !== undefined && JSON.stringify(known.edition) === JSON.stringify(edition)) return known;
  if (edition === undefined) return { ledger: emptyLedger };
  if (edition.ledger === undefined)
    return { edition, ledger: await pathsOfTables(edition, (ref) => readObject(folder, ref, edition.form), now) };
  const parts = edition.ledger.map((ref) => readBytes(folder, ref, edition.form));
  let ledger: Ledger | undefined;
  const parse = () =>
    joinParts(
      parts.map((part) => part && parseJson(part)),
      folder,
    );
  // Throws now, because a build without a change parses nothing.
  if (parts.includes(undefined)) ledger = parse();
  return {
    edition,
    get ledger() {
      ledger ??= parse();
      return ledger;
    },
  };
}

/**
 * Reads the ledger of an edition in the store or folder called `name`; `undefined` if it has none. Throws if it can't
 * be read, since a build without it would forget what was withdrawn.
 */
export async function readLedger(
  { ledger }: StoredEdition,
  read: (ref: Ref) => Promise<unknown>,
  name: string,
): Promise<Ledger | undefined> {
  if (ledger === undefined) return undefined;
  const parts = await Promise.all(ledger.map(read));
  return joinParts(parts, name);
}

function joinParts(parts: readonly unknown[], name: string): Ledger {
  try {
    return readStoredLedger(parts);
  } catch (error) {
    const remedy =
      error instanceof LaterLedger
        ? ''
        : '; restore it, or delete the edition to publish without it: withdrawn articles would then answer 404, not 410';
    throw new Error(`${name}: ${(error as Error).message}${remedy}`, { cause: error });
  }
}

/** A slice; form 3 only says when its first article becomes due. */
type EarlierSlice = Pick<StoredSlice, 'turns'> | { readonly first: Instant };

/** Lists what an edition without a ledger had published by `now`, from the tables that its worker reads. */
async function pathsOfTables(
  { articles, slices, former, scheduled, changed: known }: StoredEdition,
  readStored: (ref: Ref) => Promise<unknown>,
  now: Instant,
): Promise<Ledger> {
  const changed = known ?? now;
  const read = async (ref: Ref): Promise<unknown> => (await readStored(ref)) ?? { leaf: {} };
  const slugs = await listTable<number>(read, articles);
  const paths = await listTable<EarlierSlice | typeof gone>(read, slices);
  const moved = former === undefined ? [] : await listTable<string | typeof gone>(read, former);
  const dueOf = (slug: string): Instant => (Object.hasOwn(scheduled, slug) ? scheduled[slug] : undefined) ?? changed;
  const firstOf = (slice: EarlierSlice): Instant => ('turns' in slice ? slice.turns[0] : slice.first) ?? changed;
  return {
    articles: new Map(),
    paths: new Map([
      ...slugs.map(([slug]) => [articlePath(slug), dueOf(slug)] as const),
      ...paths.map(([path, slice]) => [path, slice === gone ? changed : firstOf(slice)] as const),
    ]),
    oldPaths: new Map(moved.map(([path, slug]) => [path, slug === gone ? changed : dueOf(slug)])),
  };
}

/**
 * Determines when a publication last changed, for Last-Modified. An unchanged build keeps the earlier date, even if a
 * checkout gave all files new dates. A changed one is dated now, even if its files are older than the earlier build.
 */
export function lastChange(
  stored: StoredEdition,
  { edition }: EarlierBuild,
  changed: Instant | undefined,
  now: Instant,
): Instant | undefined {
  if (edition?.changed === undefined) return changed;
  const shown = ({ changed: _, ledger: __, files: ___, ...rest }: StoredEdition): string => JSON.stringify(rest);
  if (shown(edition) === shown(stored)) return edition.changed;
  // Readers that only know dates must see a change, even if the clock was turned back.
  const next = instantAt(Date.parse(edition.changed) + 1000);
  return next < now ? now : next;
}

function readEdition(folder: string): StoredEdition | undefined {
  for (const path of earlierPointers) {
    const bytes = bytesOrNothing(() => readFileSync(join(folder, path)));
    const edition = bytes && parseJson<StoredEdition>(bytes);
    if (edition !== undefined && readableForms.includes(edition.form)) return edition;
  }
  return undefined;
}

/** Reads an object of a build, `undefined` if it can't be read. */
export async function readObject(folder: string, ref: Ref, form: number): Promise<unknown> {
  const bytes = readBytes(folder, ref, form);
  return bytes && parseJson(bytes);
}

/** Reads the bytes of an object, which are compressed since form 5; `undefined` if they are missing or damaged. */
function readBytes(folder: string, ref: Ref, form: number): Uint8Array | undefined {
  if (form < 5) return bytesOrNothing(() => readFileSync(join(folder, `${objectsFolder}/${ref}.json`)));
  return bytesOrNothing(() => gunzipSync(readFileSync(join(folder, objectPath(ref))), { chunkSize }));
}

/** In bytes. Decompressing a ledger in other threads, in the usual chunks of 16 KiB, took three times as long. */
const chunkSize = 1024 * 1024;

function bytesOrNothing(read: () => Uint8Array): Uint8Array | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Parses JSON; `undefined` if it is damaged. */
function parseJson<T>(bytes: Uint8Array): T | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as T;
  } catch {
    return undefined;
  }
}
