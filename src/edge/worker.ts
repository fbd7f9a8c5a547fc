import type { Hono } from 'hono';
import { Answerer } from '../http/answer.ts';
import { createApp } from '../http/app.ts';
import { DocumentCache } from '../http/document-cache.ts';
import { filePolicy } from '../http/header-fields.ts';
import { Unavailable } from '../publication/publication.ts';
import { storedFolder } from '../publication/stored.ts';
import { storedPublication } from '../store/stored-publication.ts';
import { withTimeout } from '../store/timeout.ts';
import { type EdgeCache, edgeDocumentCache, editionBackup } from './edge-cache.ts';
import { EdgeEncoder, toEdgeResponse } from './edge-encoder.ts';
import { type Assets, type Bindings, chooseStore } from './stores.ts';

/** The part of a request's execution context that is used here. */
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
    // Any origin will do, since no other worker shares its cache.
    app ??= makeApp(bindings, new URL(request.url).origin);
    return app.fetch(request);
  },
};

/** Bytes of documents in memory. A worker has 128 MB for them and for the stored objects. */
const documentLimit = 12 * 1024 * 1024;

function makeApp(bindings: Bindings, origin: string): Hono {
  const { store, recheck } = chooseStore(bindings);
  const cache = caches.default;
  const encoder = new EdgeEncoder();
  const documents = new DocumentCache(documentLimit, undefined, false);
  const shared = edgeDocumentCache(cache, origin, encoder, (request, work) => contexts.get(request)?.waitUntil(work));
  const backup = editionBackup(cache, origin);
  const code = bindings.VERSION?.id ?? '';
  return createApp(storedPublication(store, { recheck, backup, code }), {
    answerer: new Answerer({ encoder, documents, shared, toResponse: toEdgeResponse }),
    files: (request) => findFile(bindings.ASSETS, request),
    redirected: (request, address) => {
      const inner = new Request(address, request);
      const context = contexts.get(request);
      if (context !== undefined) contexts.set(inner, context);
      return inner;
    },
    onError: (error) => console.error(error),
  });
}

/** Finds a file at the site's root, or a media file. */
async function findFile(assets: Assets, request: Request): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  // Stored pages contain scheduled articles.
  if (pathname.startsWith(`/${storedFolder}/`)) return undefined;
  const response = await withTimeout(pathname, assets.fetch(request));
  if (response.status >= 500) throw new Unavailable(`${pathname} answered ${response.status}`);
  // Cloudflare redirects other spellings of a path; the app treats them as other addresses.
  if (!response.ok && response.status !== 304 && response.status !== 416) return undefined;
  // Without a type, a browser may take a file for HTML.
  const policy = filePolicy(response.headers.get('Content-Type') ?? 'text/html');
  if (policy === undefined) return response;
  const guarded = new Response(response.body, response);
  guarded.headers.set('Content-Security-Policy', policy);
  guarded.headers.set('X-Content-Type-Options', 'nosniff');
  return guarded;
}
