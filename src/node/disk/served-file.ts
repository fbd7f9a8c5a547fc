import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';

/** A file of the publication's folder that is served as it is. */
export interface ServedFile {
  /** Path inside the folder, with `/`. */
  readonly path: string;
  /** Where it really lies, behind all links. */
  readonly file: string;
  /** Media type. */
  readonly type: string;
  /** Bytes. */
  readonly length: number;
  /** When it last changed, in milliseconds since 1970. */
  readonly changed: number;
}

/**
 * Finds a file by its path inside a folder. `typeOf` tells the media type of a path by which a file may be served, and
 * must know none for a path that is not {@link isOpen}; what a link leads to needs such a path, too, inside the folder.
 */
export function findServedFile(
  dir: string,
  path: string,
  typeOf: (path: string) => string | undefined,
): ServedFile | undefined {
  const type = typeOf(path);
  if (type === undefined) return undefined;
  try {
    const file = realpathSync(join(dir, path));
    const inside = relative(realpathSync(dir), file);
    if (isAbsolute(inside) || typeOf(inside.split(sep).join('/')) === undefined) return undefined;
    const stats = statSync(file);
    return stats.isFile() ? { path, file, type, length: stats.size, changed: stats.mtimeMs } : undefined;
  } catch {
    return undefined;
  }
}

/** Tells whether no part of a path is hidden, or means something else than a name to a disk. */
export function isOpen(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== 'node_modules' && !/^\.|[\\\0]/.test(part));
}

/** Where the files of a publication lie that stand at its site's root, inside the folder of articles. */
export const rootFolder = 'public/';

/** The one hidden folder of which files are served (RFC 8615). */
export const wellKnownFolder = `${rootFolder}.well-known`;

/** Tells whether a path inside the folder of articles is one by which a file may stand at the site's root. */
export function isRootPath(path: string): boolean {
  const folder = [`${wellKnownFolder}/`, rootFolder].find((folder) => path.startsWith(folder));
  return folder !== undefined && isOpen(path.slice(folder.length));
}
