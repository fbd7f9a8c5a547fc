import { constants, existsSync } from 'node:fs';
import { copyFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { rootFolder } from '../disk/served-file.ts';
import { writeUnlessTaken } from '../disk/write-unless-taken.ts';
import { publicFolder } from '../folder/public-files.ts';
import { findRootFile, listRootPaths } from '../folder/root-files.ts';
import { assetsIgnore } from './asset-limits.ts';

/**
 * Copies the files at the root of a site: those of the publication's own `public/`, then those of the package's. An
 * existing file is never replaced. Returns how many of the publication's own files were copied.
 */
export async function copyRootFiles(dir: string | undefined, folder: string): Promise<number> {
  let copied = 0;
  for (const path of dir === undefined ? [] : listRootPaths(dir)) {
    const file = dir === undefined ? undefined : findRootFile(dir, path);
    if (file !== undefined && (await copyUnlessTaken(file.file, join(folder, path)))) copied++;
  }
  const entries = await readdir(publicFolder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const file = join(entry.parentPath, entry.name);
    await copyUnlessTaken(file, join(folder, relative(publicFolder, file)));
  }
  return copied;
}

/** Copies the publication's `.assetsignore`, which {@link copyRootFiles} skips because it is hidden. */
export async function copyAssetsIgnore(dir: string, folder: string): Promise<void> {
  const file = join(dir, rootFolder, assetsIgnore);
  if (existsSync(file)) await copyFile(file, join(folder, assetsIgnore));
}

function copyUnlessTaken(file: string, target: string): Promise<boolean> {
  return writeUnlessTaken(target, (path) => copyFile(file, path, constants.COPYFILE_EXCL));
}
