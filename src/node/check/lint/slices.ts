import { type Problem, quote } from '../../../article/problem.ts';
import { labelsOf, slicePath, sliceSlug } from '../../../publication/slice.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';

/**
 * Warns of tags, authors and top folders that are spelled in more than one way and so share a slice, such as `News` and
 * `news`, which a publisher may not mean. Languages mean the same in upper and lower case.
 *
 * `file` is where a publication file would be, since no one article is at fault.
 */
export function sliceProblems({ sources, site }: FolderSnapshot, file: string): readonly Problem[] {
  const spellings = new Map<string, Set<string>>();
  for (const { head } of sources) {
    for (const [kind, label] of labelsOf(head, site)) {
      if (kind === 'language') continue;
      const path = slicePath({ kind, slug: sliceSlug(label) });
      // Accents may be written in two ways that nobody can tell apart.
      spellings.set(path, (spellings.get(path) ?? new Set()).add(label.normalize('NFC')));
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
