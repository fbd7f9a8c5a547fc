import type { Instant } from '../../article/article.ts';
import { articleTag, type CacheTag, editionTag, pageTag, siteTag } from '../../publication/addresses/cache-tags.ts';
import { cutOf, type RunFacts } from '../../publication/cut.ts';
import type { Site } from '../../publication/site/site.ts';
import type { Slice } from '../../publication/slices/slice.ts';

/** How the pages of a publication or of a slice changed from one edition to the next. */
export interface RunChange {
  readonly slice?: Pick<Slice, 'kind' | 'slug'>;
  /** The numbers of the archive pages with other articles. */
  readonly pages: Iterable<number>;
  /** The current page and the number of archive pages, before and after. */
  readonly was: RunEnd;
  readonly is: RunEnd;
}

/** What the documents of the current page depend on, as a text, and how many archive pages there are. */
export interface RunEnd {
  readonly current: string;
  readonly archives: number;
}

export const emptyEnd: RunEnd = { current: '', archives: 0 };

/** Finds the end of a run at `now`. `versionOf` describes the articles at some positions. */
export async function endOf(
  run: RunFacts,
  items: number,
  now: Instant,
  versionOf: (positions: readonly number[]) => Promise<unknown>,
): Promise<RunEnd> {
  const cut = await cutOf(run, items, undefined, now);
  // A document that was stored before its article was scheduled does not know when to expire.
  const times = [run.upcoming, run.expiring];
  const archives = cut?.older ?? 0;
  return { current: JSON.stringify([await versionOf(cut?.positions ?? []), archives, cut?.overlaps, times]), archives };
}

/** Above this many, the tag of the site replaces all others: caches limit the requests, and little is left anyway. */
const mostTags = 500;

/** Lists the tags of the answers that changed with an edition. */
export function tagsOf(site: Site, slugs: Iterable<string>, runs: readonly RunChange[]): CacheTag[] {
  const tags = new Set<CacheTag>([editionTag(site)]);
  for (const slug of slugs) tags.add(articleTag(site, slug));
  for (const { slice, pages, was, is } of runs) {
    const of = slice === undefined ? {} : { slice };
    if (was.current !== is.current) tags.add(pageTag(site, of));
    const last = Math.max(was.archives, is.archives);
    // An archive page that is not full yet shows the current page, and has its tag.
    for (const archive of pages) if (archive <= last) tags.add(pageTag(site, { ...of, archive }));
    // The page before the first archive page that is new or gone links to it.
    const first = Math.min(was.archives, is.archives);
    for (let archive = Math.max(first, 1); first < last && archive <= last; archive++)
      tags.add(pageTag(site, { ...of, archive }));
  }
  return tags.size > mostTags ? [siteTag(site)] : [...tags];
}

/** Lists the tags of everything, before and after the facts of a site changed. */
export function allTags(was: Site, is: Site): CacheTag[] {
  return [...new Set([siteTag(was), siteTag(is)])];
}
