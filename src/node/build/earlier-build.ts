import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Instant } from '../../article/article.ts';
import { listTable } from '../../publication/read-stored.ts';
import {
  editionPathOf,
  gone,
  objectPath,
  objectsFolder,
  type Ref,
  type StoredEdition,
  type StoredSlice,
  storedForm,
} from '../../publication/stored.ts';

/** What an earlier build has published, including what was withdrawn since. */
export interface EarlierBuild {
  readonly slugs: readonly string[];
  /** Paths of slices. */
  readonly slices: readonly string[];
  /** Old paths of articles, from before the site moved here. */
  readonly oldPaths: readonly string[];
  readonly edition?: StoredEdition;
}

/** The stored forms that a build can read, so that an update of Dateline forgets no withdrawn article. */
const readableForms: readonly number[] = [storedForm, 4, 3];

/** The pointers that a build of any form has written. */
export const earlierPointers: readonly string[] = [...new Set(readableForms.map(editionPathOf))];

/** A slice; form 3 only says when its first article becomes due. */
type EarlierSlice = Pick<StoredSlice, 'turns'> | { readonly first: Instant };

/** Reads what the build in a folder had published by `now`; empty if there is no build in a readable form. */
export async function readEarlierBuild(folder: string, now: Instant): Promise<EarlierBuild> {
  const edition = await readEdition(folder);
  if (edition === undefined) return { slugs: [], slices: [], oldPaths: [] };
  const { articles, slices, former, scheduled } = edition;
  const read = async (ref: Ref): Promise<unknown> => (await readObject(folder, ref, edition.form)) ?? { leaf: {} };
  const slugs = await listTable<number>(read, articles);
  const paths = await listTable<EarlierSlice | typeof gone>(read, slices);
  const moved = former === undefined ? [] : await listTable<string | typeof gone>(read, former);
  // An article that was withdrawn before its date was never published.
  const isPast = (instant: Instant | undefined): boolean => instant === undefined || instant <= now;
  const firstOf = (slice: EarlierSlice): Instant | undefined => ('turns' in slice ? slice.turns[0] : slice.first);
  const wasPublished = (slug: string): boolean => isPast(Object.hasOwn(scheduled, slug) ? scheduled[slug] : undefined);
  return {
    edition,
    slugs: slugs.map(([slug]) => slug).filter(wasPublished),
    oldPaths: moved.filter(([, slug]) => slug === gone || wasPublished(slug)).map(([path]) => path),
    slices: paths.filter(([, slice]) => slice === gone || isPast(firstOf(slice))).map(([path]) => path),
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
  const { changed: _, ...before } = edition;
  const { changed: __, ...after } = stored;
  return JSON.stringify(before) === JSON.stringify(after) ? edition.changed : now;
}

async function readEdition(folder: string): Promise<StoredEdition | undefined> {
  for (const path of earlierPointers) {
    const edition = await parsed<StoredEdition>(readFile(join(folder, path)));
    if (edition !== undefined && readableForms.includes(edition.form)) return edition;
  }
  return undefined;
}

/** Reads an object; before form 5, they were not compressed. */
function readObject(folder: string, ref: Ref, form: number): Promise<unknown> {
  if (form < 5) return parsed(readFile(join(folder, `${objectsFolder}/${ref}.json`)));
  return parsed(readFile(join(folder, objectPath(ref))).then((bytes) => decompress(bytes)));
}

const decompress = promisify<Uint8Array, Uint8Array>(gunzip);

/** Parses JSON; `undefined` if it can't be read. */
async function parsed<T>(bytes: Promise<Uint8Array>): Promise<T | undefined> {
  try {
    return JSON.parse(new TextDecoder().decode(await bytes)) as T;
  } catch {
    return undefined;
  }
}
