import type { Hono } from 'hono';
import { Answerer } from '../http/answer.ts';
import { createApp } from '../http/app.ts';
import { DocumentCache } from '../http/document-cache.ts';
import { MemoryBudget } from '../http/memory-budget.ts';
import { healthy, misdirected } from '../http/simple-responses.ts';
import { ObjectCache } from '../store/object-cache.ts';
import { NoEdition } from '../store/object-reader.ts';
import { type StoredPublication, storedPublication } from '../store/stored-publication.ts';
import { settlesSoon } from '../store/timeout.ts';
import { type EdgeCache, edgeDocumentCache, editionBackup, type WaitUntil } from './edge-cache.ts';
import { EdgeEncoder, toEdgeResponse } from './edge-encoder.ts';
import { edgeFiles } from './edge-files.ts';
import { isByHost, prefixAt, prefixed } from './prefixed.ts';
import { assetStore, type Bindings, chooseStore } from './stores.ts';

/** The part of a request's execution context that is used here. */
export interface Context {
  waitUntil(work: Promise<unknown>): void;
}

declare const caches: { readonly default: EdgeCache };

interface Site {
  readonly app: Hono;
  readonly publication: StoredPublication;
}

/** The publications, by the prefix of their keys. */
const sites = new Map<string, Site>();
const contexts = new WeakMap<Request, Context>();

export default {
  /** Answers a request on Cloudflare Workers. */
  fetch(request: Request, bindings: Bindings, context: Context): Response | Promise<Response> {
    contexts.set(request, context);
    const prefix = prefixAt(bindings, request.url);
    const site = sites.get(prefix) ?? makeSite(prefixed(bindings, prefix), new URL(request.url).origin);
    // An invented host costs an app, too.
    if (sites.size >= mostSites && !sites.has(prefix)) sites.clear();
    sites.set(prefix, site);
    const { app, publication } = site;
    const edition = isByHost(bindings) ? publication.edition() : undefined;
    if (edition instanceof Promise)
      return edition.then(
        () => app.fetch(request),
        (error) => (error instanceof NoEdition ? answerOtherHost(request) : app.fetch(request)),
      );
    const look = publication.refreshIfDue();
    if (look === undefined) return app.fetch(request);
    context.waitUntil(look.done);
    // A reader who comes once an hour gets what is new, unless the store is slow.
    return look.isOverdue ? settlesSoon(look.done).then(() => app.fetch(request)) : app.fetch(request);
  },
};

/** Answers a request for a host under which nothing is published. */
function answerOtherHost({ url }: Request): Response {
  return new URL(url).pathname === '/healthz' ? healthy() : misdirected();
}

/** Bytes of documents in memory. A worker has 128 MB for them and for the stored objects. */
const documentLimit = 12 * 1024 * 1024;

/** Publications whose apps are in memory. */
const mostSites = 500;

/** All publications share these. */
const memory = new MemoryBudget(documentLimit);
const objects = new ObjectCache();

// Any origin will do, since no other worker shares its cache.
function makeSite(bindings: Bindings, origin: string): Site {
  const { store, files, recheck } = chooseStore(bindings);
  const cache = caches.default;
  const encoder = new EdgeEncoder();
  const documents = new DocumentCache(memory, undefined, false);
  const waitUntil: WaitUntil = (request, work) => contexts.get(request)?.waitUntil(work);
  const shared = edgeDocumentCache(cache, origin, encoder, waitUntil);
  const backup = editionBackup(cache, origin);
  const code = bindings.VERSION?.id ?? '';
  const publication = storedPublication(store, { recheck, backup, code, cache: objects });
  const isDeployed = bindings.KV === undefined && bindings.R2 === undefined;
  const assets = bindings.ASSETS;
  const deployed = isDeployed ? publication : storedPublication(assetStore(assets), { cache: objects });
  const app = createApp(publication, {
    answerer: new Answerer({ encoder, documents, shared, settlesSoon, waitUntil, toResponse: toEdgeResponse }),
    files: edgeFiles({ publication, store: files, deployed, assets }),
    redirected: (request, address) => {
      const inner = new Request(address, request);
      const context = contexts.get(request);
      if (context !== undefined) contexts.set(inner, context);
      return inner;
    },
    onError: (error) => console.error(error),
  });
  return { app, publication };
}
