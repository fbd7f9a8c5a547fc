import { join } from 'node:path';
import { quote } from '../../../article/problem.ts';
import { rootFolder } from '../../disk/served-file.ts';
import { findRootFile, isTaken, listRootPaths } from '../../folder/root-files.ts';
import type { FolderReading } from '../../folder/seed-folder.ts';
import type { FiledFinding } from './linted-article.ts';
import type { SiteFacts } from './site-facts.ts';

/** Finds files that were put at the site's root and can't stand there. */
export function unservedFiles(_: FolderReading, { dir }: SiteFacts): readonly FiledFinding[] {
  return listRootPaths(dir)
    .filter((path) => findRootFile(dir, path) === undefined)
    .map((path) => ({ file: join(dir, rootFolder, path), message: messageFor(path) }));
}

function messageFor(path: string): string {
  return isTaken(`/${path}`)
    ? `the site keeps ${quote(`/${path}`)} for itself, so this file is not served; give it another name or take it away`
    : `this is no file of ${rootFolder}, so it is not served; put the file itself there in place of a link that leads elsewhere`;
}
