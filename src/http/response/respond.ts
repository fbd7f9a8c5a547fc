import type { RenderedDocument } from '../../feed/document.ts';
import type { Site } from '../../publication/site/site.ts';
import { feedInBrowser } from '../views/feed-in-browser.ts';
import { type Coding, chooseCoding } from './accept-encoding.ts';
import { hasDateOf, isNotModified } from './conditional.ts';
import { type FieldOptions, type Fields, fieldsOf, makeFields, modifiedOf } from './header-fields.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** How well a document is compressed: `best` is worth it only if many readers get the same bytes. */
export type Effort = 'fast' | 'best';

/** Compresses documents in the codings that a runtime has. */
export interface Encoder {
  readonly codings: readonly Coding[];
  /** Returns Accept-Encoding as the client sent it, on a platform that changes the field of the request. */
  readonly accepted?: (request: ReadRequest) => string | null;
  /** Compresses a document; returns the bytes without a promise if they are cached. */
  encode(document: RenderedDocument, coding: Coding, effort: Effort): Bytes | Promise<Bytes>;
}

export interface RespondOptions extends FieldOptions {
  /** The publication; its feeds get links and written dates in a browser. */
  readonly site?: Site;
  /** Compresses documents; omitted if the platform does so itself. */
  readonly encoder?: Encoder | undefined;
}

/** The parts of a GET or HEAD request that an answer depends on; a `Request` has them. */
export interface ReadRequest {
  readonly method: string;
  readonly headers: Pick<Headers, 'get'>;
}

/** An answer that is not yet in the form of a runtime. */
export interface Answer {
  readonly status: number;
  readonly fields: Fields;
  readonly body: Bytes | null;
  /** Bytes of the whole document without compression; absent if the answer is about none. */
  readonly whole?: number;
}

/** Answers a GET or HEAD for a document: with 304 if the request allows it, else with the document. */
export function respond(
  request: ReadRequest,
  document: RenderedDocument,
  options: RespondOptions,
): Answer | Promise<Answer> {
  return respondNotModified(request, document, options) ?? respondWhole(request, document, options);
}

/** Answers with 304 if the request allows it (RFC 9110 §15.4.5). */
export function respondNotModified(
  request: ReadRequest,
  document: RenderedDocument,
  options: RespondOptions,
): Answer | undefined {
  // Uses the document's own date, which can be up to a second ahead after two quick changes.
  const validators = { etag: document.etag, modified: modifiedOf(document) };
  if (!isNotModified(request.headers, validators)) return undefined;
  const fields = fieldsOf(document, options, { isNavigation: isNavigationTo(request, document) });
  return { status: 304, fields, body: null, whole: document.bytes.byteLength };
}

/** Answers with the whole document, whatever version the reader has. */
export function respondWhole(
  request: ReadRequest,
  document: RenderedDocument,
  options: RespondOptions,
): Answer | Promise<Answer> {
  const isNavigation = isNavigationTo(request, document);
  const answer = ({ bytes, coding }: Body): Answer => ({
    status: 200,
    fields: newerFields(
      request,
      document,
      options.now,
      fieldsOf(document, options, { isNavigation, length: bytes.byteLength, coding }),
    ),
    body: request.method === 'HEAD' ? null : bytes,
    whole: document.bytes.byteLength,
  });
  const { site, encoder } = options;
  const body =
    isNavigation && site !== undefined
      ? encodeFor(request, feedInBrowser(document, site, request.headers.get('Accept-Language')), encoder, 'fast')
      : encodeFor(request, document, encoder, 'best');
  return body instanceof Promise ? body.then(answer) : answer(body);
}

/**
 * Answers with only the entries of a feed that a reader lacks (RFC 3229 §10.4.1, 226 IM Used). `delta` has these
 * entries; `whole` is the full document, whose tag the answer has.
 */
export async function respondDelta(
  request: ReadRequest,
  delta: RenderedDocument,
  whole: RenderedDocument,
  options: RespondOptions,
): Promise<Answer> {
  const { bytes, coding } = await encodeFor(request, delta, options.encoder, 'fast');
  const variant = { isNavigation: isNavigationTo(request, whole), length: bytes.byteLength, coding };
  const fields = {
    ...newerFields(request, whole, options.now, makeFields(whole, { ...options, answerTags: undefined }, variant)),
    IM: 'feed',
    // RFC 3229 §10.8.1: a cache that does not know deltas would take this for a whole answer.
    'Cache-Control': 'no-store',
    // Whole answers vary by none of these: everybody may get one.
    Vary: 'Accept-Encoding, A-IM, If-None-Match, User-Agent',
  };
  return { status: 226, fields, body: request.method === 'HEAD' ? null : bytes, whole: whole.bytes.byteLength };
}

/** Leaves out a date that would make a reader discard the body: two changes in a second, or a date that moved back. */
function newerFields({ headers }: ReadRequest, document: RenderedDocument, now: number, fields: Fields): Fields {
  const shown = Math.min(modifiedOf(document), Math.floor(now / 1000) * 1000);
  if (!hasDateOf(headers, shown)) return fields;
  const { 'Last-Modified': _, ...rest } = fields;
  return rest;
}

/** Converts an answer to a Fetch response. */
export function toResponse({ status, fields, body }: Answer): Response {
  return new Response(body, { status, headers: fields });
}

/** Reports whether a browser requests a feed to show it as a page. */
function isNavigationTo({ headers }: ReadRequest, { contentType }: RenderedDocument): boolean {
  return headers.get('Sec-Fetch-Dest') === 'document' && isXmlFeed.test(contentType);
}

interface Body {
  readonly bytes: Bytes;
  readonly coding?: Coding;
}

/** Returns the body in the best coding that the reader accepts, without a promise if it is cached. */
function encodeFor(
  request: ReadRequest,
  document: RenderedDocument,
  encoder: Encoder | undefined,
  effort: Effort,
): Body | Promise<Body> {
  const { bytes } = document;
  if (encoder === undefined || !isWorthCoding(document)) return { bytes };
  const accepted = encoder.accepted?.(request) ?? request.headers.get('Accept-Encoding');
  const coding = chooseCoding(accepted, encoder.codings);
  if (coding === undefined) return { bytes };
  const encoded = encoder.encode(document, coding, effort);
  return encoded instanceof Uint8Array ? { bytes: encoded, coding } : encoded.then((bytes) => ({ bytes, coding }));
}

/** Reports whether a document is a text of a size that compression reduces. */
export function isWorthCoding({ bytes, contentType }: RenderedDocument): boolean {
  return bytes.byteLength >= codingLimit && isText.test(contentType);
}

/** Bytes below which compression saves less than its header field costs. */
const codingLimit = 256;
const isText = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:xml|json)\b|image\/svg)/;
export const isXmlFeed = /^application\/(?:rss|atom)\+xml\b/;
