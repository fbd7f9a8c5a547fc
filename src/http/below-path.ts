import { movedPermanently } from './simple-responses.ts';

let last = { url: '', path: '/' };

/** Returns the path of a site's address, such as `/` or `/blog/`. */
export function basePath(url: string): string {
  // Parsing it at each poll would be a tenth of the work.
  if (last.url !== url) last = { url, path: new URL(url).pathname };
  return last.path;
}

/**
 * Returns a path without that of the site's address: `/rss.xml` for `/blog/rss.xml`. Other paths stay as they are,
 * because a proxy may have removed it already.
 */
export function withoutBase(path: string, base: string): string {
  return base !== '/' && path.startsWith(base) ? path.slice(base.length - 1) : path;
}

/**
 * Returns the address in the app of a request for a site below a path; a redirect if only the slash at the end of that
 * path is missing. `undefined` if the request is for nothing below the path.
 */
export function addressBelow(request: Request, base: string): URL | Response | undefined {
  if (base === '/') return undefined;
  const url = new URL(request.url);
  if (`${url.pathname}/` === base) return movedPermanently(`./${base.split('/').at(-2)}/${url.search}`);
  const path = withoutBase(url.pathname, base);
  if (path === url.pathname) return undefined;
  url.pathname = path;
  return url;
}

/** Reports whether a path is one that a URL parser would not change. */
export function isPlainPath(path: string): boolean {
  return plainPath.test(path);
}

const plainPath = /^\/(?!.*\/\.)[\w./-]*$/;
