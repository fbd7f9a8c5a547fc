import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { isFolder } from '../disk/list-folder.ts';
import { articlesFolder, defaultDir, defaultFolder, findPublication } from '../folder/options/articles-folder.ts';
import { hasPublicationFile } from '../folder/options/publication-file.ts';

/** A folder of articles to check; with `isSelected`, only some of its files. */
export interface CheckedPaths {
  readonly dir: string;
  readonly isSelected?: (file: string) => boolean;
}

/**
 * Finds the folder of articles that contains all paths: folders of articles, sections or files. An article alone would
 * have the wrong time zone and ids.
 */
export function checkedPaths(paths: readonly string[]): CheckedPaths {
  const [first, ...more] = paths.map(checkedPath);
  if (first === undefined) return { dir: defaultFolder() };
  const other = more.find(({ dir }) => resolve(dir) !== resolve(first.dir));
  if (other !== undefined)
    throw new Error(`${first.dir} and ${other.dir} are two folders of articles; check one after the other`);
  const parts = [first, ...more].map(({ part }) => part);
  if (parts.includes(undefined)) return { dir: first.dir };
  const prefixes = parts.map((path) => resolve(path ?? '') + sep);
  return {
    dir: first.dir,
    isSelected: (file) => prefixes.some((prefix) => (resolve(file) + sep).startsWith(prefix)),
  };
}

/** Returns the folder of articles of a path, and the path itself as `part` unless it is the whole folder. */
function checkedPath(path: string): { readonly dir: string; readonly part?: string } {
  if (!existsSync(path)) throw new Error(`${path}: there is no such file or folder`);
  if (!isFolder(path)) return { dir: folderOf(path), part: path };
  const dir = articlesFolder(path);
  const home = hasPublicationFile(dir) ? dir : findPublication(dir);
  return home === undefined || resolve(home) === resolve(dir) ? { dir } : { dir: home, part: dir };
}

/** Returns the folder of articles that a file belongs to, whether or not it exists. */
export function folderOf(file: string): string {
  const folder = dirname(file);
  return findPublication(folder) ?? folderWithoutPublication(folder);
}

/** Without a publication file, articles below the default folder belong to it. */
function folderWithoutPublication(folder: string): string {
  return relative(defaultDir, folder).startsWith('..') ? folder : defaultDir;
}
