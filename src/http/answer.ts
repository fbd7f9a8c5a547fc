import { missingEntries } from '../feed/delta.ts';
import { type RenderedDocument, tagDocument, type WrittenDocument } from '../feed/document.ts';
import { type Edition, Unavailable } from '../publication/publication.ts';
import type { AnswererOptions } from './answerer-options.ts';
import { DeltaCache } from './cache/delta-cache.ts';
import { DocumentCache } from './cache/document-cache.ts';
import { isRecent, keepModified, type SharedDocument } from './cache/shared-cache.ts';
import { deltaBase } from './delta-request.ts';
import { canonicalPath, type DocumentRequest, keyOf, optionsFor, paramsOf } from './document-request.ts';
import { negotiatedPath } from './markdown-twin.ts';
import { answerMissing, instantAt } from './not-found.ts';
import {
  type Answer,
  type ReadRequest,
  type RespondOptions,
  respond,
  respondDelta,
  respondNotModified,
  respondWhole,
  toResponse,
} from './response/respond.ts';
import type { Route } from './route.ts';

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
  readonly #toResponse: (answer: Answer) => Response;
  readonly #options: AnswererOptions;
  /** When a slow document may be rendered again, in milliseconds since 1970, by its key. */
  readonly #slowUntil = new Map<string, number>();

  constructor(options: AnswererOptions = {}) {
    this.#documents = options.documents ?? new DocumentCache();
    this.#toResponse = options.toResponse ?? toResponse;
    this.#options = options;
  }

  /** Answers a request for a route. */
  answer(request: DocumentRequest): Response | Promise<Response> {
    const { edition, req, now } = request;
    const known = this.#documents.peek(edition, keyOf(request), now);
    if (known === undefined) return this.#render(request);
    const answer = this.#answerWhole(req.raw, known, this.#optionsOf(request, known));
    if (answer === undefined) return this.#respond(request, known);
    return answer instanceof Promise ? answer.then(this.#toResponse) : this.#toResponse(answer);
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
    // The app knows how to answer with a twin.
    if (negotiatedPath(edition.site, path, request.headers) !== path) return undefined;
    const known = this.#documents.peek(edition, path, now);
    if (known === undefined) {
      const prepared = this.#preparing.get(edition)?.get(path);
      return prepared?.then(() => this.answerFromMemory(edition, path, request, now));
    }
    return this.#answerWhole(request, known, optionsFor(edition.site, path, known, now, this.#options.encoder));
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
    if (document !== undefined) await this.#options.encoder?.encode(document, 'gzip', 'best');
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

  /** Renders a document and answers with it, or with the last one if that fails or takes too long. */
  async #render(request: DocumentRequest): Promise<Response> {
    const { req, now } = request;
    const key = keyOf(request);
    const shared = await this.#options.shared?.find(key);
    const last = this.#documents.last(key) ?? shared?.document;
    const stale = last?.expires !== undefined && last.expires <= instantAt(now) ? undefined : last;
    if (stale !== undefined && now < (this.#slowUntil.get(key) ?? 0)) return this.#respondStale(request, stale);
    const rendering = this.#renderNow(request, key, shared);
    const { settlesSoon, waitUntil } = this.#options;
    if (stale !== undefined && (await settlesSoon?.(rendering)) === false) {
      this.#slowUntil.set(key, now + slowRetryDelay);
      const end = (): void => void this.#slowUntil.delete(key);
      const ending = rendering.then(end, end);
      waitUntil?.(req.raw, ending);
      return this.#respondStale(request, stale);
    }
    try {
      return await rendering;
    } catch (error) {
      if (stale === undefined || !(error instanceof Unavailable)) throw error;
      return this.#respondStale(request, stale);
    }
  }

  async #renderNow(request: DocumentRequest, key: string, shared: SharedDocument | undefined): Promise<Response> {
    const { edition, route, req, now } = request;
    const params = paramsOf(request);
    const instant = instantAt(now);
    let isNew = false;
    const render = async (): Promise<RenderedDocument | undefined> => {
      if (isRecent(shared, edition, instant)) return shared.document;
      isNew = true;
      return keepModified(await rendered(route.write(edition, params, instant)), shared);
    };
    const version = () => route.version?.(edition, params, instant);
    const document = await this.#documents.get(edition, key, instant, render, version);
    if (document === undefined) return answerMissing({ route, params, edition, request: req.raw, now });
    const response = await this.#respond(request, document);
    // Afterwards, so that what was compressed for this reader is kept, too.
    if (isNew) this.#options.shared?.keep(key, { edition: edition.name, document }, req.raw);
    return response;
  }

  /**
   * Answers with the last known document if the current one can't be read (RFC 9111 §4.2.4): the same bytes and tag,
   * for a minute. A document with an article that has expired is never used.
   */
  async #respondStale(request: DocumentRequest, document: RenderedDocument): Promise<Response> {
    const options = { ...this.#optionsOf(request, document), ttl: 1 };
    return this.#toResponse(await respond(request.req.raw, document, options));
  }

  async #respond(request: DocumentRequest, document: RenderedDocument): Promise<Response> {
    const { req } = request;
    const options = this.#optionsOf(request, document);
    const unmodified = respondNotModified(req.raw, document, options);
    if (unmodified !== undefined) return this.#toResponse(unmodified);
    const delta = await this.#deltaFor(request, document);
    const answer =
      delta === undefined ? respondWhole(req.raw, document, options) : respondDelta(req.raw, delta, document, options);
    return this.#toResponse(await answer);
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
    const { edition, now } = request;
    const path = canonicalPath(request);
    return optionsFor(edition.site, keyOf(request), document, now, this.#options.encoder, path);
  }
}

/** Milliseconds during which a document that was slow to render is answered with the last one at once. */
const slowRetryDelay = 5000;

async function rendered(writing: Promise<WrittenDocument | undefined>): Promise<RenderedDocument | undefined> {
  const written = await writing;
  return written && tagDocument(written);
}
