import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { isFolder } from '../disk/list-folder.ts';
import { articlesFolder, defaultDir, defaultFolder, findPublication } from '../folder/articles-folder.ts';
import { hasPublicationFile } from '../folder/publication-file.ts';

/** What is to be checked: a folder of articles, or what `isAsked` knows in it. */
export interface CheckedPaths {
  readonly dir: string;
  readonly isAsked?: (file: string) => boolean;
}

/**
 * Finds the folder of articles in which paths lie, since an article alone would have another zone and other ids. The paths
 * are folders of articles, sections of one, or files.
 */
export function checkedPaths(paths: readonly string[]): CheckedPaths {
  const [first, ...more] = paths.map(placeOf);
  if (first === undefined) return { dir: defaultFolder() };
  const other = more.find(({ dir }) => resolve(dir) !== resolve(first.dir));
  if (other !== undefined)
    throw new Error(`${first.dir} and ${other.dir} are two folders of articles; check one after the other`);
  const asked = [first, ...more].map(({ within }) => within);
  if (asked.includes(undefined)) return { dir: first.dir };
  const inside = asked.map((path) => resolve(path ?? '') + sep);
  return { dir: first.dir, isAsked: (file) => inside.some((path) => (resolve(file) + sep).startsWith(path)) };
}

/** The folder of articles that a path is, or is a part of; `within` is the path where it is a part. */
function placeOf(path: string): { readonly dir: string; readonly within?: string } {
  if (!existsSync(path)) throw new Error(`${path}: there is no such file or folder`);
  if (!isFolder(path)) {
    const folder = dirname(path);
    return { dir: findPublication(folder) ?? unsettledAround(folder), within: path };
  }
  const dir = articlesFolder(path);
  const home = hasPublicationFile(dir) ? dir : findPublication(dir);
  return home === undefined || home === dir ? { dir } : { dir: home, within: dir };
}

/** Without a publication file, articles are taken for those of the folder that every command takes. */
function unsettledAround(folder: string): string {
  const way = relative(defaultDir, folder);
  return way === '' || !way.startsWith('..') ? defaultDir : folder;
}
