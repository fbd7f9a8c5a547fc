import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';

/** What answers requests: {@link openFolder}, `createFeeds` or `createApp`. */
export interface Fetcher {
  fetch(request: Request): Response | Promise<Response>;
}

/** Answers a request of `node:http`; passes one for an address that it does not have to `next`, if there is one. */
export type Listener = (
  request: IncomingMessage & { readonly originalUrl?: string },
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => Promise<void>;

/**
 * Makes a listener for `node:http`, and for frameworks with its requests, such as Express and Fastify. It reads the
 * whole path, also where the framework takes off that of the mount, because only it tells `/news` from `/news/`.
 *
 * @example express().use('/news', listener(feeds));
 */
export function listener(app: Fetcher): Listener {
  return async (request, response, next) => {
    try {
      const answer = await app.fetch(requestOf(request));
      if (answer.status === 404 && next !== undefined) return next();
      await getRequestListener(() => answer)(request, response);
    } catch (error) {
      if (next === undefined) throw error;
      next(error);
    }
  };
}

/** Makes a request without a body, which nothing here reads. */
function requestOf({ method = 'GET', url = '/', originalUrl = url, headers }: Parameters<Listener>[0]): Request {
  const fields = new Headers();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) fields.set(name, Array.isArray(value) ? value.join(', ') : value);
  return new Request(new URL(originalUrl, 'http://localhost'), { method, headers: fields });
}
