import type { Hono } from 'hono';
import { Answerer } from '../http/answer.ts';
import { createApp } from '../http/app.ts';
import { DocumentCache } from '../http/document-cache.ts';
import { svgPolicy } from '../http/header-fields.ts';
import { Unavailable } from '../publication/publication.ts';
import { storedFolder } from '../publication/stored.ts';
import { type EdgeCache, edgeDocumentCache, editionBackup } from './edge-cache.ts';
import { storedPublication } from './stored-publication.ts';
import { type Assets, type Bindings, chooseStore } from './stores.ts';
import { withTimeout } from './timeout.ts';

/** What is used of the context in which a request is answered. */
interface Context {
  waitUntil(work: Promise<unknown>): void;
}

declare const caches: { readonly default: EdgeCache };

let app: Hono | undefined;
const contexts = new WeakMap<Request, Context>();

export default {
  /** Answers a request on Cloudflare Workers. */
  fetch(request: Request, bindings: Bindings, context: Context): Response | Promise<Response> {
    contexts.set(request, context);
    // Wherever the first request came to, no other worker has that origin's cache.
    app ??= makeApp(bindings, new URL(request.url).origin);
    return app.fetch(request);
  },
};

/** Bytes of documents in memory, beside the stored objects: a worker has 128 MB for all. */
const documentLimit = 12 * 1024 * 1024;

function makeApp(bindings: Bindings, origin: string): Hono {
  const { read, recheck } = chooseStore(bindings);
  const cache = caches.default;
  const kept = edgeDocumentCache(cache, origin, (request, work) => contexts.get(request)?.waitUntil(work));
  const spare = editionBackup(cache, origin);
  const code = bindings.VERSION?.id ?? '';
  return createApp(storedPublication(read, { recheck, spare, code }), {
    answerer: new Answerer(undefined, new DocumentCache(documentLimit, undefined, false), kept),
    files: (request) => findFile(bindings.ASSETS, request),
    onError: (error) => console.error(error),
  });
}

/** Finds a file that stands at the site's root, or one that lies beside articles. */
async function findFile(assets: Assets, request: Request): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  // Stored pages hold articles that are not due yet.
  if (pathname.startsWith(`/${storedFolder}/`)) return undefined;
  const response = await withTimeout(pathname, assets.fetch(request));
  if (response.status >= 500) throw new Unavailable(`${pathname} answered ${response.status}`);
  // Another spelling of a path is redirected to the one under which there is a file; here it is no address.
  if (!response.ok && response.status !== 304 && response.status !== 416) return undefined;
  if (!response.headers.get('Content-Type')?.startsWith('image/svg')) return response;
  const guarded = new Response(response.body, response);
  guarded.headers.set('Content-Security-Policy', svgPolicy);
  return guarded;
}
