import { extname, join } from 'node:path';
import { mediaTypeOf } from '../../article/media-types.ts';
import { routes } from '../../http/routes.ts';
import { storedFolder } from '../../publication/stored.ts';
import { isFolder, listFiles } from '../disk/list-files.ts';
import { findServedFile, isRootPath, rootFolder, type ServedFile } from '../disk/served-file.ts';

/**
 * Finds the file of a publication's folder that stands at a path below its site's root, `ads.txt`; none where the site has
 * something of its own, and none outside of the folder `public/`.
 */
export function findRootFile(dir: string, path: string): ServedFile | undefined {
  return isTaken(`/${path}`) ? undefined : findServedFile(dir, rootFolder + path, typeOf);
}

/** Lists the paths below the site's root of all files in a publication's `public/`, also of those that can't be served. */
export function listRootPaths(dir: string): string[] {
  if (!isFolder(join(dir, rootFolder))) return [];
  const paths = listFiles(dir, { fail: () => {} }, rootFolder.slice(0, -1));
  return paths.map((path) => path.slice(rootFolder.length));
}

function typeOf(path: string): string | undefined {
  return isRootPath(path) ? rootTypeOf(path) : undefined;
}

/** Media types of what sites have at their root besides the kinds that stand beside articles. */
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

/** The media type, by the ending of its name, of a file that stands at the site's root. XML says its encoding inside. */
export function rootTypeOf(path: string): string {
  const type = types[extname(path).toLowerCase()] ?? mediaTypeOf(path) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

/** Tells whether a document of the site may have this address, whatever its articles are: `/tags/harbour/rss.xml`. */
export function isDocumentAddress(pathname: string): boolean {
  return documents.some((pattern) => pattern.test(pathname));
}

/**
 * Tells whether the site keeps an address for itself, so that no file of the publication can stand there: that of a
 * document, of the file that a document becomes on a static host, or of what hosts read.
 */
export function isTaken(pathname: string): boolean {
  return (
    isDocumentAddress(pathname) ||
    pages.some((pattern) => pattern.test(pathname)) ||
    ['/healthz', '/404.html', '/_headers', '/_redirects'].includes(pathname) ||
    pathname.startsWith(`/${storedFolder}/`)
  );
}

const documents = routes.flatMap(({ path, aliases = [] }) => [path, ...aliases].map(patternOf));

const pages = routes
  .filter(({ path }) => !/\.\w+$/.test(path))
  .map(({ path }) => patternOf(path === '/' ? '/index.html' : `${path}.html`));

function patternOf(address: string): RegExp {
  return new RegExp(`^${address.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`);
}
