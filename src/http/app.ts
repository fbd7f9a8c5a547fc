import { type Context, Hono } from 'hono';
import { type Edition, type Publication, Unavailable } from '../publication/publication.ts';
import { Answerer } from './answer.ts';
import { errorPage, type FailureStatus, isForPeople } from './error-pages.ts';
import { answerNotFound } from './not-found.ts';
import { routes } from './routes.ts';
import { failed, healthy, movedPermanently, preflight, unavailable } from './simple-responses.ts';

export interface AppOptions {
  /** The clock, in milliseconds since 1970; the runtime's own where none is given. */
  readonly now?: () => number;
  /** Answers for addresses that the app has no route for: files that are served as they are. */
  readonly files?: (request: Request) => Promise<Response | undefined>;
  /** Answers with documents; one of its own where none is given. */
  readonly answerer?: Answerer;
  /** Is told of an error that the app answered with 500 or 503. */
  readonly onError?: (error: Error) => void;
}

/**
 * Makes the web app of a publication: the same on every runtime that speaks fetch.
 *
 * Each address has one handler for all methods, since Hono answers at once, not in a later turn, where it finds only
 * one. Within another app, what has no address here is that app's to answer.
 *
 * @example serve({ fetch: createApp(publication).fetch })
 */
export function createApp(publication: Publication, options: AppOptions = {}): Hono {
  const { now = Date.now, files, answerer = new Answerer(), onError } = options;
  const app = new Hono();
  const fail = async (status: FailureStatus, request: Request, path: string): Promise<Response> => {
    if (!isForPeople(path)) return failed(status, undefined);
    const { site } = await publication.edition();
    return failed(status, await errorPage(status, site, new URL(request.url).pathname));
  };
  const refuse = async (request: Request, path: string): Promise<Response> =>
    request.method === 'OPTIONS' ? preflight() : fail(405, request, path);
  for (const route of routes) {
    const { path: own, aliases = [] } = route;
    for (const path of [own, ...(own === '/' ? [slashWithin] : []), ...aliases]) {
      const alias = aliases.includes(path);
      app.all(path, ({ req }) => {
        if (!isRead(req.method)) return refuse(req.raw, own);
        if (own === '/' && !req.path.endsWith('/')) {
          const moved = slashAdded(req.url);
          if (moved !== undefined) return movedPermanently(moved);
        }
        const answer = (edition: Edition): Response | Promise<Response> =>
          answerer.answer({ route, alias, req, edition, now: now() });
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
    const file = await files?.(isRead(req.method) ? req.raw : new Request(req.url));
    if (file === undefined) return answerNotFound(await publication.edition(), req.raw, now(), req.path);
    return isRead(req.method) ? file : refuse(req.raw, req.path);
  });
  app.onError(async (error, { req }) => {
    onError?.(error);
    if (error instanceof Unavailable) return unavailable();
    // What broke may be the publication itself.
    return fail(500, req.raw, req.path).catch(() => failed(500, undefined));
  });
  return app;
}

/**
 * The front page within another app, where Hono makes `/news` of `/`: an empty part after a slash. Feeds link to
 * `/news/`, and from there alone the page's relative links lead on.
 */
const slashWithin = '/:empty{$}';

/**
 * Where the front page is, relative to an address of it that lacks the slash; `undefined` where it has one, though a
 * parent that isn't strict doesn't show it in the path.
 */
function slashAdded(url: string): string | undefined {
  const { pathname, search } = new URL(url);
  return pathname.endsWith('/') ? undefined : `./${pathname.split('/').at(-1)}/${search}`;
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
