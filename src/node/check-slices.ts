import { type Problem, quote } from '../article/problem.ts';
import { type SliceKind, slicePath, sliceSlug } from '../publication/slice.ts';
import type { FolderReading } from './seed-folder.ts';

/**
 * Warns of tags, and of authors, that are spelled in more than one way and so share a slice, such as `News` and `news`,
 * which a publisher may not mean.
 *
 * `file` is where a publication file would be, since no one article is at fault.
 */
export function sliceProblems({ sources }: FolderReading, file: string): readonly Problem[] {
  const spellings = new Map<string, Set<string>>();
  for (const { head } of sources) {
    const labels: readonly (readonly [SliceKind, string])[] = [
      ...head.tags.map((tag) => ['tag', tag] as const),
      ...head.authors.map(({ name }) => ['author', name] as const),
    ];
    for (const [kind, label] of labels) {
      const path = slicePath({ kind, slug: sliceSlug(label) });
      spellings.set(path, (spellings.get(path) ?? new Set()).add(label));
    }
  }
  return [...spellings]
    .filter(([, labels]) => labels.size > 1)
    .map(([path, labels]) => {
      const list = [...labels].map(quote).join(' and ');
      const message = `${list} share the feed /${path}/rss.xml; spell them alike, or further apart`;
      return { file, line: 1, column: 1, severity: 'warning', code: 'shared-slice', message };
    });
}
