import type { IncomingHttpHeaders, RequestListener, ServerResponse } from 'node:http';
import { once } from '../../article/once.ts';
import type { Answer, ReadRequest } from '../../http/respond.ts';
import type { Fetch } from './live-pages.ts';

/** Answers a read of a path, without query, if all that the answer needs is at hand. */
export type AtHand = (path: string, asked: ReadRequest) => Answer | Promise<Answer | undefined> | undefined;

/**
 * Answers polls whose answer is at hand at once, and leaves every other request to `otherwise`, the app.
 *
 * Nearly all requests are such polls. To make a `Request` and a `Response` of each costs a tenth of what the server does
 * for one; the answer is the app's own, only written without them.
 */
export function pollListener(atHand: AtHand, otherwise: RequestListener): RequestListener {
  return (request, response) => {
    const { url = '', method = '', headers } = request;
    const answer =
      method === 'GET' &&
      plainPath.test(url) &&
      plainHost.test(headers.host ?? '') &&
      // Node.js keeps only the first of several dates, and several are none (RFC 9110 §13.1.3).
      headers['if-modified-since'] === undefined
        ? atHand(url, { method, headers: new PlainHeaders(headers) })
        : undefined;
    if (answer === undefined) return otherwise(request, response);
    if (!(answer instanceof Promise)) return write(answer, response);
    answer.then(
      (answer) => (answer === undefined ? otherwise(request, response) : write(answer, response)),
      () => otherwise(request, response),
    );
  };
}

function write({ status, fields, body }: Answer, response: ServerResponse): void {
  response.writeHead(status, fields);
  response.end(body);
}

/** A path that a URL parser would leave as it is. */
const plainPath = /^\/(?!.*\/\.)[\w./-]*$/;

/** A host without anything that would have to be looked at more closely. */
const plainHost =
  /^[a-z0-9._-]*[a-z_][a-z0-9._-]*(?::(?:[1-5]\d{3,4}|[6-9]\d{3}))?$|^127\.0\.0\.1(?::(?:[1-5]\d{3,4}|[6-9]\d{3}))?$/;

/** Header fields as Node.js has them, under names in lower case. */
class PlainHeaders implements Pick<Headers, 'get'> {
  readonly #fields: IncomingHttpHeaders;

  constructor(fields: IncomingHttpHeaders) {
    this.#fields = fields;
  }

  get(name: string): string | null {
    const value = this.#fields[name.toLowerCase()];
    return value === undefined ? null : String(value);
  }
}

/** What answers Node's requests, and what loads all that this takes, which the first request does otherwise. */
interface FetchListener {
  readonly listener: RequestListener;
  readonly load: () => Promise<unknown>;
}

/**
 * Makes what answers requests by `fetch`. What turns Node's requests into those of the web is not loaded before, since with it comes
 * all of Node's own `fetch`, which takes as long as half of the other modules.
 */
export function fetchListener(fetch: Fetch): FetchListener {
  const load = once(async () => {
    const { getRequestListener } = await import('@hono/node-server');
    // Clients of HTTP/1.0 name no host, and no answer depends on it.
    return getRequestListener((request, env) => fetch(request, env as Parameters<Fetch>[1]), {
      hostname: 'localhost',
    });
  });
  return { load, listener: async (incoming, outgoing) => (await load())(incoming, outgoing) };
}
