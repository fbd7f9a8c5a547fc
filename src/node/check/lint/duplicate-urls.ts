import { oldestFirst } from '../../../article/article.ts';
import { formerPath } from '../../../publication/former.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { FiledFinding } from './linted-article.ts';

/** Finds articles with ids of their own that say that they first appeared at one address. */
export function duplicateUrls({ articles, site }: FolderSnapshot): readonly FiledFinding[] {
  const first = new Map<string, string>();
  return articles
    .toSorted((a, b) => oldestFirst(a.source.head, b.source.head))
    .flatMap(({ file, source }) => {
      const { permalink } = source.head;
      // Below this site's address it may be the article's own page.
      if (permalink.startsWith(site.url) && formerPath(source.head, site) === undefined) return [];
      const other = first.get(permalink);
      if (other === undefined) first.set(permalink, file);
      if (other === undefined) return [];
      const message = `${other} names the same original URL, ${permalink}; correct one of the two, or delete one`;
      return [{ file, message, other }];
    });
}
