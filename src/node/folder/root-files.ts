import { join } from 'node:path';
import { isFolder, listFiles } from '../disk/list-files.ts';
import { findServedFile, type ServedFile } from '../disk/served-file.ts';
import { isRootPath, rootFolder } from '../root-path.ts';
import { rootTypeOf } from '../root-types.ts';
import { isTaken } from '../taken-addresses.ts';

/**
 * Finds the file of a publication's folder that stands at a path below its site's root, `ads.txt`; none where the site has
 * something of its own, and none outside of the folder `public/`.
 */
export function findRootFile(dir: string, path: string): ServedFile | undefined {
  return isTaken(`/${path}`) ? undefined : findServedFile(dir, rootFolder + path, typeOf);
}

/** Lists the paths below the site's root of all files in a publication's `public/`, also of those that can't be served. */
export function listRootPaths(dir: string): string[] {
  if (!isFolder(join(dir, rootFolder))) return [];
  const paths = listFiles(dir, { fail: () => {} }, rootFolder.slice(0, -1));
  return paths.map((path) => path.slice(rootFolder.length));
}

function typeOf(path: string): string | undefined {
  return isRootPath(path) ? rootTypeOf(path) : undefined;
}
