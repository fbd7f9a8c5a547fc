import { readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The root of this package: a checkout, or a folder in `node_modules`. The bundled command in `dist/command` is as deep
 * as this file, so the same relative path works for both.
 */
export const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Returns the version of Dateline. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}

/** Returns the file to start a worker thread with, by its path below `src/`. The bundled command has it beside it. */
export function workerFile(path: string): string {
  if (extname(fileURLToPath(import.meta.url)) === '.ts') return join(packageFolder, 'src', path);
  return join(packageFolder, 'dist/command', `${basename(path, '.ts')}.cjs`);
}
