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

/** What an earlier build published, the withdrawn things too. */
export interface EarlierBuild {
  readonly slugs: readonly string[];
  /** The paths of slices. */
  readonly slices: readonly string[];
  /** The paths at which articles stood before the site came here. */
  readonly former: readonly string[];
  readonly edition?: StoredEdition;
}

/** Reads what a build in a folder published by the moment `now`; nothing where there was no build. */
export async function readEarlierBuild(folder: string, now: Instant): Promise<EarlierBuild> {
  const edition = await readJson<StoredEdition>(join(folder, editionPath));
  if (edition?.form !== storedForm) return { slugs: [], slices: [], former: [] };
  const { articles, slices, former, scheduled } = edition;
  const read = async (ref: string): Promise<unknown> =>
    (await readJson(join(folder, objectPath(ref)))) ?? { leaf: {} };
  const slugs = await listTable<number>(read, articles);
  const paths = await listTable<StoredSlice | typeof gone>(read, slices);
  const formerly = former === undefined ? [] : await listTable<string | typeof gone>(read, former);
  // What was withdrawn before its day was never there.
  const isPast = (instant: Instant | undefined): boolean => instant === undefined || instant <= now;
  const wasThere = (slug: string): boolean =>
    isPast(Object.hasOwn(scheduled, slug) ? scheduled[slug] : undefined);
  return {
    edition,
    slugs: slugs.map(([slug]) => slug).filter(wasThere),
    former: formerly.filter(([, slug]) => slug === gone || wasThere(slug)).map(([path]) => path),
    slices: paths.filter(([, slice]) => slice === gone || isPast(slice.first)).map(([path]) => path),
  };
}

/**
 * Settles when a publication last changed, for Last-Modified: never where its build is what an earlier one was, though
 * a checkout has given all files new dates; now where it isn't, though its files may be older than what was last seen.
 */
export function settleChange(
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
