import { closeSync, constants, fstatSync, openSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { inodeOf } from './file-state.ts';

/** The error of a path that a symbolic link leads out of its folder. */
export class OutsideError extends Error {
  constructor() {
    super(
      'a symbolic link leads outside the folder of articles, so it is not followed; copy it into the folder instead',
    );
  }
}

/** Returns the path of `real` inside `root`, with `/`; `undefined` if it is outside. Both have no links in them. */
export function pathInside(root: string, real: string): string | undefined {
  const inside = relative(root, real);
  return isAbsolute(inside) || inside === '..' || inside.startsWith(`..${sep}`)
    ? undefined
    : inside.split(sep).join('/');
}

/**
 * Opens a file for reading and passes its descriptor to `read`. Throws {@link OutsideError} if the file is not inside
 * `dir`. What is checked is the open file, so replacing a folder or a link in the meantime changes nothing.
 */
export function readInside<T>(dir: string, file: string, read: (descriptor: number) => T): T {
  const descriptor = openSync(file, 'r');
  try {
    requireInside(dir, file, descriptor);
    return read(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Throws {@link OutsideError} unless the open file is inside `dir`; `file` is the path at which it was opened. */
export function requireInside(dir: string, file: string, descriptor: number): void {
  if (pathInside(realpathSync.native(dir), openPath(file, descriptor)) === undefined) throw new OutsideError();
}

/** Returns the real path of an open file. */
function openPath(file: string, descriptor: number): string {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`);
    } catch {
      // There may be no /proc.
    }
  }
  const real = realpathSync.native(file);
  if (inodeOf(statSync(real)) !== inodeOf(fstatSync(descriptor))) throw new OutsideError();
  return real;
}

/** Never follows a link, for a path whose links are resolved. */
export const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

/**
 * Reads the texts of many files inside `dir`. On Linux it opens and checks each folder once and reads its files
 * relative to that, which costs a tenth of checking each file. {@link InsideTexts.close} must follow a series of
 * readings.
 */
export class InsideTexts {
  readonly #dir: string;
  #folder: { readonly path: string; readonly descriptor: number } | undefined;

  constructor(dir: string) {
    this.#dir = dir;
  }

  read(file: string): string {
    const slash = file.lastIndexOf('/');
    if (process.platform === 'linux' && slash > 0) {
      try {
        const folder = this.#open(file.slice(0, slash));
        return readFileSync(`/proc/self/fd/${folder}${file.slice(slash)}`, { encoding: 'utf8', flag: readFlags });
      } catch {
        // It may be a link to a file inside, and otherwise gives an error that names the file.
      }
    }
    return readInside(this.#dir, file, (descriptor) => readFileSync(descriptor, 'utf8'));
  }

  #open(path: string): number {
    if (this.#folder?.path === path) return this.#folder.descriptor;
    this.close();
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
    this.#folder = { path, descriptor };
    try {
      requireInside(this.#dir, path, descriptor);
    } catch (error) {
      this.close();
      throw error;
    }
    return descriptor;
  }

  close(): void {
    if (this.#folder !== undefined) closeSync(this.#folder.descriptor);
    this.#folder = undefined;
  }
}
