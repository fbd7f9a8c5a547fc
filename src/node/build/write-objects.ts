import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ArticleHead, ArticleSource, Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { type Ledger, publishedBy, type RecordedArticle, recordEdition } from '../../publication/ledger.ts';
import { expiringOf, slicesIn, turnsOf, upcomingOf } from '../../publication/memory.ts';
import { articlesByOldPath } from '../../publication/old-addresses.ts';
import type { ListedSlice } from '../../publication/publication.ts';
import type { Site } from '../../publication/site.ts';
import {
  blockItems,
  blocksInNode,
  digits,
  gone,
  hashOf,
  leafLimit,
  listedLeafLimit,
  type Ref,
  type StoredBlock,
  type StoredEdition,
  type StoredNode,
  type StoredRun,
  type StoredSlice,
  type StoredTable,
  sliceLeafLimit,
  storedForm,
} from '../../publication/stored.ts';
import { storedLedger } from '../../publication/stored-ledger.ts';

/** Writes a new object under its name. */
export type WriteObject = (ref: Ref, content: Uint8Array) => Promise<void>;

/** Describes articles that are not from files. */
export const undescribed: Describe = () => ({ file: '', hash: '' });

/** Returns what the ledger records of an article beside its head. */
export type Describe = (head: ArticleHead) => Omit<RecordedArticle, 'head'>;

/**
 * Writes the objects that the worker reads, and returns the edition that refers to them. `ordered` is oldest first.
 *
 * Calls `article()` of a source once for each slice that it is in. What only the ledger `before` has is gone.
 */
export async function writeObjects(
  site: Site,
  ordered: readonly ArticleSource[],
  now: Instant,
  before: Ledger,
  write: WriteObject,
  describe: Describe = undescribed,
): Promise<StoredEdition> {
  const { put, finished } = objectWriter(write);
  const items = blockItems(site.items);
  const past = publishedBy(before, now);
  const articles = new Map<string, number>(past.slugs.map((slug) => [slug, gone]));
  ordered.forEach(({ head }, i) => {
    articles.set(head.slug, Math.floor(i / items) + 1);
  });
  const runOf = (run: readonly ArticleSource[]): Promise<StoredRun> => writeRun(run, items, now, put);
  const whole = await runOf(ordered);
  const slices = new Map<string, StoredSlice | typeof gone>(past.slices.map((path) => [path, gone]));
  const listed = new Map<string, ListedSlice>();
  const sliced = slicesIn(ordered, site);
  for (const [path, { slice, sources }] of sliced) {
    const one: ListedSlice = { ...slice, turns: turnsOf(sources) };
    listed.set(path, one);
    slices.set(path, { ...one, run: await runOf(sources) });
  }
  const former = new Map<string, string | typeof gone>(past.oldPaths.map((path) => [path, gone]));
  const oldPaths = articlesByOldPath(ordered, site);
  for (const [path, { head }] of oldPaths) former.set(path, head.slug);
  const recorded = ordered.map(({ head }) => ({ head, ...describe(head) }));
  const ledger: Ref[] = [];
  const after = recordEdition(before, recorded, { slices: sliced, oldPaths }, site, now);
  for (const part of storedLedger(after)) ledger.push(await put(part));
  const edition: StoredEdition = omitUndefined({
    form: storedForm,
    site,
    whole,
    articles: await writeTable([...articles], put),
    former: former.size === 0 ? undefined : await writeTable([...former], put),
    slices: await writeTable([...slices], put, sliceLeafLimit),
    listed: await writeTable([...listed], put, listedLeafLimit),
    scheduled: Object.fromEntries(
      ordered.slice(ordered.length - whole.upcoming.length).map(({ head }) => [head.slug, head.published]),
    ),
    expiring: Object.fromEntries(
      ordered.flatMap(({ head: { slug, expires } }) => (expires === undefined ? [] : [[slug, expires]])),
    ),
    ledger,
  });
  await finished();
  return edition;
}

type Put = (value: unknown) => Promise<Ref>;

/** How many objects are compressed and written at a time, on other threads. */
const writesAtOnce = 8;

/** Compresses and writes each object once, while the next ones are made. `finished` waits for all. */
function objectWriter(write: WriteObject): { readonly put: Put; readonly finished: () => Promise<unknown> } {
  const known = new Set<Ref>();
  const pending = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const start = (ref: Ref, text: string): void => {
    const writing = compress(text)
      .then((content) => write(ref, content))
      .catch((error: unknown) => void failures.push(error))
      .finally(() => pending.delete(writing));
    pending.add(writing);
  };
  const settle = async (limit: number): Promise<void> => {
    while (pending.size > limit) await Promise.race(pending);
    if (failures.length > 0) throw failures[0];
  };
  const put: Put = async (value) => {
    const text = JSON.stringify(value);
    const ref = createHash('sha256').update(text).digest('hex').slice(0, 32);
    if (!known.has(ref)) start(ref, text);
    known.add(ref);
    await settle(writesAtOnce);
    return ref;
  };
  return { put, finished: () => settle(0) };
}

const compress = promisify(gzip) as (text: string) => Promise<Uint8Array>;

/** Writes the articles of a run in blocks, and the tree of nodes that leads to them. */
async function writeRun(run: readonly ArticleSource[], items: number, now: Instant, put: Put): Promise<StoredRun> {
  let level: Ref[] = [];
  for (let start = 0; start < run.length; start += items) {
    const block: StoredBlock = run.slice(start, start + items).map((source) => source.article());
    level.push(await put(block));
  }
  let depth = 0;
  for (; level.length > 1; depth++) {
    const above: Ref[] = [];
    for (let start = 0; start < level.length; start += blocksInNode) {
      const node: StoredNode = level.slice(start, start + blocksInNode);
      above.push(await put(node));
    }
    level = above;
  }
  return {
    count: run.length,
    items,
    upcoming: upcomingOf(run, now),
    expiring: expiringOf(run),
    blocks: level[0] ?? '',
    depth,
  };
}

/** Writes entries as a table. Its shape depends on the entries, not on their order. */
export async function writeTable<T>(
  entries: readonly (readonly [string, T])[],
  put: Put,
  limit = leafLimit,
): Promise<Ref> {
  const write = async (part: readonly (readonly [string, T])[], digit: number): Promise<Ref> => {
    if (part.length <= limit || digit === digits) {
      const sorted = part.toSorted(([a], [b]) => (a < b ? -1 : 1));
      return put({ leaf: Object.fromEntries(sorted) } satisfies StoredTable<T>);
    }
    const groups = new Map<string, (readonly [string, T])[]>();
    for (const entry of part) {
      const key = hashOf(entry[0]).charAt(digit);
      const group = groups.get(key) ?? [];
      group.push(entry);
      groups.set(key, group);
    }
    const parts: Record<string, Ref> = {};
    for (const key of [...groups.keys()].sort()) parts[key] = await write(groups.get(key) ?? [], digit + 1);
    return put({ parts } satisfies StoredTable<T>);
  };
  return write(entries, 0);
}
