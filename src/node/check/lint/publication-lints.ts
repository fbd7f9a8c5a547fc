import { join } from 'node:path';
import { oldestFirst } from '../../../article/article.ts';
import { quote } from '../../../article/problem.ts';
import { oldPathOf } from '../../../publication/addresses/old-addresses.ts';
import { labelsOf } from '../../../publication/slices/membership.ts';
import { slicePath, sliceSlug } from '../../../publication/slices/slice.ts';
import { siteRootFolder } from '../../disk/served-file.ts';
import { findSiteRootFile, isReservedAddress, listSiteRootPaths } from '../../folder/files/site-root-files.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { FileFinding } from './linted-article.ts';
import type { SiteFacts } from './site-facts.ts';

/** Finds articles with ids of their own that have the same original URL. */
export function duplicateUrls({ articles, site }: FolderSnapshot): readonly FileFinding[] {
  const first = new Map<string, string>();
  return articles
    .toSorted((a, b) => oldestFirst(a.source.head, b.source.head))
    .flatMap(({ file, source }) => {
      const { permalink } = source.head;
      // A URL of this site may be the article's own page.
      if (permalink.startsWith(site.url) && oldPathOf(source.head, site) === undefined) return [];
      const other = first.get(permalink);
      if (other === undefined) {
        first.set(permalink, file);
        return [];
      }
      const message = `${other} has the same original URL, ${permalink}; correct one of the two, or delete one`;
      return [{ file, message, other }];
    });
}

/** Finds files for the site's root that are not served there. */
export function unservedFiles(_: FolderSnapshot, { dir }: SiteFacts): readonly FileFinding[] {
  return listSiteRootPaths(dir)
    .filter((path) => findSiteRootFile(dir, path) === undefined)
    .map((path) => ({ file: join(dir, siteRootFolder, path), message: unservedMessage(path) }));
}

function unservedMessage(path: string): string {
  return isReservedAddress(`/${path}`)
    ? `the site itself answers at ${quote(`/${path}`)}, so this file is not served; rename or remove it`
    : `this is not a file in ${siteRootFolder}, so it is not served; replace a link to another place by a copy of its target`;
}

/**
 * Finds tags, authors and top folders that share a slice because their spellings differ only in case or signs, such as
 * `News` and `news`. Languages mean the same in upper and lower case.
 */
export function sharedSlices({ sources, site }: FolderSnapshot, facts: SiteFacts): readonly FileFinding[] {
  const spellings = new Map<string, Set<string>>();
  for (const { head } of sources) {
    for (const [kind, label] of labelsOf(head, site)) {
      if (kind === 'language') continue;
      const path = slicePath({ kind, slug: sliceSlug(label) });
      // The same accent may be encoded in two ways, which look alike.
      spellings.set(path, (spellings.get(path) ?? new Set()).add(label.normalize('NFC')));
    }
  }
  return [...spellings].flatMap(([path, labels]) => {
    if (labels.size === 1) return [];
    const list = [...labels].map(quote).join(' and ');
    const message = `${list} share the feed /${path}/rss.xml; use one spelling, or names that differ more`;
    return [{ file: facts.publicationFile(), message }];
  });
}
