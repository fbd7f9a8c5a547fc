import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from '../../article/once.ts';
import { isPlainPath } from '../../http/below-path.ts';
import type { Answer, ReadRequest } from '../../http/response/respond.ts';
import type { Fetch } from './live-pages.ts';
import { addressOf, type Limits, type ListenAddress, listen, standardLimits, trackConnections } from './server.ts';

/** A server that listens. */
export interface Listening {
  readonly url: string;
  /** The address that the name of the host led to. */
  readonly bound: string;
  readonly web: FetchListener;
  /** Refuses new connections, finishes the pending responses and resolves when the last one is sent. */
  readonly drain: () => Promise<void>;
}

/** Starts a server that answers each request by the handler of that moment. */
export async function startListening(
  options: ListenAddress & { readonly limits?: Partial<Limits>; readonly observe?: Observe },
  handlerNow: () => RequestHandler,
): Promise<Listening> {
  const { stallTimeout, ...limits } = { ...standardLimits, ...options.limits };
  const web = fetchListener((...request) => handlerNow().fetch(...request));
  const listener = requireOneHost(pollListener((...poll) => handlerNow().answerPoll(...poll), web.listener));
  const server = createServer(limits, options.observe?.(listener) ?? listener);
  server.timeout = stallTimeout;
  const drain = trackConnections(server);
  await listen(server, options);
  const { address: bound } = server.address() as AddressInfo;
  return { url: addressOf(server, options.host), bound, web, drain };
}

/** Wraps the listener of a server, to watch what it answers. */
export type Observe = (listener: RequestListener) => RequestListener;

/** Answers the requests of a server. */
export interface RequestHandler {
  readonly fetch: Fetch;
  readonly answerPoll: AnswerPoll;
}

/** Answers a GET of a path without a query from the cache; `undefined` if the cache lacks the answer. */
export type AnswerPoll = (path: string, request: PollRequest) => Answer | Promise<Answer | undefined> | undefined;

/** A poll, and the same request in Node's own form. */
export interface PollRequest extends ReadRequest {
  readonly incoming: IncomingMessage;
}

/**
 * Answers polls from the cache, and passes every other request to `app`.
 *
 * Nearly all requests are such polls, and a tenth of the work for one would be its `Request` and `Response`. The answer
 * is the same as the app's, only written without them.
 */
export function pollListener(answerPoll: AnswerPoll, app: RequestListener): RequestListener {
  return (request, response) => {
    const { url = '', method = '' } = request;
    const fields = new RawFields(request);
    const answer =
      method === 'GET' &&
      isPlainPath(url) &&
      plainHost.test(fields.get('Host') ?? '') &&
      // Node.js keeps only the first of several dates, but several are invalid (RFC 9110 §13.1.3).
      fields.get('If-Modified-Since') === null
        ? answerPoll(url, { method, headers: fields, incoming: request })
        : undefined;
    if (answer === undefined) return app(request, response);
    if (!(answer instanceof Promise)) return write(answer, response);
    answer.then(
      (answer) => (answer === undefined ? app(request, response) : write(answer, response)),
      () => app(request, response),
    );
  };
}

/**
 * Answers 400 to a request with several Host fields (RFC 9112 §3.2). Node.js keeps the first, and a proxy may have used
 * another.
 */
export function requireOneHost(listener: RequestListener): RequestListener {
  return (request, response) => {
    if (countHosts(request.rawHeaders) < 2) return listener(request, response);
    response.writeHead(400, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      Connection: 'close',
    });
    response.end('The request has more than one Host field.\n');
  };
}

/** `fields` are names and values in turn, as received. */
function countHosts(fields: readonly string[]): number {
  let count = 0;
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i];
    if (name?.length === 4 && name.toLowerCase() === 'host') count++;
  }
  return count;
}

function write({ status, fields, body }: Answer, response: ServerResponse): void {
  response.writeHead(status, fields);
  response.end(body);
}

/** A host that is valid without further checks. */
const plainHost =
  /^[a-z0-9._-]*[a-z_][a-z0-9._-]*(?::(?:[1-5]\d{3,4}|[6-9]\d{3}))?$|^127\.0\.0\.1(?::(?:[1-5]\d{3,4}|[6-9]\d{3}))?$/;

/**
 * The header fields of a request, read from the raw list: a poll needs five, and Node.js would make an object of all.
 */
class RawFields implements Pick<Headers, 'get'> {
  readonly #request: IncomingMessage;

  constructor(request: IncomingMessage) {
    this.#request = request;
  }

  get(name: string): string | null {
    const { rawHeaders } = this.#request;
    let found: string | undefined;
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const field = rawHeaders[i];
      if (field?.length !== name.length) continue;
      if (field !== name && field.toLowerCase() !== name.toLowerCase()) continue;
      // Node.js knows which fields are lists.
      if (found !== undefined) return String(this.#request.headers[name.toLowerCase()]);
      found = rawHeaders[i + 1];
    }
    return found ?? null;
  }
}

/** Answers the requests of Node.js. `load` loads the modules for this, which the first request does otherwise. */
interface FetchListener {
  readonly listener: RequestListener;
  readonly load: () => Promise<unknown>;
}

/**
 * Creates a listener that answers by `fetch`. The adapter to web requests is loaded late: it brings all of Node's own
 * `fetch`, which takes half as long to load as all other modules.
 */
export function fetchListener(fetch: Fetch): FetchListener {
  const load = once(async () => {
    const { getRequestListener } = await import('@hono/node-server');
    // HTTP/1.0 clients send no host, and no answer depends on it.
    return getRequestListener((request, env) => fetch(request, env as Parameters<Fetch>[1]), {
      hostname: 'localhost',
    });
  });
  return { load, listener: async (incoming, outgoing) => (await load())(incoming, outgoing) };
}
