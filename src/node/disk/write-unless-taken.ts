import { mkdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Has `write` make a file where there is none, with the folders that it stands in. Where a file has the name of a folder on
 * the way, or the disk takes no such name, there will be none. Tells whether there is.
 */
export async function writeUnlessTaken(
  path: string,
  write: (path: string) => Promise<void>,
): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await write(path);
    return true;
  } catch (error) {
    if (!taken.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return false;
  }
}

const taken: ReadonlySet<string> = new Set(['EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG']);

/** Makes a folder, and those around it, unless they are there. */
export function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw new Error(`${dir}: a file stands where this folder would be; name another folder`);
    throw error;
  }
}
