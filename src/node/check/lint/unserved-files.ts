import { join } from 'node:path';
import { quote } from '../../../article/problem.ts';
import { siteRootFolder } from '../../disk/served-file.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import { findSiteRootFile, isReservedAddress, listSiteRootPaths } from '../../folder/site-root-files.ts';
import type { FiledFinding } from './linted-article.ts';
import type { SiteFacts } from './site-facts.ts';

/** Finds files that were put at the site's root and can't stand there. */
export function unservedFiles(_: FolderSnapshot, { dir }: SiteFacts): readonly FiledFinding[] {
  return listSiteRootPaths(dir)
    .filter((path) => findSiteRootFile(dir, path) === undefined)
    .map((path) => ({ file: join(dir, siteRootFolder, path), message: messageFor(path) }));
}

function messageFor(path: string): string {
  return isReservedAddress(`/${path}`)
    ? `the site keeps ${quote(`/${path}`)} for itself, so this file is not served; give it another name or take it away`
    : `this is no file of ${siteRootFolder}, so it is not served; put the file itself there in place of a link that leads elsewhere`;
}
