import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
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

/** The bundled command is a few files in one folder; a checkout runs its sources. */
function filesOf(self: string): string[] {
  const folder = extname(self) === '.ts' ? join(packageFolder, 'src') : dirname(self);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.(?:ts|cjs)$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  hash.update(`${process.versions.tz} ${process.versions.unicode}`);
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('base64url');
}
