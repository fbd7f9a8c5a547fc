import { constants, existsSync, readdirSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { formatProblem } from '../../../article/problem.ts';
import { readText } from '../../disk/read-text.ts';
import { siteRootFolder } from '../../disk/served-file.ts';
import { tryCreateFile } from '../../disk/write/create-file.ts';
import { packageFilesFolder } from '../../folder/files/package-files.ts';
import { findSiteRootFile, listSiteRootPaths } from '../../folder/files/site-root-files.ts';
import { assetsIgnore } from './asset-limits.ts';
import { stampOf } from './copy-media.ts';
import type { Draft } from './draft.ts';

/** A file at the root of a site. */
export interface RootFile {
  /** Its path in the site. */
  readonly path: string;
  readonly file: string;
  /** Names its content. */
  readonly stamp: string;
  /** Whether it is in the publication's own `public/`. */
  readonly isOwn: boolean;
}

/** Lists the files at the root of a site: those of the publication's own `public/`, then those of the package's. */
export function listRootFiles(dir: string | undefined): readonly RootFile[] {
  const own = (dir === undefined ? [] : listSiteRootPaths(dir)).flatMap((path) => {
    const file = dir === undefined ? undefined : findSiteRootFile(dir, path);
    return file === undefined ? [] : [{ path, file: file.file, stamp: stampOf(file.file), isOwn: true }];
  });
  const entries = readdirSync(packageFilesFolder, { recursive: true, withFileTypes: true });
  const ours = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      const path = relative(packageFilesFolder, file).replaceAll(sep, '/');
      return { path, file, stamp: stampOf(file), isOwn: false };
    });
  return [...own, ...ours];
}

/**
 * Copies files to the root of a site, where none replaces another. Returns how many of the publication's own were
 * copied.
 */
export async function copyRootFiles(files: readonly RootFile[], draft: Draft): Promise<number> {
  let copied = 0;
  for (const { path, file, stamp, isOwn } of files) {
    const copy = (place: string) => copyFile(file, place, constants.COPYFILE_EXCL);
    const isCopied = await tryCreateFile(join(draft.folder, path), () => draft.add(path, stamp, copy));
    if (isCopied && isOwn) copied++;
  }
  return copied;
}

/** Returns the publication's `.assetsignore`, which is no root file because it is hidden. */
export function readAssetsIgnore(dir: string | undefined): string | undefined {
  const file = dir === undefined ? undefined : join(dir, siteRootFolder, assetsIgnore);
  if (file === undefined || dir === undefined || !existsSync(file)) return undefined;
  const { text, problem } = readText(file, dir);
  if (problem !== undefined) throw new Error(formatProblem(problem));
  return text ?? '';
}
