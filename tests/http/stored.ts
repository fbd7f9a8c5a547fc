import type { ArticleSource, Instant } from '../../src/article/article.ts';
import { oldestFirst } from '../../src/article/article.ts';
import { writeObjects } from '../../src/node/build/write-objects.ts';
import { emptyLedger } from '../../src/publication/ledger.ts';
import type { Publication } from '../../src/publication/publication.ts';
import type { Site } from '../../src/publication/site.ts';
import { editionPath, objectPath } from '../../src/publication/stored.ts';
import type { Bytes } from '../../src/store/store.ts';
import { storedPublication } from '../../src/store/stored-publication.ts';

/** Stores articles as a build does; returns the objects by path. */
export async function storeArticles(
  site: Site,
  sources: readonly ArticleSource[],
  now: Instant,
): Promise<ReadonlyMap<string, Bytes>> {
  const files = new Map<string, Bytes>();
  const ordered = sources.toSorted((a, b) => oldestFirst(a.head, b.head));
  const edition = await writeObjects(site, ordered, now, emptyLedger, async (ref, content) => {
    files.set(objectPath(ref), new Uint8Array(content));
  });
  return files.set(editionPath, new TextEncoder().encode(JSON.stringify(edition)));
}

/** The publication as a worker reads it. */
export async function storedInMemory(
  site: Site,
  sources: readonly ArticleSource[],
  now: Instant,
): Promise<Publication> {
  const files = await storeArticles(site, sources, now);
  return storedPublication({ get: async (path) => files.get(path) });
}
