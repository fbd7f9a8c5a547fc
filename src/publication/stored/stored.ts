import type { Article, Instant } from '../../article/article.ts';
import type { MonthStart } from '../headline.ts';
import type { NoticedHead } from '../notices.ts';
import type { ArticleRun, ListedSlice } from '../publication.ts';
import type { Site } from '../site/site.ts';
import { fnv1a } from '../slices/slice.ts';
import type { Tombstone } from '../tombstones.ts';

/**
 * The form in which `build` stores an edition for the edge: immutable objects, each gzipped JSON named by the hash of
 * its text, and one small mutable object, the edition, that leads to all others.
 *
 * Articles are stored in blocks of {@link blockItems}, counted from the oldest like archive pages. Blocks and names are
 * found through trees of small nodes. So a request reads a handful of objects however many articles there are, and
 * adding an article writes a handful of new ones.
 */
export interface StoredEdition {
  /** The version of the form; a worker refuses an unknown one. */
  readonly form: typeof storedForm;
  readonly site: Site;
  readonly changed?: Instant;
  readonly whole: StoredRun;
  /** The articles of the main feed and the front page; absent if these are all. */
  readonly main?: StoredRun;
  /** Slug → number of the article's block, counted from 1, or {@link gone}. */
  readonly articles: Ref;
  /** Old path, from before the site moved here → slug of the article, or {@link gone}; absent if there is none. */
  readonly former?: Ref;
  /** Path of a slice → the slice, or {@link gone}. */
  readonly slices: Ref;
  /** Path of a slice that is not gone → {@link ListedSlice}, in few large parts, for the list of all slices. */
  readonly listed: Ref;
  /** {@link StoredNotices}; absent if there is none. */
  readonly noticed?: Ref;
  /** The articles whose files were deleted lately, if the site says so. */
  readonly deleted?: readonly Tombstone[];
  /** The sections in the menu, in its order; absent in stores of earlier versions. */
  readonly sections?: readonly ListedSlice[];
  /** Absent in stores of earlier versions. */
  readonly headlines?: StoredHeadlines;
  /** Path of a file of the site → {@link StoredFile}; absent in stores that hold no files. */
  readonly files?: Ref;
  /** Slug of an article that was scheduled when the edition was made → when it is due. */
  readonly scheduled: Readonly<Record<string, Instant>>;
  /** Slug of an article that expires → when. */
  readonly expiring: Readonly<Record<string, Instant>>;
  /** The parts of the ledger, for the next build. A worker needs none of them. */
  readonly ledger?: readonly Ref[];
}

/** The name of an object: the hash of its text, or of the bytes of a file. */
export type Ref = string;

/** The headlines of all articles, for the links between their pages. */
export interface StoredHeadlines {
  /** The `HeadlineGroup`s, oldest first. An article's page reads one, so no tree leads to them. */
  readonly groups: readonly Ref[];
  /** {@link StoredMonths} */
  readonly months: Ref;
}

/** The months with articles, oldest first. */
export interface StoredMonths {
  readonly starts: readonly MonthStart[];
}

/** A file beside an article or of the publication's `public/`. */
export interface StoredFile {
  readonly ref: Ref;
  readonly type: string;
  readonly length: number;
  /** Bytes of a recording with which a minute of it can be played, if known. */
  readonly minute?: number;
}

/** The articles with corrections or a withdrawal. Unlike a block, it is no list. */
export interface StoredNotices {
  readonly noticed: readonly NoticedHead[];
}

/** A list of articles, oldest first. */
export interface StoredRun extends Pick<ArticleRun, 'count' | 'upcoming' | 'expiring'> {
  /** The articles in each block but the last. */
  readonly items: number;
  /** The root of the tree of blocks, with {@link blocksInNode} children per node; empty without articles. */
  readonly blocks: Ref;
  /** How many nodes lie between the root, included, and a block; 0 if the root is the only block. */
  readonly depth: number;
}

/** A block of articles, oldest first. */
export type StoredBlock = readonly Article[];

/** A node in the tree of blocks. */
export type StoredNode = readonly Ref[];

/** A node of 256 names is as large as a block of a few articles; a tree of 100,000 articles has two levels of them. */
export const blocksInNode = 256;

/**
 * Returns the articles in a block, for pages of `items`: half a page, so that no block reaches into two archive pages.
 * An article's page reads one block, an archive page two, the current page up to four.
 */
export function blockItems(items: number): number {
  return Math.ceil(items / 2);
}

export interface StoredSlice extends ListedSlice {
  readonly run: StoredRun;
}

/** Marks what was published and withdrawn. */
export const gone = 0;

/**
 * A part of a table, a tree by the digits of the keys' {@link hashOf}: a leaf with entries, or a node with a part for
 * each digit that occurs.
 */
export type StoredTable<T> =
  | { readonly leaf: Readonly<Record<string, T>> }
  | { readonly parts: Readonly<Record<string, Ref>> };

/** The most entries in a leaf, except at the end of the digits. A name and a number take a few bytes. */
export const leafLimit = 512;

/** The same for the table of slices, whose entries are longer. */
export const sliceLeafLimit = 64;

/** The same for a table that is read as a whole: a worker may send its store 1000 requests, six at a time. */
export const listedLeafLimit = 4096;

/** How many digits {@link hashOf} returns. */
export const digits = 8;

/** Hashes a key to hexadecimal digits, evenly and alike on every runtime. */
export function hashOf(key: string): string {
  let hash = fnv1a(key);
  // The first digits of FNV-1a vary least.
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return ((hash ^ (hash >>> 12)) >>> 0).toString(16).padStart(digits, '0');
}

export const storedForm = 6;

/** The folder of stored objects; nothing in it is served. */
export const storedFolder = '_dateline';

/**
 * Returns the path of the edition of a form, the one mutable object. Each form has its own, so that workers of two
 * versions can read one store while a new one is deployed.
 */
export function editionPathOf(form: number): string {
  return form < 5 ? `${storedFolder}/edition.json` : `${storedFolder}/edition-${form}.json`;
}

/** The path of the edition of the current form. */
export const editionPath = editionPathOf(storedForm);

/** The folder of the immutable objects. */
export const objectsFolder = `${storedFolder}/objects`;

/** The folder of the files of the site, which are stored as they are. */
export const filesFolder = `${storedFolder}/files`;

/** Returns the path of a file in a store. */
export function filePath(ref: Ref): string {
  return `${filesFolder}/${ref}`;
}

/** Returns the path of an object in a store. */
export function objectPath(ref: Ref): string {
  return `${objectsFolder}/${ref}.gz`;
}
