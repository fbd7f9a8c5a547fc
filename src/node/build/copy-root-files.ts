import { constants, existsSync } from 'node:fs';
import { copyFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { tryCreateFile } from '../disk/create-file.ts';
import { siteRootFolder } from '../disk/served-file.ts';
import { packageFilesFolder } from '../folder/package-files.ts';
import { findSiteRootFile, listSiteRootPaths } from '../folder/site-root-files.ts';
import { assetsIgnore } from './asset-limits.ts';

/**
 * Copies what stands at the root of a site: the files of the publication's own `public/`, and those of the package where
 * it has none of the name. Nothing takes the place of what is in the folder already. Returns how many of its own there are.
 */
export async function copyRootFiles(dir: string | undefined, folder: string): Promise<number> {
  let copied = 0;
  for (const path of dir === undefined ? [] : listSiteRootPaths(dir)) {
    const file = dir === undefined ? undefined : findSiteRootFile(dir, path);
    if (file !== undefined && (await copyUnlessTaken(file.file, join(folder, path)))) copied++;
  }
  const entries = await readdir(packageFilesFolder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const file = join(entry.parentPath, entry.name);
    await copyUnlessTaken(file, join(folder, relative(packageFilesFolder, file)));
  }
  return copied;
}

/**
 * Copies the list of what wrangler is to leave out of a deploy. It is hidden, so it is nowhere served, and of one that the
 * package has the publication's own takes the place.
 */
export async function copyAssetsIgnore(dir: string, folder: string): Promise<void> {
  const file = join(dir, siteRootFolder, assetsIgnore);
  if (existsSync(file)) await copyFile(file, join(folder, assetsIgnore));
}

function copyUnlessTaken(file: string, target: string): Promise<boolean> {
  return tryCreateFile(target, (path) => copyFile(file, path, constants.COPYFILE_EXCL));
}
