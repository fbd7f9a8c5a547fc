import { constants, existsSync } from 'node:fs';
import { copyFile, readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { formatProblem } from '../../article/problem.ts';
import { readText } from '../disk/read-text.ts';
import { siteRootFolder } from '../disk/served-file.ts';
import { tryCreateFile } from '../disk/write/create-file.ts';
import { packageFilesFolder } from '../folder/package-files.ts';
import { findSiteRootFile, listSiteRootPaths } from '../folder/site-root-files.ts';
import { assetsIgnore } from './asset-limits.ts';

/**
 * Copies the files at the root of a site: those of the publication's own `public/`, then those of the package's. An
 * existing file is never replaced. Returns how many of the publication's own files were copied.
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

/** Copies the publication's `.assetsignore`, which {@link copyRootFiles} skips because it is hidden. */
export async function copyAssetsIgnore(dir: string, folder: string): Promise<void> {
  const file = join(dir, siteRootFolder, assetsIgnore);
  if (!existsSync(file)) return;
  const { text, problem } = readText(file, dir);
  if (problem !== undefined) throw new Error(formatProblem(problem));
  await writeFile(join(folder, assetsIgnore), text ?? '');
}

function copyUnlessTaken(file: string, target: string): Promise<boolean> {
  return tryCreateFile(target, (path) => copyFile(file, path, constants.COPYFILE_EXCL));
}
