import { mkdirSync } from 'node:fs';

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
