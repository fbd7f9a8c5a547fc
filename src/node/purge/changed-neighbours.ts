import type { Instant } from '../../article/article.ts';
import { type HeadlineGroup, neighboursOf, nextNeighbour } from '../../publication/headline.ts';

/** Lists the articles, by slug, whose pages link to other articles than before. `pairs` are the groups that differ. */
export function changedNeighbours(
  pairs: readonly (readonly [was: HeadlineGroup | undefined, is: HeadlineGroup | undefined])[],
  now: Instant,
): string[] {
  const before = new Map(pairs.flatMap(([was]) => linksOf(was, now)));
  const after = pairs.flatMap(([, is]) => linksOf(is, now));
  return after.filter(([slug, links]) => before.has(slug) && before.get(slug) !== links).map(([slug]) => slug);
}

/** Describes what the page of each article of a group links to, now and later. */
function linksOf(group: HeadlineGroup | undefined, now: Instant): [slug: string, links: string][] {
  return (group?.own ?? []).map(({ slug }) => [
    slug,
    JSON.stringify([group && neighboursOf(group, slug, now), group && nextNeighbour(group, slug, now)]),
  ]);
}
