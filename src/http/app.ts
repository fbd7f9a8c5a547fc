import { type Context, Hono } from 'hono';
import { type Edition, type Publication, Unavailable } from '../publication/publication.ts';
import { Answerer, missing } from './answer.ts';
import { healthy, methodNotAllowed, preflight, serverError, unavailable } from './plain-answers.ts';
import { routes } from './routes.ts';

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
  for (const route of routes) {
    for (const path of [route.path, ...(route.aliases ?? [])]) {
      const alias = path !== route.path;
      app.all(path, ({ req }) => {
        if (!isRead(req.method)) return refuse(req.method);
        const answer = (edition: Edition): Response | Promise<Response> =>
          answerer.answer({ route, alias, req, edition, now: now() });
        const edition = publication.edition();
        return edition instanceof Promise ? edition.then<Response>(answer) : answer(edition);
      });
    }
  }
  app.all('/healthz', async ({ req }) => {
    if (!isRead(req.method)) return refuse(req.method);
    await publication.edition();
    return healthy();
  });
  app.notFound(async ({ req }: Context) => {
    const file = await files?.(isRead(req.method) ? req.raw : new Request(req.url));
    if (file === undefined) return missing(await publication.edition(), req.raw, now());
    return isRead(req.method) ? file : refuse(req.method);
  });
  app.onError((error) => {
    onError?.(error);
    return error instanceof Unavailable ? unavailable() : serverError();
  });
  return app;
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function refuse(method: string): Response {
  return method === 'OPTIONS' ? preflight() : methodNotAllowed();
}
