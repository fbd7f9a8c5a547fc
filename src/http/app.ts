import { type Context, Hono } from 'hono';
import { readCloudflarePath } from '../publication/addresses/picture-sizes.ts';
import { type Edition, type Publication, Unavailable } from '../publication/publication.ts';
import { Answerer } from './answer.ts';
import { addressBelow, basePath } from './below-path.ts';
import { combinationIn } from './combination.ts';
import { errorPage, type FailureStatus, isForPeople } from './error-pages.ts';
import { answerNotFound, instantAt } from './not-found.ts';
import { routes } from './routes.ts';
import { failed, foundElsewhere, healthy, movedPermanently, preflight, unavailable } from './simple-responses.ts';

export interface AppOptions {
  /** Returns milliseconds since 1970; by default the runtime's clock. */
  readonly now?: () => number;
  /** Answers requests that no route matches, such as those for static files. */
  readonly files?: (request: Request) => Promise<Response | undefined>;
  /** Renders and caches documents; by default a new one. */
  readonly answerer?: Answerer;
  /** Makes the request for another address of the app from the one that came in. */
  readonly redirected?: (request: Request, address: URL) => Request;
  /** Called with each error that the app answers with 500 or 503. */
  readonly onError?: (error: Error) => void;
}

/**
 * Makes the web app of a publication, for every runtime with Fetch requests and responses. Mounted in another app, it
 * leaves addresses that it does not have to that app. If the publication's address has a path, the app answers below
 * that path, too.
 *
 * Each address has a single handler for all methods, because Hono then answers synchronously.
 *
 * @example serve({ fetch: createApp(publication).fetch })
 */
export function createApp(publication: Publication, options: AppOptions = {}): Hono {
  const { now = Date.now, files, answerer = new Answerer(), onError } = options;
  const { redirected = (request, address) => new Request(address, request) } = options;
  const app = new Hono();
  const pageFor = async (status: FailureStatus, { url }: Request, path: string): Promise<string | undefined> => {
    if (!isForPeople(path)) return undefined;
    const edition = await publication.edition();
    return errorPage(status, { edition, now: instantAt(now()), pathname: new URL(url).pathname });
  };
  const fail = async (status: FailureStatus, request: Request, path: string): Promise<Response> =>
    failed(status, await pageFor(status, request, path));
  const refuse = async (request: Request, path: string): Promise<Response> =>
    request.method === 'OPTIONS' ? preflight() : fail(405, request, path);
  for (const route of routes) {
    const { path: own, aliases = [] } = route;
    const isPage = isForPeople(own);
    for (const path of [own, ...(own === '/' ? [mountedRoot] : []), ...aliases]) {
      const alias = aliases.includes(path);
      app.all(path, ({ req }) => {
        if (!isRead(req.method)) return refuse(req.raw, own);
        const moved = isPage ? otherSlash(req.url, own === '/') : undefined;
        if (moved !== undefined) return movedPermanently(moved);
        const asked = route.combined && combinationIn(req.url, path, own);
        if (asked instanceof Response) return asked;
        const answer = (edition: Edition): Response | Promise<Response> =>
          asked === undefined || edition.combined === undefined
            ? answerer.answer({ route, alias, req, edition, now: now() })
            : answerer.answer({
                ...asked,
                route: route.combined?.(asked.terms) ?? route,
                alias,
                req,
                edition,
                now: now(),
              });
        const edition = publication.edition();
        return edition instanceof Promise ? edition.then<Response>(answer) : answer(edition);
      });
    }
  }
  app.all('/healthz', async ({ req }) => {
    if (!isRead(req.method)) return req.method === 'OPTIONS' ? preflight() : failed(405, undefined);
    await publication.edition();
    return healthy();
  });
  app.notFound(async ({ req }: Context) => {
    const { site } = await publication.edition();
    const inner = addressBelow(req.raw, basePath(site.url));
    if (inner !== undefined) return inner instanceof Response ? inner : app.fetch(redirected(req.raw, inner));
    const file = await files?.(isRead(req.method) ? req.raw : new Request(req.url));
    const picture = site.pictures === 'cloudflare' ? readCloudflarePath(new URL(req.url).pathname) : undefined;
    // Behind Cloudflare, such requests don't arrive here. A local preview shows the whole picture.
    if (picture !== undefined) return foundElsewhere(picture);
    if (file === undefined) return answerNotFound(await publication.edition(), req.raw, now(), req.path);
    return isRead(req.method) ? file : refuse(req.raw, req.path);
  });
  app.onError(async (error, { req }) => {
    onError?.(error);
    const status = error instanceof Unavailable ? 503 : 500;
    // The error page needs the publication, which may be what failed.
    const page = await pageFor(status, req.raw, req.path).catch(() => undefined);
    return status === 503 ? unavailable(page) : failed(status, page);
  });
  return app;
}

/**
 * Matches the front page of a mounted app with a slash at its end, `/news/`, because Hono turns `/` into `/news`. Feeds
 * link to `/news/`, the only address at which the page's relative links work.
 */
const mountedRoot = '/:empty{$}';

/**
 * Adds the missing slash to an address of the front page, or removes one from another page, as a relative reference:
 * relative links work at one of the two. `undefined` if the address is right. A mounted app can get the wrong one, and
 * a parent app that isn't strict hides it from the path.
 */
function otherSlash(url: string, hasSlash: boolean): string | undefined {
  if ((url.charAt(url.search(/[?#]|$/) - 1) === '/') === hasSlash) return undefined;
  const { pathname, search } = new URL(url);
  const parts = pathname.split('/');
  return hasSlash ? `./${parts.at(-1)}/${search}` : `../${parts.at(-2)}${search}`;
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
