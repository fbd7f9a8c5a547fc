import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolder } from '../package-folder.ts';

let known: string | undefined;

/**
 * Returns a version of the code that parses and renders, and of the time zones and the Unicode tables that it uses. It
 * is that of the content, so that it is the same on every machine.
 */
export function codeVersion(): string {
  known ??= hashOf(filesOf(fileURLToPath(import.meta.url)));
  return known;
}

function filesOf(self: string): string[] {
  // The package has the hash of its bundled command, which is made of the same sources as the library.
  if (extname(self) !== '.ts') return [join(packageFolder, 'dist/command', versionFile)];
  const folder = join(packageFolder, 'src');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join(folder, name));
}

/** Written by rolldown.config.ts. */
const versionFile = 'version.txt';

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  hash.update(`${process.versions.tz} ${process.versions.unicode}`);
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('base64url');
}
