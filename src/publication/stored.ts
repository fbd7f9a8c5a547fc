import type { Article, Instant } from '../article/article.ts';
import type { ListedSlice } from './publication.ts';
import type { Site } from './site.ts';

/**
 * The form in which `build` stores an edition for the edge: immutable JSON objects, each named by a hash of its bytes,
 * and one small object that changes, the edition, from which all others are found.
 *
 * Articles stand in blocks of `site.items`, counted from the oldest, as archive pages do; so a page is one block or the
 * last two. Lists of blocks and of names are trees of small nodes, so that a request reads a handful of objects however
 * many articles there are, and adding an article makes a handful of new ones.
 */
export interface StoredEdition {
  /** Changes whenever the form does; a worker refuses one that it doesn't know. */
  readonly form: typeof storedForm;
  readonly site: Site;
  readonly changed?: Instant;
  readonly whole: StoredRun;
  /** Slug → number of the block, from 1, in which the article stands, or {@link gone}. */
  readonly articles: Ref;
  /**
   * Path of old, below the site's address → slug of the article that stood there before the site came here, or {@link gone};
   * left out where no article did.
   */
  readonly former?: Ref;
  /** Path of a slice → the slice, or {@link gone}. */
  readonly slices: Ref;
  /** Path of a slice → {@link ListedSlice}, of those that are not gone, in few large parts: for the list of all. */
  readonly listed: Ref;
  /** The articles that were still to come when the edition was made: slug → when. */
  readonly scheduled: Readonly<Record<string, Instant>>;
}

/** The name of an object: the hash of its bytes. */
export type Ref = string;

/** A run of articles. */
export interface StoredRun {
  readonly count: number;
  /** When each of the last articles appears that were not yet due when the run was made, oldest first. */
  readonly upcoming: readonly Instant[];
  /** The root of the tree of its blocks, with {@link blocksInNode} children a node; of a run without articles, empty. */
  readonly blocks: Ref;
  /** How many nodes lie between the root, that included, and a block; 0 where the root is the only block. */
  readonly depth: number;
}

/** A run of articles, oldest first. */
export type StoredBlock = readonly Article[];

/** A node of a tree of blocks. */
export type StoredNode = readonly Ref[];

export const blocksInNode = 64;

export interface StoredSlice extends ListedSlice {
  readonly run: StoredRun;
}

/** Stands for what was published once and is no more. */
export const gone = 0;

/**
 * A part of a table, which is a tree by the digits of {@link hashOf} of its keys: a leaf with entries or a node with a
 * part for each digit that occurs.
 */
export type StoredTable<T> =
  | { readonly leaf: Readonly<Record<string, T>> }
  | { readonly parts: Readonly<Record<string, Ref>> };

/** Entries that a leaf has at most, but at the end of the digits. */
export const leafLimit = 64;

/**
 * The same of a table that is read as a whole, for which a worker may make a thousand requests to its store, six at a
 * time.
 */
export const listedLeafLimit = 4096;

/** How many digits a key's hash has. */
export const digits = 8;

/** FNV-1a over UTF-16 code units as hexadecimal digits: spreads keys evenly and is the same on every runtime. */
export function hashOf(key: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  // The first digits of FNV differ least.
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return ((hash ^ (hash >>> 12)) >>> 0).toString(16).padStart(digits, '0');
}

export const storedForm = 3;

/** The folder of stored objects; nothing under it is served. */
export const storedFolder = '_dateline';

/** Where the edition is, the one object that changes. */
export const editionPath = `${storedFolder}/edition.json`;

/** The folder of the objects that never change. */
export const objectsFolder = `${storedFolder}/objects`;

export function objectPath(ref: Ref): string {
  return `${objectsFolder}/${ref}.json`;
}
