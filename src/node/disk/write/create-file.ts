import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './file-error.ts';

/**
 * Creates a file of a draft with `write`, and the folders above it. Returns whether it was created: not if something
 * else has its name, a file has the name of a folder above it, or the disk does not allow the name.
 */
export async function tryCreateFile(path: string, write: (path: string) => Promise<void>): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await write(path);
    return true;
  } catch (error) {
    if (!blocked.has(codeOf(error) ?? '')) throw error;
    return false;
  }
}

const blocked: ReadonlySet<string> = new Set(['EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG']);
