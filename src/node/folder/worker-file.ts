import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolder } from '../package-folder.ts';

/** Returns the file to start a worker thread with, by its path below `src/`. The bundled command has it beside it. */
export function workerFile(path: string): string {
  if (extname(fileURLToPath(import.meta.url)) === '.ts') return join(packageFolder, 'src', path);
  return join(packageFolder, 'dist/command', `${basename(path, '.ts')}.cjs`);
}
