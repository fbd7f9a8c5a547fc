import type { ArticleSource, Instant } from '../../../article/article.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { articlesByOldPath } from '../../../publication/addresses/old-addresses.ts';
import { type Ledger, publishedBy, recordEdition } from '../../../publication/ledger.ts';
import { type Listings, listingsOf, mainIn, sectionsIn } from '../../../publication/memory.ts';
import { noticedHeads } from '../../../publication/notices.ts';
import type { ListedSlice } from '../../../publication/publication.ts';
import { expiringOf, turnsOf, upcomingOf } from '../../../publication/run-times.ts';
import { hasPages, type Site } from '../../../publication/site/site.ts';
import { menuSections } from '../../../publication/slices/menu.ts';
import { itemsOf } from '../../../publication/slices/slice.ts';
import {
  blockItems,
  gone,
  listedLeafLimit,
  type Ref,
  type StoredEdition,
  type StoredMonths,
  type StoredNotices,
  type StoredRun,
  type StoredSlice,
  sliceLeafLimit,
  storedForm,
} from '../../../publication/stored/stored.ts';
import { storedLedger } from '../../../publication/stored/stored-ledger.ts';
import { deletedIn } from '../../../publication/tombstones.ts';
import { type Describe, undescribed } from './describe.ts';
import { ObjectWriter, type WriteObject, writeTable, writeTree } from './object-writer.ts';

/** Articles that are stored together, oldest first. */
export type Block = readonly ArticleSource[];

/** Writes blocks as objects, and returns their names. The first `whole` blocks are those of the whole publication. */
export type WriteBlocks = (blocks: readonly Block[], whole: number) => Promise<readonly Ref[]>;

/**
 * Writes the objects that the worker reads, and returns the edition that refers to them. `ordered` is oldest first.
 * Articles that only the ledger `before` has are gone.
 */
export async function writeObjects(
  site: Site,
  ordered: readonly ArticleSource[],
  now: Instant,
  before: Ledger,
  writeBlocks: WriteBlocks,
  write: WriteObject,
  describe: Describe = undescribed,
  { slices: sliced, headlines }: Listings = listingsOf(ordered, site),
): Promise<StoredEdition> {
  const objects = new ObjectWriter(write);
  const items = blockItems(site.items);
  const blocks = new BlockList(ordered);
  const plan = (sources: readonly ArticleSource[], size = items) => ({
    sources,
    size,
    numbers: blocks.add(sources, size),
  });
  const wholePlan = plan(ordered);
  const mainPlan = site.main && plan(mainIn(ordered, site));
  const slicePlans = new Map(
    [...sliced].map(([path, { slice, sources }]) => [path, plan(sources, blockItems(itemsOf(site, slice)))]),
  );
  const refs = await writeBlocks(blocks.all, wholePlan.numbers.length);
  const runOf = async ({ sources, size, numbers }: ReturnType<typeof plan>): Promise<StoredRun> => ({
    count: sources.length,
    items: size,
    upcoming: upcomingOf(sources, now),
    expiring: expiringOf(sources),
    ...(await writeTree(
      numbers.map((number) => refs[number] ?? ''),
      objects.put,
    )),
  });
  const whole = await runOf(wholePlan);
  const past = publishedBy(before, now);
  const articles = new Map<string, number>(past.slugs.map((slug) => [slug, gone]));
  ordered.forEach(({ head }, i) => {
    articles.set(head.slug, Math.floor(i / items) + 1);
  });
  const slices = new Map<string, StoredSlice | typeof gone>(past.slices.map((path) => [path, gone]));
  const listed = new Map<string, ListedSlice>();
  for (const [path, { slice, sources }] of sliced) {
    const one: ListedSlice = { ...slice, turns: turnsOf(sources) };
    listed.set(path, one);
    slices.set(path, { ...one, run: await runOf(slicePlans.get(path) ?? wholePlan) });
  }
  const former = new Map<string, string | typeof gone>(past.oldPaths.map((path) => [path, gone]));
  const oldPaths = articlesByOldPath(ordered, site);
  for (const [path, { head }] of oldPaths) former.set(path, head.slug);
  const recorded = ordered.map(({ head }) => ({ head, ...describe(head) }));
  const ledger: Ref[] = [];
  const after = recordEdition(before, recorded, { slices: sliced, oldPaths }, site, now);
  for (const part of storedLedger(after)) ledger.push(await objects.put(part));
  const noticed = noticedHeads(ordered);
  const groups: Ref[] = [];
  if (hasPages(site)) for (const group of headlines.groups) groups.push(await objects.put(group));
  const edition: StoredEdition = omitUndefined({
    form: storedForm,
    site,
    whole,
    sections: menuSections(sectionsIn(ordered), site),
    headlines: hasPages(site)
      ? { groups, months: await objects.put({ starts: await headlines.months() } satisfies StoredMonths) }
      : undefined,
    main: mainPlan && (await runOf(mainPlan)),
    articles: await writeTable(articles, objects.put),
    former: former.size === 0 ? undefined : await writeTable(former, objects.put),
    slices: await writeTable(slices, objects.put, sliceLeafLimit),
    listed: await writeTable(listed, objects.put, listedLeafLimit),
    noticed: noticed.length === 0 ? undefined : await objects.put({ noticed } satisfies StoredNotices),
    deleted: site.tombstones === true ? deletedIn(after, now) : undefined,
    scheduled: Object.fromEntries(
      ordered.slice(ordered.length - whole.upcoming.length).map(({ head }) => [head.slug, head.published]),
    ),
    expiring: Object.fromEntries(
      ordered.flatMap(({ head: { slug, expires } }) => (expires === undefined ? [] : [[slug, expires]])),
    ),
    ledger,
  });
  await objects.finish();
  return edition;
}

/** The blocks of several runs of articles. Those of two runs with the same articles are the same. */
class BlockList {
  readonly all: Block[] = [];
  readonly #positions: ReadonlyMap<ArticleSource, number>;
  readonly #numbers = new Map<string, number>();

  constructor(ordered: readonly ArticleSource[]) {
    this.#positions = new Map(ordered.map((source, position) => [source, position]));
  }

  /** Adds the blocks of a run with `size` articles each, and returns their indexes in {@link all}. */
  add(run: readonly ArticleSource[], size: number): number[] {
    const numbers: number[] = [];
    for (let start = 0; start < run.length; start += size) {
      const block = run.slice(start, start + size);
      const key = block.map((source) => this.#positions.get(source)).join();
      const number = this.#numbers.get(key) ?? this.all.push(block) - 1;
      this.#numbers.set(key, number);
      numbers.push(number);
    }
    return numbers;
  }
}
