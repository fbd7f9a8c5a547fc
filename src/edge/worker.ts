import type { Hono } from 'hono';
import { Answerer } from '../http/answer.ts';
import { createApp } from '../http/app.ts';
import { noteSizes } from '../http/audience/sizes.ts';
import { basePath, isPlainPath, withoutBase } from '../http/below-path.ts';
import { DocumentCache } from '../http/cache/document-cache.ts';
import { MemoryBudget } from '../http/cache/memory-budget.ts';
import type { Answer } from '../http/response/respond.ts';
import { healthy, misdirected, unavailable } from '../http/simple-responses.ts';
import { type Edition, Unavailable } from '../publication/publication.ts';
import { ObjectCache } from '../store/object-cache.ts';
import { NoEdition } from '../store/object-reader.ts';
import { type StoredPublication, storedPublication } from '../store/stored-publication.ts';
import { settlesSoon } from '../store/timeout.ts';
import { EdgeAudience } from './edge-audience.ts';
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
  readonly answerer: Answerer;
  readonly audience: EdgeAudience;
  readonly publication: StoredPublication;
}

/** The publications, by the prefix of their keys. */
const sites = new Map<string, Site>();
const contexts = new WeakMap<Request, Context>();

export { AudienceCounter } from './audience-counter.ts';

export default {
  /** Answers a request on Cloudflare Workers. */
  fetch(request: Request, bindings: Bindings, context: Context): Response | Promise<Response> {
    contexts.set(request, context);
    const prefix = prefixAt(bindings, request.url);
    const site = sites.get(prefix) ?? makeSite(prefixed(bindings, prefix), prefix, new URL(request.url).origin);
    // An invented host costs an app, too.
    if (sites.size >= mostSites && !sites.has(prefix)) sites.clear();
    sites.set(prefix, site);
    const { publication } = site;
    const edition = isByHost(bindings) ? publication.edition() : undefined;
    if (edition instanceof Promise)
      return edition.then(
        () => answerCounted(site, request, context),
        (error) => (error instanceof NoEdition ? answerOtherHost(request) : answerUnread(site, request, error)),
      );
    const look = publication.refreshIfDue();
    if (look === undefined) return answerCounted(site, request, context);
    context.waitUntil(look.done);
    // A reader who comes once an hour gets what is new, unless the store is slow.
    const answer = () => answerCounted(site, request, context);
    return look.isOverdue ? settlesSoon(look.done).then(answer) : answer();
  },
};

/** Answers a request, and counts it if the publication asks for it. */
function answerCounted(own: Site, request: Request, context: Context) {
  const { app, audience, publication } = own;
  const edition = publication.edition();
  const waitUntil = (work: Promise<unknown>): void => context.waitUntil(work);
  const answer = (current: Edition): Response | Promise<Response> => {
    const { site } = current;
    const counted = (one: Response): Response => audience.answered(request, site, one, waitUntil);
    const plain = (): Response | Promise<Response> => {
      const known = answerFromMemory(own, current, request) ?? app.fetch(request);
      return known instanceof Promise ? known.then(counted) : counted(known);
    };
    return audience.page(request, site)?.then((page) => page ?? plain()) ?? plain();
  };
  return edition instanceof Promise
    ? edition.then(answer, (error) => answerUnread(own, request, error))
    : answer(edition);
}

/** Answers a poll from memory without the app, whose router and context take a fifth of the time of a 304. */
function answerFromMemory({ app, answerer }: Site, edition: Edition, request: Request) {
  const { method, url } = request;
  const path = url.slice(url.indexOf('/', 'https://'.length));
  if (method !== 'GET' || !isPlainPath(path)) return undefined;
  const own = withoutBase(path, basePath(edition.site.url));
  const answer = answerer.answerFromMemory(edition, own, request, Date.now());
  if (!(answer instanceof Promise)) return answer && toResponse(answer);
  return answer.then((known) => (known === undefined ? app.fetch(request) : toResponse(known)));
}

function toResponse(answer: Answer): Response {
  return noteSizes(toEdgeResponse(answer), answer);
}

/** Answers a request while there is no edition. The app would wait for the store again. */
function answerUnread({ app }: Site, request: Request, error: unknown): Response | Promise<Response> {
  if (!(error instanceof Unavailable) || (request.method !== 'GET' && request.method !== 'HEAD'))
    return app.fetch(request);
  console.error(error);
  return unavailable();
}

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
function makeSite(bindings: Bindings, prefix: string, origin: string): Site {
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
  const answerer = new Answerer({ encoder, documents, shared, settlesSoon, waitUntil, toResponse });
  const app = createApp(publication, {
    answerer,
    files: edgeFiles({ publication, store: files, deployed, assets }),
    redirected: (request, address) => {
      const inner = new Request(address, request);
      const context = contexts.get(request);
      if (context !== undefined) contexts.set(inner, context);
      return inner;
    },
    onError: (error) => console.error(error),
  });
  const { AUDIENCE: counter, AUDIENCE_TOKEN: token } = bindings;
  return { app, answerer, publication, audience: new EdgeAudience({ counter, token, name: prefix || 'site' }) };
}
