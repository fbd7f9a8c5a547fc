import { gzipSync } from 'node:zlib';
import type { ArticleSource, Instant } from '../../src/article/article.ts';
import { oldestFirst } from '../../src/article/article.ts';
import { ObjectWriter, type WriteObject } from '../../src/node/build/objects/object-writer.ts';
import { type WriteBlocks, writeObjects } from '../../src/node/build/objects/write-objects.ts';
import { emptyLedger } from '../../src/publication/ledger.ts';
import type { Publication } from '../../src/publication/publication.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { editionPath, objectPath } from '../../src/publication/stored/stored.ts';
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
  const write: WriteObject = async (ref, text) => {
    files.set(objectPath(ref), new Uint8Array(gzipSync(text)));
  };
  const objects = new ObjectWriter(write);
  const writeBlocks: WriteBlocks = (blocks) =>
    Promise.all(blocks.map((block) => objects.put(block.map((source) => source.article()))));
  const edition = await writeObjects(site, ordered, now, emptyLedger, writeBlocks, write);
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
