import { isUtf8 } from 'node:buffer';
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { OutsideError, pathInside } from './inside.ts';
import { isSeedName } from './seed-paths.ts';
import { wellKnownFolder } from './served-file.ts';

/** Called during a walk through folders. `full` is a path that begins with the listed folder. */
export interface WalkHandlers {
  /** Called for a folder before it is listed, and for a link to a file. `path` is inside the listed folder. */
  readonly onEnter?: (full: string, path: string) => void;
  /** Called for a folder that cannot be listed and for a name that is not UTF-8, with invalid bytes as `\xff`. */
  readonly onError: (full: string, error: unknown) => void;
}

/**
 * Lists the files below a folder as sorted paths with `/`, without hidden ones. `below` limits the listing to one
 * subfolder. Links are followed, except to a folder outside, and to one that contains them, which would never end.
 */
export function listFiles(dir: string, { onEnter, onError }: WalkHandlers, below = ''): string[] {
  if (!isFolder(dir)) throw new Error(`${dir}: there is no such folder`);
  const files: string[] = [];
  const prefix = pathPrefix(dir);
  const root = realpathSync(dir);
  const list = (path: string, real: string, parents: readonly string[]): void => {
    const folder = join(dir, path);
    if (parents.includes(real)) return;
    if (pathInside(root, real) === undefined) throw new OutsideError();
    onEnter?.(folder, path);
    let hasBadNames = false;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const { name } = entry;
      const inner = path === '' ? name : `${path}/${name}`;
      if (isHidden(name) && inner !== wellKnownFolder) continue;
      const full = prefix + inner;
      // U+FFFD replaces invalid bytes, unless it is part of the name.
      if (name.includes('\uFFFD') && !existsSync(full)) {
        hasBadNames = true;
        continue;
      }
      const isLink = entry.isSymbolicLink();
      const isFile = !entry.isDirectory() && !(isLink && isFolder(full));
      if (isFile) files.push(inner);
      try {
        // Resolving the path of each folder would cost the cube of their depth.
        if (!isFile) list(inner, isLink ? realpathSync(full) : join(real, name), [...parents, real]);
        else if (isLink) onEnter?.(full, inner);
      } catch (error) {
        onError(full, error);
      }
    }
    if (hasBadNames) for (const name of badNames(folder)) onError(join(folder, name), new Error(badName));
  };
  const parts = below === '' ? [] : below.split('/');
  list(
    below,
    realpathSync(join(dir, below)),
    parts.map((_, i) => realpathSync(join(dir, ...parts.slice(0, i)))),
  );
  return files.sort();
}

const badName = 'its name is not UTF-8; rename it';

/** Returns the names in a folder that are not UTF-8, of folders and of files that may hold articles. */
function badNames(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, encoding: 'buffer' });
  return entries
    .filter(({ name }) => !isUtf8(name))
    .filter((entry) => entry.isDirectory() || isSeedName(entry.name.toString('latin1')))
    .map(({ name }) => [...name].map(printableByte).join(''))
    .filter((name) => !isHidden(name))
    .sort();
}

function printableByte(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`;
}

/** The result of a walk through a folder. */
export interface FolderContents {
  /** The files, sorted by path. */
  readonly paths: readonly string[];
  /** Folders, and links to files. */
  readonly entered: readonly string[];
  readonly failed: readonly (readonly [full: string, error: unknown])[];
}

/** Lists the files below a folder as {@link listFiles} does, with the folders and errors of the walk. */
export function listFolder(dir: string, onEnter?: WalkHandlers['onEnter'], below = ''): FolderContents {
  const entered: string[] = [];
  const failed: [full: string, error: unknown][] = [];
  const onFolder = (full: string, path: string): void => {
    entered.push(full);
    onEnter?.(full, path);
  };
  const paths = listFiles(dir, { onEnter: onFolder, onError: (...failure) => failed.push(failure) }, below);
  return { paths, entered, failed };
}

/** Returns what precedes a path inside a folder, so that thousands of paths need no `join`, which is slow. */
export function pathPrefix(dir: string): string {
  return join(dir, 'x').slice(0, -1);
}

/** Reports whether a path inside a folder of articles is ignored because it or a parent is hidden. */
export function isIgnored(path: string): boolean {
  const below = `${path}/`.startsWith(`${wellKnownFolder}/`) ? path.slice(wellKnownFolder.length + 1) : path;
  return below !== '' && below.split('/').some(isHidden);
}

/** Reports whether a name is hidden. The caller excepts {@link wellKnownFolder}. */
function isHidden(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
