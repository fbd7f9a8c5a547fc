import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { codeOf } from '../../disk/write/file-error.ts';

/** What shows whether somebody changed a file. */
export type FileFacts = Pick<Stats, 'size' | 'mtimeMs'>;

/** A file on the disk, with its number there, which shows whether two paths are links to one file. */
export type FoundFile = FileFacts & Pick<Stats, 'ino'>;

/**
 * Calls `use` with each file below a folder and its path in it, with `/`; with none if it does not exist. A link counts
 * as a file, because one may lead to the folder itself.
 */
export function eachFile(folder: string, use: (path: string, file: FoundFile) => void): void {
  const walk = (inner: string): void => {
    // Joined by hand: the functions for paths take longer than the system for ten thousand files.
    for (const name of readdirSync(`${folder}/${inner}`)) {
      const stats = lstatSync(`${folder}/${inner}${name}`, { throwIfNoEntry: false });
      if (stats?.isDirectory() === true) walk(`${inner}${name}/`);
      else if (stats !== undefined) use(inner + name, stats);
    }
  };
  try {
    walk('');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** Lists the files below a folder by their paths in it, as {@link eachFile}. */
export function filesIn(folder: string): ReadonlyMap<string, FileFacts> {
  const files = new Map<string, FileFacts>();
  eachFile(folder, (path, { size, mtimeMs }) => files.set(path, { size, mtimeMs }));
  return files;
}

/** The list of the files that feeds brought into the folder of another program's site. */
export const placedFiles = '.dateline-feeds';
