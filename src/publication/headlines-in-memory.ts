import type { ArticleSource } from '../article/article.ts';
import { once } from '../article/once.ts';
import { groupSize, type HeadlineGroup, type HeadlineStore, headlineGroups, monthStarts } from './headline.ts';
import type { Site } from './site/site.ts';
import { blockItems } from './stored/stored.ts';

export interface HeadlinesInMemory extends HeadlineStore {
  /** All groups, oldest first. */
  readonly groups: readonly HeadlineGroup[];
  /** Returns the group with an article. */
  groupOf(slug: string): HeadlineGroup | undefined;
}

/** Gives access to the headlines of articles, oldest first, of an edition or a build. */
export function headlinesIn(ordered: readonly ArticleSource[], { items, timezone }: Site): HeadlinesInMemory {
  const size = groupSize(blockItems(items));
  const heads = once(() => ordered.map(({ head }) => head));
  const groups = once(() => headlineGroups(heads(), size));
  const positions = once(() => new Map(heads().map(({ slug }, position) => [slug, position])));
  const months = once(() => monthStarts(heads(), timezone));
  return {
    size,
    get groups() {
      return groups();
    },
    group: async (index) => groups()[index] ?? { before: [], own: [] },
    groupOf: (slug) => {
      const position = positions().get(slug);
      return position === undefined ? undefined : groups()[Math.floor(position / size)];
    },
    months: async () => months(),
  };
}
