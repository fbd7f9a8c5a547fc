import type { Article, Instant } from '../article/article.ts';
import type { Site } from './site.ts';

/**
 * The form in which `build` stores an edition for the edge: JSON objects, each found by its path alone.
 *
 * Articles stand in blocks of `site.items`, counted from the oldest, as archive pages do; so a page is one block or
 * the last two, and adding an article changes the last block only.
 */
export interface StoredEdition {
  /** Changes whenever the form does; a worker refuses one that it doesn't know. */
  readonly form: typeof storedForm;
  readonly site: Site;
  readonly count: number;
  readonly changed?: Instant;
  readonly upcoming: readonly Instant[];
}

/** A run of articles, oldest first. */
export type StoredBlock = readonly Article[];

/** Where the articles of one shard stand: slug → number of the block, from 1, or {@link goneBlock}. */
export type StoredSlugs = Readonly<Record<string, number>>;

/** The number of the block in which withdrawn articles are: none. */
export const goneBlock = 0;

export const storedForm = 1;

/** The folder of stored objects; nothing under it is served. */
export const storedFolder = '_dateline';

export const editionPath = `${storedFolder}/edition.json`;

/** The path of the n-th block, counted from 1, the oldest. */
export function blockPath(number: number): string {
  return `${storedFolder}/blocks/${number}.json`;
}

/** The folder of the shards that {@link slugsPath} names. */
export const slugsFolder = `${storedFolder}/slugs`;

/** The path of the shard that knows where the article with this slug stands. */
export function slugsPath(slug: string): string {
  return `${slugsFolder}/${shardOf(slug)}.json`;
}

const shards = 64;

/** FNV-1a over UTF-16 code units: spreads slugs evenly and is the same on every runtime. */
function shardOf(slug: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < slug.length; i++) hash = Math.imul(hash ^ slug.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % shards;
}
