import { groupSize } from '../../src/publication/headline.ts';
import { blockItems, blocksInNode, leafLimit, sliceLeafLimit } from '../../src/publication/stored/stored.ts';
import type { Shape } from './archive.ts';

/** What the stored form makes of an archive. */
export interface Predicted {
  readonly objects: number;
  /** The objects that one more article adds. */
  readonly fresh: number;
  /** What a cold archive page of a section reads, and a cold page of an article. */
  readonly pageReads: number;
  readonly articleReads: number;
}

/** Computes what the stored form makes of an archive: blocks below a tree of base 256, tables of base 16. */
export function predict(shape: Shape): Predicted {
  const { articles, items, sections, authors, tags, tagsPerArticle } = shape;
  // The slice of the only language has the blocks of the whole.
  const runs = [
    { runs: 1, of: articles },
    { runs: sections, of: articles / sections },
    { runs: authors, of: articles / authors },
    { runs: tags, of: (articles * tagsPerArticle) / tags },
  ];
  const perArticle = [
    articles,
    articles / sections,
    articles / authors,
    ...Array.from({ length: tagsPerArticle }, () => (articles * tagsPerArticle) / tags),
  ];
  const slices = 1 + sections + authors + tags;
  const changed = 3 + tagsPerArticle;
  return {
    objects:
      runs.reduce((sum, { runs, of }) => sum + runs * objectsOfRun(of, items), 0) +
      tableObjects(articles, leafLimit) +
      tableObjects(slices, sliceLeafLimit) +
      1 +
      Math.ceil(articles / groupSize(blockItems(items))) +
      months +
      ledgerParts,
    fresh:
      perArticle.reduce((sum, of) => sum + 1 + depthOf(of, items), 0) +
      1 +
      headlineGroup +
      tableDepth(articles, leafLimit) +
      1 +
      changedInTable(slices, changed),
    pageReads: 1 + 1 + tableDepth(slices, sliceLeafLimit) + depthOf(articles / sections, items) + 2,
    articleReads: 1 + 1 + tableDepth(articles, leafLimit) + depthOf(articles, items) + 1 + headlineGroup,
  };
}

/** The list of months, and the group of headlines of an article. */
const months = 1;
const headlineGroup = 1;

/** The objects of a large ledger, of which one more article changes one. */
const ledgerParts = 4;

function objectsOfRun(articles: number, items: number): number {
  let level = Math.ceil(articles / blockItems(items));
  let objects = level;
  while (level > 1) {
    level = Math.ceil(level / blocksInNode);
    objects += level;
  }
  return objects;
}

/** The nodes between the root, included, and a block. */
function depthOf(articles: number, items: number): number {
  let depth = 0;
  for (let level = Math.ceil(articles / blockItems(items)); level > 1; level = Math.ceil(level / blocksInNode)) depth++;
  return depth;
}

/** The nodes above a leaf of a table. */
function tableDepth(entries: number, limit: number): number {
  let depth = 0;
  while (entries / 16 ** depth > limit) depth++;
  return depth;
}

/** A part of a table is split if it has more entries than a leaf; how many it has varies as chance does. */
function tableObjects(entries: number, limit: number): number {
  let objects = 0;
  let parts = 1;
  for (let level = 0; parts > 0.5; level++) {
    objects += parts;
    const mean = entries / 16 ** level;
    const isSplit = 1 / (1 + Math.exp((-1.702 * (mean - limit - 0.5)) / Math.sqrt(mean)));
    parts *= 16 * isSplit;
  }
  return objects;
}

/** The objects of a table in which some entries change. */
function changedInTable(entries: number, changed: number): number {
  let objects = 0;
  for (let level = 0; level <= tableDepth(entries, sliceLeafLimit); level++) {
    const parts = 16 ** level;
    objects += parts * (1 - (1 - 1 / parts) ** changed);
  }
  return objects;
}
