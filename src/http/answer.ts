import type { HonoRequest } from 'hono';
import { missingEntries } from '../feed/delta.ts';
import { type RenderedDocument, tagDocument, type WrittenDocument } from '../feed/document.ts';
import { type Edition, Unavailable } from '../publication/publication.ts';
import type { Site } from '../publication/site.ts';
import { toldCache } from './cache-fields.ts';
import { DeltaCache } from './delta-cache.ts';
import { deltaBase } from './delta-request.ts';
import { DocumentCache } from './document-cache.ts';
import { answerMissing, instantAt } from './not-found.ts';
import {
  type Answer,
  type Encode,
  type ReadRequest,
  type RespondOptions,
  respond,
  respondDelta,
  respondNotModified,
  respondWhole,
  toResponse,
} from './respond.ts';
import type { Route } from './routes.ts';
import { isRecent, keepModified, type SharedDocumentCache } from './shared-cache.ts';

/** A GET or HEAD request for the document of a route. */
export interface DocumentRequest {
  readonly route: Route;
  /** Whether one of the route's aliases was requested. */
  readonly alias: boolean;
  readonly req: HonoRequest;
  readonly edition: Edition;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Answers requests with documents, each rendered once per edition.
 *
 * A document in memory is answered without a promise, and its header fields are made once. That keeps a poll nearly as
 * cheap as the server's own work.
 */
export class Answerer {
  readonly #documents: DocumentCache;
  readonly #deltas = new DeltaCache();
  /** The documents that are being prepared for an edition, by path. */
  readonly #preparing = new WeakMap<Edition, Map<string, Promise<void>>>();
  readonly #encode: Encode | undefined;
  readonly #shared: SharedDocumentCache | undefined;

  /**
   * `encode` compresses documents; omit it if the platform does so itself. `documents` is the cache in memory, `shared`
   * an additional one of the runtime.
   */
  constructor(encode?: Encode, documents = new DocumentCache(), shared?: SharedDocumentCache) {
    this.#encode = encode;
    this.#documents = documents;
    this.#shared = shared;
  }

  /** Answers a request for a route. */
  answer(request: DocumentRequest): Response | Promise<Response> {
    const { edition, req, now } = request;
    const known = this.#documents.peek(edition, keyOf(request), now);
    if (known === undefined) return this.#render(request);
    const answer = this.#answerWhole(req.raw, known, this.#optionsOf(request, known));
    if (answer === undefined) return this.#respond(request, known);
    return answer instanceof Promise ? answer.then(toResponse) : toResponse(answer);
  }

  /**
   * Answers a request for a path without a query if the document is in memory, else returns `undefined`. A runtime that
   * calls this first saves the creation of request and response objects.
   */
  answerFromMemory(
    edition: Edition,
    path: string,
    request: ReadRequest,
    now: number,
  ): Answer | Promise<Answer | undefined> | undefined {
    const known = this.#documents.peek(edition, path, now);
    if (known === undefined) {
      const prepared = this.#preparing.get(edition)?.get(path);
      return prepared?.then(() => this.answerFromMemory(edition, path, request, now));
    }
    return this.#answerWhole(request, known, this.#optionsFor(edition.site, path, known, now));
  }

  /** Renders and compresses the document of a route without parameters, before the first request for it. */
  async prepare(edition: Edition, route: Route, now: number): Promise<void> {
    const instant = instantAt(now);
    const rendering = this.#documents.get(
      edition,
      route.path,
      instant,
      () => rendered(route.write(edition, {}, instant)),
      () => route.version?.(edition, {}, instant),
    );
    const preparing = this.#preparing.get(edition) ?? new Map<string, Promise<void>>();
    this.#preparing.set(edition, preparing);
    const end = (): void => void preparing.delete(route.path);
    preparing.set(route.path, rendering.then(end, end));
    const document = await rendering;
    if (document !== undefined) await this.#encode?.(document, 'gzip', 'best');
  }

