import type { Article, Instant } from '../../article/article.ts';
import { sliceAt } from '../../publication/addresses/address.ts';
import type { CacheTag } from '../../publication/addresses/cache-tags.ts';
import type { RunFacts } from '../../publication/cut.ts';
import type { HeadlineGroup } from '../../publication/headline.ts';
import { itemsOf } from '../../publication/slices/slice.ts';
import { type ReadObject, readBlocks } from '../../publication/stored/read-stored.ts';
import {
  blocksInNode,
  type gone,
  type Ref,
  type StoredEdition,
  type StoredNode,
  type StoredRun,
  type StoredSlice,
  type StoredTable,
} from '../../publication/stored/stored.ts';
import { changedNeighbors } from './changed-neighbors.ts';
import { allTags, emptyEnd, endOf, type RunChange, tagsOf } from './run-change.ts';

/** Above this many changed blocks or slices, everything is purged: reading them takes longer than it saves. */
const mostChanges = 100;

/**
 * Lists the tags of the answers that differ between two stored editions. Objects of equal content have the same name,
 * so only what differs is read.
 */
export async function storedChanges(
  was: StoredEdition,
  is: StoredEdition,
  read: ReadObject,
  now: Instant,
): Promise<CacheTag[]> {
  const { site } = is;
  if (JSON.stringify(was.sections) !== JSON.stringify(is.sections)) return allTags(was.site, site);
  if (was.form !== is.form || JSON.stringify(was.site) !== JSON.stringify(site)) return allTags(was.site, site);
  const blocks = await changedBlocks(read, was.whole, is.whole);
  if (blocks.size > mostChanges) return allTags(was.site, site);
  const [before, after] = [await articlesIn(read, was.whole, blocks), await articlesIn(read, is.whole, blocks)];
  const slugs = [...new Set([...before.keys(), ...after.keys()])].filter(
    (slug) => before.get(slug) !== after.get(slug),
  );
  const [old = [], next = []] = [was.headlines?.groups, is.headlines?.groups];
  const indexes = Array.from({ length: Math.max(old.length, next.length) }, (_, i) => i);
  const changed = indexes.filter((i) => old[i] !== next[i]);
  if (changed.length > mostChanges) return allTags(was.site, site);
  const groupAt = async (ref: Ref | undefined) =>
    ref === undefined ? undefined : ((await read(ref)) as HeadlineGroup);
  const pairs = await Promise.all(changed.map(async (i) => [await groupAt(old[i]), await groupAt(next[i])] as const));
  slugs.push(...changedNeighbors(pairs, now));
  const runs: RunChange[] = [await changeOf(read, site.items, was.main ?? was.whole, is.main ?? is.whole, now)];
  const slices = await changedEntries<StoredSlice | typeof gone>(read, was.slices, is.slices);
  for (const [path, a, b] of slices) {
    const slice = sliceAt(path);
    const [old, next] = [a || undefined, b || undefined];
    if (slice === undefined || JSON.stringify(old) === JSON.stringify(next)) continue;
    if (runs.length > mostChanges) return allTags(was.site, site);
    const isRenamed = old?.label !== next?.label;
    runs.push({ ...(await changeOf(read, itemsOf(site, slice), old?.run, next?.run, now, isRenamed)), slice });
  }
  return tagsOf(site, slugs, runs);
}

async function changeOf(
  read: ReadObject,
  items: number,
  was: StoredRun | undefined,
  is: StoredRun | undefined,
  now: Instant,
  isRenamed = false,
): Promise<RunChange> {
  const blocks = await changedBlocks(read, was, is);
  const size = (is ?? was)?.items ?? 1;
  const pages = new Set<number>();
  // A block of an odd number of items reaches into the next page.
  for (const block of blocks)
    for (const position of [(block - 1) * size, block * size - 1]) pages.add(Math.floor(position / items) + 1);
  const last = Math.ceil(Math.max(was?.count ?? 0, is?.count ?? 0) / items);
  if (isRenamed) for (let page = 1; page <= last; page++) pages.add(page);
  // Articles that moved are compared whole; of others, only those in changed blocks.
  const isMoved = await hasMoved(read, was, is);
  const end = (run: StoredRun | undefined, label: string) =>
    run === undefined
      ? emptyEnd
      : endOf(factsOf(read, run), items, now, async (positions) => {
          const compared = positions.filter((position) => isMoved || blocks.has(Math.floor(position / size) + 1));
          const articles = await Promise.all(compared.map((position) => articleAt(read, run, position)));
          return [label, isMoved ? [] : positions, articles];
        });
  return { pages, was: await end(was, ''), is: await end(is, isRenamed ? 'renamed' : '') };
}

