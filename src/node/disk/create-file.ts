import { mkdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Creates a file with `write`, and the folders above it. Returns whether it was created: not if something else has its
 * name, a file has the name of a folder above it, or the disk does not allow the name.
 */
export async function tryCreateFile(path: string, write: (path: string) => Promise<void>): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await write(path);
    return true;
  } catch (error) {
    if (!blocked.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return false;
  }
}

const blocked: ReadonlySet<string> = new Set(['EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG']);

/** Creates a folder and its parents, unless they exist. */
export function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    if (['EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw new Error(`${dir}: a file stands where this folder would be; name another folder`);
    throw error;
  }
}
