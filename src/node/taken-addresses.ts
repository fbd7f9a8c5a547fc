import { routes } from '../http/routes.ts';
import { storedFolder } from '../publication/stored.ts';

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