/**
 * Reports whether two runs of different lengths have the same newest article, as after the withdrawal of an older one.
 * The current page may then show the same articles at other positions.
 */
async function hasMoved(read: ReadObject, was: StoredRun | undefined, is: StoredRun | undefined): Promise<boolean> {
  if (was === undefined || is === undefined || was.count === is.count) return false;
  if (was.count === 0 || is.count === 0) return false;
  const [old, newest] = [await articleAt(read, was, was.count - 1), await articleAt(read, is, is.count - 1)];
  return JSON.stringify(old) === JSON.stringify(newest);
}

function factsOf(read: ReadObject, run: StoredRun): RunFacts {
  return { ...run, published: async (position) => (await articleAt(read, run, position))?.published };
}

async function articleAt(read: ReadObject, run: StoredRun, position: number): Promise<Article | undefined> {
  const number = Math.floor(position / run.items) + 1;
  return (await readBlocks(read, run, [number])).get(number)?.[position % run.items];
}

/** Reads the articles in some blocks of a run: their slugs, and all that their pages show as a text. */
async function articlesIn(read: ReadObject, run: StoredRun, blocks: ReadonlySet<number>): Promise<Map<string, string>> {
  const there = [...blocks].filter((number) => (number - 1) * run.items < run.count);
  const articles: readonly Article[] = [...(await readBlocks(read, run, there)).values()].flat();
  return new Map(articles.map((article) => [article.slug, JSON.stringify(article)]));
}

/** Numbers the blocks that differ between two runs. */
async function changedBlocks(
  read: ReadObject,
  was: StoredRun | undefined,
  is: StoredRun | undefined,
): Promise<ReadonlySet<number>> {
  const changed = new Set<number>();
  const walk = async (a: Subtree, b: Subtree, first: number): Promise<void> => {
    if (a?.ref === b?.ref && a?.depth === b?.depth) return;
    const depth = Math.max(a?.depth ?? 0, b?.depth ?? 0);
    if (depth === 0) return void changed.add(first);
    const [old, next] = [await childrenOf(read, a, depth), await childrenOf(read, b, depth)];
    const size = blocksInNode ** (depth - 1);
    for (let i = 0; i < Math.max(old.length, next.length); i++) await walk(old[i], next[i], first + i * size);
  };
  await walk(rootOf(was), rootOf(is), 1);
  return changed;
}

type Subtree = { readonly ref: Ref; readonly depth: number } | undefined;

function rootOf(run: StoredRun | undefined): Subtree {
  return run === undefined || run.count === 0 ? undefined : { ref: run.blocks, depth: run.depth };
}

/** Lists what a subtree has at a depth; one that is less deep is the first child itself. */
async function childrenOf(read: ReadObject, tree: Subtree, depth: number): Promise<readonly Subtree[]> {
  if (tree === undefined) return [];
  if (tree.depth < depth) return [tree];
  return ((await read(tree.ref)) as StoredNode).map((ref) => ({ ref, depth: depth - 1 }));
}

/** Lists the entries that differ between two tables, each with both values. */
async function changedEntries<T>(
  read: ReadObject,
  was: Ref | undefined,
  is: Ref | undefined,
): Promise<(readonly [key: string, was: T | undefined, is: T | undefined])[]> {
  if (was === is) return [];
  const [a, b] = [await partOf<T>(read, was), await partOf<T>(read, is)];
  if ('parts' in a && 'parts' in b) {
    const digits = [...new Set([...Object.keys(a.parts), ...Object.keys(b.parts)])];
    const inside = await Promise.all(digits.map((digit) => changedEntries<T>(read, a.parts[digit], b.parts[digit])));
    return inside.flat();
  }
  const [old, next] = [await entriesOf(read, a), await entriesOf(read, b)];
  return [...new Set([...old.keys(), ...next.keys()])].map((key) => [key, old.get(key), next.get(key)] as const);
}

async function partOf<T>(read: ReadObject, ref: Ref | undefined): Promise<StoredTable<T>> {
  return ref === undefined ? { leaf: {} } : ((await read(ref)) as StoredTable<T>);
}

async function entriesOf<T>(read: ReadObject, part: StoredTable<T>): Promise<ReadonlyMap<string, T>> {
  if ('leaf' in part) return new Map(Object.entries(part.leaf));
  const parts = await Promise.all(
    Object.values(part.parts).map(async (ref) => entriesOf(read, await partOf<T>(read, ref))),
  );
  return new Map(parts.flatMap((entries) => [...entries]));
}
