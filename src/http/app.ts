import { type Context, Hono } from 'hono';
import type { Edition, Publication } from '../publication/publication.ts';
import { goneTarget } from '../publication/site.ts';
import { deltaBase } from './delta-request.ts';
import { DocumentCache } from './document-cache.ts';
import {
  gone,
  healthy,
  methodNotAllowed,
  movedPermanently,
  notFound,
  preflight,
  serverError,
} from './plain-answers.ts';
import { findRedirect } from './redirect.ts';
import { type Code, respond, respondDelta } from './respond.ts';
import { type Route, routes } from './routes.ts';

export interface AppOptions {
  /** The clock, in milliseconds since 1970; the runtime's own where none is given. */
  readonly now?: () => number;
  /** Answers for addresses that the app has no route for: files that are served as they are. */
  readonly files?: (request: Request) => Promise<Response | undefined>;
  /** Codes documents for readers that accept it; left out where the platform does so itself. */
  readonly code?: Code;
  /** Is told of an error that the app answered with 500. */
  readonly onError?: (error: Error) => void;
}

/**
 * Makes the web app of a publication: the same on every runtime that speaks fetch.
 *
 * @example serve({ fetch: createApp(publication).fetch })
 */
export function createApp(publication: Publication, options: AppOptions = {}): Hono {
  const { now = Date.now, files, code, onError } = options;
  const documents = new DocumentCache();
  // Readers choose what they are measured against, and most of them have the same, so few are worth keeping.
  const deltas = new DocumentCache(4 * 1024 * 1024, 100);
  const app = new Hono();

  async function answer(route: Route, { req }: Context, alias: boolean): Promise<Response> {
    const edition = await publication.edition();
    const { site } = edition;
    const milliseconds = now();
    const instant = `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
    const key = alias ? route.path : req.path;
    const params = req.param();
    const document = await documents.get(edition, key, instant, () => route.render(edition, params, instant));
    if (document === undefined) return missing(edition, req.raw, await route.isGone?.(edition, params));
    const location = alias ? new URL(route.path.slice(1), site.url).href : undefined;
    const respondOptions = { ttl: site.ttl, now: milliseconds, code, location };
    const held = route.delta === undefined ? undefined : deltaBase(req.raw.headers, document);
    if (held !== undefined) {
      const delta = await deltas.get(edition, `${key} ${held}`, instant, async () =>
        route.delta?.(edition, instant, held),
      );
      if (delta !== undefined) return respondDelta(req.raw, delta, document, respondOptions);
    }
    return respond(req.raw, document, respondOptions);
  }

  for (const route of routes) {
    for (const path of [route.path, ...(route.aliases ?? [])]) {
      app.get(path, (context) => answer(route, context, path !== route.path));
      app.options(path, preflight);
      app.all(path, methodNotAllowed);
    }
  }
  app.get('/healthz', async () => {
    await publication.edition();
    return healthy();
  });
  app.options('/healthz', preflight);
  app.all('/healthz', methodNotAllowed);
  app.all('*', async ({ req }) => {
    const isRead = req.method === 'GET' || req.method === 'HEAD';
    const file = await files?.(isRead ? req.raw : new Request(req.url));
    if (file === undefined) return missing(await publication.edition(), req.raw);
    if (isRead) return file;
    return req.method === 'OPTIONS' ? preflight() : methodNotAllowed();
  });
  app.onError((error) => {
    onError?.(error);
    return serverError();
  });
  return app;
}

/** Answers where no document is: by the publication's own redirects, by what it knows of its past, or with 404. */
function missing({ site }: Edition, request: Request, isGone = false): Response {
  const moved = findRedirect(site, new URL(request.url).pathname);
  if (moved !== undefined) return moved === goneTarget ? gone() : movedPermanently(moved);
  return isGone ? gone() : notFound();
}
