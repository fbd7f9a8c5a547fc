import { isOpen } from './disk/served-file.ts';

/** Where the files of a publication lie that stand at its site's root, inside the folder of articles. */
export const rootFolder = 'public/';

/** The one hidden folder of which files are served (RFC 8615). */
export const wellKnownFolder = `${rootFolder}.well-known`;

/** Tells whether a path inside the folder of articles is one by which a file may stand at the site's root. */
export function isRootPath(path: string): boolean {
  const folder = [`${wellKnownFolder}/`, rootFolder].find((folder) => path.startsWith(folder));
  return folder !== undefined && isOpen(path.slice(folder.length));
}
