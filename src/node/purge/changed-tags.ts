import { type ArticleSource, oldestFirst } from '../../article/article.ts';
import type { CacheTag } from '../../publication/addresses/cache-tags.ts';
import { headlinesIn } from '../../publication/headlines-in-memory.ts';
import { mainIn, type SlicedSources, slicesIn } from '../../publication/memory.ts';
import { expiringOf, upcomingOf } from '../../publication/run-times.ts';
import type { Site } from '../../publication/site/site.ts';
import { slicesOf } from '../../publication/slices/membership.ts';
import { itemsOf, slicePath } from '../../publication/slices/slice.ts';
import { changedArticles, type Snapshot } from '../websub/changed-topics.ts';
import { changedNeighbors } from './changed-neighbors.ts';
import { allTags, emptyEnd, endOf, type RunChange, type RunEnd, tagsOf } from './run-change.ts';

/** Lists the tags of the answers that differ between two editions in memory. */
export async function changedTags(before: Snapshot, after: Snapshot): Promise<CacheTag[]> {
  const { site } = after.edition;
  if (JSON.stringify(before.edition.site) !== JSON.stringify(site)) return allTags(before.edition.site, site);
  const [oldMenu, newMenu] = await Promise.all([before, after].map(({ edition, now }) => edition.menu?.(now)));
  if (JSON.stringify(oldMenu) !== JSON.stringify(newMenu)) return allTags(site, site);
  const changed = await changedArticles(before, after);
  if (changed.length === 0) return [];
  const slugs = new Set(changed.map(({ head }) => head.slug));
  const [was, is] = [ordered(before), ordered(after)];
  const linked = changedNeighbors(changedGroups(was, is, site), after.now);
  const [slicesBefore, slicesAfter] = [slicesIn(was, site), slicesIn(is, site)];
  const paths = new Set(changed.flatMap(({ head }) => slicesOf(head, site).map((slice) => slicePath(slice))));
  const runs = [
    await changeOf(before, after, { sources: mainIn(was, site) }, { sources: mainIn(is, site) }, slugs),
    ...(await Promise.all(
      [...paths].map((path) => changeOf(before, after, slicesBefore.get(path), slicesAfter.get(path), slugs)),
    )),
  ];
  return tagsOf(site, new Set([...slugs, ...linked]), runs);
}

/** Pairs the groups of headlines that differ. */
function changedGroups(was: readonly ArticleSource[], is: readonly ArticleSource[], site: Site) {
  const [before, after] = [headlinesIn(was, site).groups, headlinesIn(is, site).groups];
  const pairs = Array.from({ length: Math.max(before.length, after.length) }, (_, i) => [before[i], after[i]] as const);
  return pairs.filter(([a, b]) => JSON.stringify(a) !== JSON.stringify(b));
}

function ordered({ sources }: Snapshot): readonly ArticleSource[] {
  return sources.toSorted((a, b) => oldestFirst(a.head, b.head));
}

/** The articles of a slice, or of the whole publication, oldest first. */
type Run = Pick<SlicedSources, 'sources'> & Partial<Pick<SlicedSources, 'slice'>>;

async function changeOf(
  before: Snapshot,
  after: Snapshot,
  was: Run | undefined,
  is: Run | undefined,
  changed: ReadonlySet<string>,
): Promise<RunChange> {
  const slice = (is ?? was)?.slice;
  const items = itemsOf(after.edition.site, slice);
  const [old, now] = [was?.sources ?? [], is?.sources ?? []];
  const isRenamed = was?.slice?.label !== is?.slice?.label;
  const pages: number[] = [];
  for (let start = 0; start < Math.max(old.length, now.length); start += items) {
    const slugs = slugsOf(now, start, start + items);
    if (
      isRenamed ||
      slugs.some((slug) => changed.has(slug)) ||
      slugs.join() !== slugsOf(old, start, start + items).join()
    )
      pages.push(start / items + 1);
  }
  return {
    ...(slice === undefined ? {} : { slice }),
    pages,
    was: was === undefined ? emptyEnd : await end(was, before, () => false),
    is: is === undefined ? emptyEnd : await end(is, after, (slug) => changed.has(slug)),
  };
}

function end(
  { sources, slice }: Run,
  { edition, now }: Snapshot,
  isChanged: (slug: string) => boolean,
): Promise<RunEnd> {
  const facts = {
    count: sources.length,
    upcoming: upcomingOf(sources, now),
    expiring: expiringOf(sources),
    published: async (position: number) => sources[position]?.head.published,
  };
  const versionOf = (position: number): string | undefined => {
    const slug = sources[position]?.head.slug ?? '';
    return isChanged(slug) ? `${slug} changed` : slug;
  };
  return endOf(facts, itemsOf(edition.site, slice), now, async (positions) => [slice?.label, positions.map(versionOf)]);
}

function slugsOf(sources: readonly ArticleSource[], start: number, end: number): string[] {
  return sources.slice(start, end).map(({ head }) => head.slug);
}
