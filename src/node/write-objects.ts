import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArticleSource, Instant } from '../article/article.ts';
import { isDue } from '../publication/publication.ts';
import type { Site } from '../publication/site.ts';
import {
  blockPath,
  editionPath,
  goneBlock,
  type StoredBlock,
  type StoredEdition,
  type StoredSlugs,
  slugsFolder,
  slugsPath,
  storedForm,
} from '../publication/stored.ts';

/** What is known of the publication's past. */
export interface StoredHistory {
  /** The slugs of an earlier build, of which those without an article now are gone. */
  readonly known: readonly string[];
  readonly changed?: Instant;
}

/**
 * Writes what the worker reads: the edition, its articles in blocks, and where each slug stands. `ordered` is oldest
 * first. Returns the number of objects.
 */
export async function writeObjects(
  site: Site,
  ordered: readonly ArticleSource[],
  folder: string,
  now: Instant,
  { known, ...history }: StoredHistory,
): Promise<number> {
  const places = new Map(known.map((slug) => [slug, goneBlock]));
  const blocks = Math.ceil(ordered.length / site.items);
  for (let number = 1; number <= blocks; number++) {
    const articles = ordered.slice((number - 1) * site.items, number * site.items);
    const block: StoredBlock = articles.map((source) => source.article());
    await writeJson(join(folder, blockPath(number)), block);
    for (const { head } of articles) places.set(head.slug, number);
  }
  const shards = new Map<string, [slug: string, block: number][]>();
  for (const place of places) {
    const path = slugsPath(place[0]);
    const shard = shards.get(path) ?? [];
    shard.push(place);
    shards.set(path, shard);
  }
  for (const [path, shard] of shards) {
    await writeJson(join(folder, path), Object.fromEntries(shard) satisfies StoredSlugs);
  }
  const edition: StoredEdition = {
    form: storedForm,
    site,
    count: ordered.length,
    ...history,
    upcoming: ordered.filter(({ head }) => !isDue(head, now)).map(({ head }) => head.published),
  };
  await writeJson(join(folder, editionPath), edition);
  return blocks + shards.size + 1;
}

/** Lists the slugs that an earlier build in a folder knew, the withdrawn ones too; none where there was no build. */
export async function publishedSlugs(folder: string): Promise<string[]> {
  const edition = await readJson<StoredEdition>(join(folder, editionPath));
  if (edition?.form !== storedForm) return [];
  const names = await readdir(join(folder, slugsFolder)).catch(() => []);
  const shards = await Promise.all(
    names.map((name) => readJson<StoredSlugs>(join(folder, slugsFolder, name))),
  );
  return shards.flatMap((shard) => Object.keys(shard ?? {}));
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(value));
}

async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
