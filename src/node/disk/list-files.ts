import { isUtf8 } from 'node:buffer';
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { mayHoldArticle } from './seed-files.ts';
import { wellKnownFolder } from './served-file.ts';

/** Who is told of what a walk through folders meets; the paths begin with the folder that it starts from. */
export interface Walk {
  /** A folder, before what is in it is listed; or a file that is a link. Its path inside the first folder comes second. */
  readonly enter?: (path: string, inside: string) => void;
  /** A folder that cannot be listed, or what has a name that nobody can ask for, with the bytes of it that are no text as `\xff`. */
  readonly fail: (path: string, error: unknown) => void;
}

/**
 * Lists the files below a folder as paths with `/`, in the order of their names; hidden ones are passed over. `below` is
 * the path of a folder in it, where only that is listed.
 *
 * A link is followed unless it leads to a folder that it stands in, where there would be no end.
 */
export function listFiles(dir: string, { enter, fail }: Walk, below = ''): string[] {
  if (!isFolder(dir)) throw new Error(`${dir}: there is no such folder`);
  const files: string[] = [];
  const prefix = prefixOf(dir);
  const list = (path: string, around: readonly string[]): void => {
    const folder = join(dir, path);
    const real = realpathSync(folder);
    if (around.includes(real)) return;
    enter?.(folder, path);
    let hasBadNames = false;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const { name } = entry;
      const inner = path === '' ? name : `${path}/${name}`;
      if (isHidden(name) && inner !== wellKnownFolder) continue;
      const full = prefix + inner;
      // It stands for what is no UTF-8, unless it is part of the name.
      if (name.includes('\uFFFD') && !existsSync(full)) {
        hasBadNames = true;
        continue;
      }
      const isLink = entry.isSymbolicLink();
      const isFile = !entry.isDirectory() && !(isLink && isFolder(full));
      if (isFile) files.push(inner);
      try {
        if (!isFile) list(inner, [...around, real]);
        else if (isLink) enter?.(full, inner);
      } catch (error) {
        fail(full, error);
      }
    }
    if (hasBadNames) for (const name of badNames(folder)) fail(join(folder, name), new Error(badName));
  };
  const parts = below === '' ? [] : below.split('/');
  list(
    below,
    parts.map((_, i) => realpathSync(join(dir, ...parts.slice(0, i)))),
  );
  return files.sort();
}

const badName = 'its name is not UTF-8; rename it';

/** The names in a folder that are no UTF-8, of folders and of files that may hold articles. */
function badNames(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, encoding: 'buffer' });
  return entries
    .filter(({ name }) => !isUtf8(name))
    .filter((entry) => entry.isDirectory() || mayHoldArticle(entry.name.toString('latin1')))
    .map(({ name }) => [...name].map(printableByte).join(''))
    .filter((name) => !isHidden(name))
    .sort();
}

function printableByte(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`;
}

/** What a walk through a folder met. */
export interface Listed {
  /** The files, in the order of their paths. */
  readonly paths: readonly string[];
  /** Folders, and files that are links. */
  readonly entered: readonly string[];
  readonly failed: readonly (readonly [folder: string, error: unknown])[];
}

/** Lists the files below a folder and takes down what the walk met; `enter` is told as it goes on. */
export function listAll(dir: string, enter?: Walk['enter']): Listed {
  const entered: string[] = [];
  const failed: [folder: string, error: unknown][] = [];
  const paths = listFiles(dir, {
    enter: (path, inside) => {
      entered.push(path);
      enter?.(path, inside);
    },
    fail: (...failure) => failed.push(failure),
  });
  return { paths, entered, failed };
}

/** What stands before a path inside a folder where it is shown or opened, as `join` would have it, which takes its time. */
export function prefixOf(dir: string): string {
  return join(dir, 'x').slice(0, -1);
}

/** Tells whether what is at a path inside a folder of articles is passed over, for its name or one on the way to it. */
export function isPassedOver(path: string): boolean {
  const below = `${path}/`.startsWith(`${wellKnownFolder}/`) ? path.slice(wellKnownFolder.length + 1) : path;
  return below !== '' && below.split('/').some(isHidden);
}

/** Tells whether a file or folder of this name is passed over, unless it is {@link wellKnownFolder}. */
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