  /** Answers with 304 or the whole document; `undefined` if the request accepts a delta. */
  #answerWhole(
    request: ReadRequest,
    document: RenderedDocument,
    options: RespondOptions,
  ): Answer | Promise<Answer> | undefined {
    const unmodified = respondNotModified(request, document, options);
    if (unmodified !== undefined) return unmodified;
    if (deltaBase(request.headers) !== undefined) return undefined;
    return respondWhole(request, document, options);
  }

  async #render(request: DocumentRequest): Promise<Response> {
    const { edition, route, req, now } = request;
    const params = req.param();
    const instant = instantAt(now);
    const key = keyOf(request);
    const shared = await this.#shared?.find(key);
    try {
      const render = async (): Promise<RenderedDocument | undefined> => {
        if (isRecent(shared, edition, instant)) return shared.document;
        const document = keepModified(await rendered(route.write(edition, params, instant)), shared);
        if (document !== undefined) this.#shared?.keep(key, { edition: edition.name, document }, req.raw);
        return document;
      };
      const version = () => route.version?.(edition, params, instant);
      const document = await this.#documents.get(edition, key, instant, render, version);
      if (document !== undefined) return this.#respond(request, document);
      return await answerMissing({ route, params, edition, request: req.raw, now });
    } catch (error) {
      const stale = this.#documents.last(key) ?? shared?.document;
      if (stale === undefined || !(error instanceof Unavailable)) throw error;
      if (stale.expires !== undefined && stale.expires <= instant) throw error;
      return this.#respondStale(request, stale);
    }
  }

  /**
   * Answers with the last known document if the current one can't be read (RFC 9111 §4.2.4): the same bytes and tag,
   * for a minute. A document with an article that has expired is never used.
   */
  async #respondStale(request: DocumentRequest, document: RenderedDocument): Promise<Response> {
    return toResponse(await respond(request.req.raw, document, { ...this.#optionsOf(request, document), ttl: 1 }));
  }

  async #respond(request: DocumentRequest, document: RenderedDocument): Promise<Response> {
    const options = this.#optionsOf(request, document);
    const { raw } = request.req;
    const unmodified = respondNotModified(raw, document, options);
    if (unmodified !== undefined) return toResponse(unmodified);
    const delta = await this.#deltaFor(request, document);
    if (delta === undefined) return toResponse(await respondWhole(raw, document, options));
    return toResponse(await respondDelta(raw, delta, document, options));
  }

  /** Renders the entries of a document that the reader lacks, if it asks for only those. */
  async #deltaFor(request: DocumentRequest, document: RenderedDocument): Promise<RenderedDocument | undefined> {
    const { edition, route, req, now } = request;
    const held = route.delta === undefined ? undefined : deltaBase(req.raw.headers);
    const missing = held === undefined ? undefined : missingEntries(document.etag, held);
    if (missing === undefined) return undefined;
    try {
      return await this.#deltas.get(document, missing, async (entries) =>
        route.delta?.(edition, req.param(), instantAt(now), entries),
      );
    } catch (error) {
      // The whole document is in memory.
      if (error instanceof Unavailable) return undefined;
      throw error;
    }
  }

  #optionsOf(request: DocumentRequest, document: RenderedDocument): RespondOptions {
    const { edition, route, alias, now } = request;
    return this.#optionsFor(edition.site, keyOf(request), document, now, alias ? route.path.slice(1) : undefined);
  }

  #optionsFor(site: Site, key: string, document: RenderedDocument, now: number, alias?: string): RespondOptions {
    const location = locationOf(site, document.path ?? alias);
    return { ttl: site.ttl, now, encode: this.#encode, location, told: toldCache(site, key, document) };
  }
}

async function rendered(writing: Promise<WrittenDocument | undefined>): Promise<RenderedDocument | undefined> {
  const written = await writing;
  return written && tagDocument(written);
}

function locationOf({ url }: Site, path: string | undefined): string | undefined {
  return path === undefined ? undefined : new URL(path, url).href;
}

function keyOf({ route, alias, req }: DocumentRequest): string {
  return alias ? route.path : req.path;
}
