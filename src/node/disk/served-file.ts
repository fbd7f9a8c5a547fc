import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathInside } from './inside.ts';

/** A file of the publication's folder that is served unchanged. */
export interface ServedFile {
  /** The publication's folder. */
  readonly dir: string;
  /** Path inside the folder, with `/`. */
  readonly path: string;
  /** Real path, with all links resolved. */
  readonly file: string;
  /** Media type. */
  readonly type: string;
  /** Bytes. */
  readonly length: number;
  /** Modification time in milliseconds since 1970. */
  readonly mtimeMs: number;
  /** When the file's content, name or rights last changed, in milliseconds since 1970. Nobody can set it. */
  readonly ctimeMs: number;
}

/**
 * Finds a file by its path inside a folder. `typeOf` returns the media type of a path that may be served, and must
 * return `undefined` unless {@link isPublicPath}. A link leads only to files inside the folder that are served
 * themselves, so it never reveals a hidden file or the text of a draft.
 */
export function findServedFile(
  dir: string,
  path: string,
  typeOf: (path: string) => string | undefined,
  isServed: (path: string) => boolean,
): ServedFile | undefined {
  const type = typeOf(path);
  if (type === undefined) return undefined;
  try {
    const file = realpathSync(join(dir, path));
    const inside = pathInside(realpathSync(dir), file);
    if (inside === undefined || !isServed(inside)) return undefined;
    const stats = statSync(file);
    const { size: length, mtimeMs, ctimeMs } = stats;
    return stats.isFile() ? { dir, path, file, type, length, mtimeMs, ctimeMs } : undefined;
  } catch {
    return undefined;
  }
}

/** Reports whether no part of a path is hidden or has a special meaning to the file system. */
export function isPublicPath(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== 'node_modules' && !/^\.|[\\\0]/.test(part));
}

/** The folder of the publication's files for the site's root, inside the folder of articles. */
export const siteRootFolder = 'public/';

/** The only hidden folder whose files are served (RFC 8615). */
export const wellKnownFolder = `${siteRootFolder}.well-known`;

/** Reports whether a path inside the folder of articles may be a file at the site's root. */
export function isSiteRootPath(path: string): boolean {
  const folder = [`${wellKnownFolder}/`, siteRootFolder].find((folder) => path.startsWith(folder));
  return folder !== undefined && isPublicPath(path.slice(folder.length));
}
