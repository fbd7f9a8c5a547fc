import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../../article/article.ts';
import { listTable } from '../../publication/read-stored.ts';
import {
  editionPath,
  gone,
  objectPath,
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
const readableForms: readonly number[] = [3, storedForm];

/** A slice; form 3 only says when its first article becomes due. */
type EarlierSlice = Pick<StoredSlice, 'turns'> | { readonly first: Instant };

/** Reads what the build in a folder had published by `now`; empty if there is no build in a readable form. */
export async function readEarlierBuild(folder: string, now: Instant): Promise<EarlierBuild> {
  const edition = await readJson<StoredEdition>(join(folder, editionPath));
  if (edition === undefined || !readableForms.includes(edition.form)) return { slugs: [], slices: [], oldPaths: [] };
  const { articles, slices, former, scheduled } = edition;
  const read = async (ref: string): Promise<unknown> => (await readJson(join(folder, objectPath(ref)))) ?? { leaf: {} };
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

async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
