import { extname, join } from 'node:path';
import { mediaTypeOf } from '../../../article/media-types.ts';
import { patternOf, routes } from '../../../http/routes.ts';
import { searchFolder } from '../../../publication/addresses/address.ts';
import { resizedFolder } from '../../../publication/addresses/picture-sizes.ts';
import { cardFolder } from '../../../publication/slices/card.ts';
import { storedFolder } from '../../../publication/stored/stored.ts';
import { isFolder, listFiles } from '../../disk/list-folder.ts';
import { findServedFile, isSiteRootPath, type ServedFile, siteRootFolder } from '../../disk/served-file.ts';
import { isServed } from './article-files.ts';

/**
 * Finds the file in a publication's `public/` for a path below the site's root, such as `ads.txt`. Reserved addresses
 * have none.
 */
export function findSiteRootFile(dir: string, path: string): ServedFile | undefined {
  return isReservedAddress(`/${path}`) ? undefined : findServedFile(dir, siteRootFolder + path, typeOf, isServed);
}

/** Lists all files in a publication's `public/` as paths below the site's root, including those that are not served. */
export function listSiteRootPaths(dir: string): string[] {
  if (!isFolder(join(dir, siteRootFolder))) return [];
  try {
    const paths = listFiles(dir, { onError: () => {} }, siteRootFolder.slice(0, -1));
    return paths.map((path) => path.slice(siteRootFolder.length));
  } catch {
    // The folder leads outside or is unreadable, which is reported when the folder of articles is read.
    return [];
  }
}

function typeOf(path: string): string | undefined {
  return isSiteRootPath(path) ? siteRootMediaType(path) : undefined;
}

/** Media types of files at a site's root, in addition to those of files beside articles. */
const types: Readonly<Record<string, string>> = {
  '.asc': 'text/plain',
  '.css': 'text/css',
  '.csv': 'text/csv',
  '.htm': 'text/html',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.mjs': 'text/javascript',
  '.otf': 'font/otf',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

/** Returns the media type of a file at the site's root by its extension. XML declares its encoding itself. */
export function siteRootMediaType(path: string): string {
  const type = types[extname(path).toLowerCase()] ?? mediaTypeOf(path) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

/** Reports whether the site may have a document at an address, whatever its articles are: `/tags/harbour/rss.xml`. */
export function isDocumentAddress(pathname: string): boolean {
  return documents.some((pattern) => pattern.test(pathname));
}

/**
 * Reports whether no file of the publication can have an address, because it belongs to a document, to a document's
 * file on a static host or to a configuration file of the host.
 */
export function isReservedAddress(pathname: string): boolean {
  return (
    isDocumentAddress(pathname) ||
    pages.some((pattern) => pattern.test(pathname)) ||
    ['/healthz', '/404.html', '/_headers', '/_redirects'].includes(pathname) ||
    [storedFolder, searchFolder, resizedFolder, cardFolder].some((folder) => pathname.startsWith(`/${folder}/`))
  );
}

const documents = routes.flatMap(({ path, aliases = [] }) => [path, ...aliases].map(patternOf));

const pages = routes
  .filter(({ path }) => !/\.\w+$/.test(path))
  .map(({ path }) => patternOf(path === '/' ? '/index.html' : `${path}.html`));
