import type { Instant } from '../../article/article.ts';
import { type HeadlineGroup, neighborsOf, nextNeighbor } from '../../publication/headline.ts';

/** Lists the slugs of articles whose pages have new links to other articles. `pairs` are the groups that differ. */
export function changedNeighbors(
  pairs: readonly (readonly [was: HeadlineGroup | undefined, is: HeadlineGroup | undefined])[],
  now: Instant,
): string[] {
  const before = new Map(pairs.flatMap(([was]) => linksOf(was, now)));
  const after = pairs.flatMap(([, is]) => linksOf(is, now));
  return after.filter(([slug, links]) => before.has(slug) && before.get(slug) !== links).map(([slug]) => slug);
}

/** Describes the links of each article's page in a group, now and later. */
function linksOf(group: HeadlineGroup | undefined, now: Instant): [slug: string, links: string][] {
  return (group?.own ?? []).map(({ slug }) => [
    slug,
    JSON.stringify([group && neighborsOf(group, slug, now), group && nextNeighbor(group, slug, now)]),
  ]);
}
