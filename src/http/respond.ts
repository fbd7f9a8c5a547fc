import type { RenderedDocument } from '../feed/document.ts';
import { type Coding, chooseCoding } from './accept-encoding.ts';
import { isNotModified } from './conditional.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Gives a document's bytes in a content coding, at once where they are made already. */
export type Code = (document: RenderedDocument, coding: Coding) => Bytes | Promise<Bytes>;

export interface RespondOptions {
  /** How long the answer stays fresh, in minutes. */
  readonly ttl: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Codes documents, where the platform doesn't do so itself. */
  readonly code?: Code | undefined;
  /** The address that this document has in truth, where it is answered at another (RFC 9110 §8.7). */
  readonly location?: string | undefined;
}

/** Answers a GET or HEAD for a document, with 304 where the request allows it. */
export function respond(
  request: Request,
  document: RenderedDocument,
  options: RespondOptions,
): Response | Promise<Response> {
  const validators = validatorsOf(request, document, options);
  const { etag } = document;
  // Measured against the document's own date, which may lie up to a second ahead after two quick changes.
  if (isNotModified(request.headers, { etag, modified: dateOf(document).milliseconds })) {
    return new Response(null, { status: 304, headers: validators });
  }
  return send(request, document, 200, validators, options.code);
}

/**
 * Answers with the part of a feed that is new to a reader (RFC 3229 §10.4.1, 226 IM Used). `whole` is the document of
 * which `delta` is the part, and whose tag the reader has from now on.
 */
export function respondDelta(
  request: Request,
  delta: RenderedDocument,
  whole: RenderedDocument,
  options: RespondOptions,
): Response | Promise<Response> {
  const headers = {
    ...validatorsOf(request, whole, options),
    IM: 'feed',
    // RFC 3229 §10.8.1: a cache that knows nothing of deltas takes this for a whole answer, so none may keep it.
    'Cache-Control': 'no-store',
    Vary: 'Accept-Encoding, A-IM, If-None-Match',
  };
  return send(request, delta, 226, headers, options.code);
}

type HeaderRecord = Readonly<Record<string, string>>;

function validatorsOf(
  request: Request,
  document: RenderedDocument,
  { ttl, now, location }: RespondOptions,
): HeaderRecord {
  const { etag, until } = document;
  const modified = dateOf(document);
  const untilChange = until === undefined ? Number.POSITIVE_INFINITY : (Date.parse(until) - now) / 1000;
  const maxAge = Math.max(0, Math.floor(Math.min(ttl * 60, untilChange)));
  return {
    ETag: etag,
    // RFC 9110 §8.8.2.1: never in the future.
    'Last-Modified': modified.milliseconds <= now ? modified.text : new Date(now).toUTCString(),
    // What a browser shows as a page is not what readers get, so no cache that both use may keep it.
    'Cache-Control': `${isNavigation(request, document) ? 'private' : 'public'}, max-age=${maxAge}`,
    Vary: 'Accept-Encoding',
    ...openToAll,
    ...(location === undefined ? {} : { 'Content-Location': location }),
  };
}

/** Reads a document's date once, not at every poll. */
function dateOf(document: RenderedDocument): { readonly milliseconds: number; readonly text: string } {
  const known = dates.get(document);
  if (known !== undefined) return known;
  const date = new Date(document.modified);
  const read = { milliseconds: date.getTime(), text: date.toUTCString() };
  dates.set(document, read);
  return read;
}

const dates = new WeakMap<RenderedDocument, { readonly milliseconds: number; readonly text: string }>();

/** Tells whether a browser asks for a feed to show it as a page of its own. */
function isNavigation({ headers }: Request, { contentType }: RenderedDocument): boolean {
  return isXmlFeed.test(contentType) && headers.get('Sec-Fetch-Dest') === 'document';
}

function send(
  request: Request,
  document: RenderedDocument,
  status: number,
  validators: HeaderRecord,
  code: Code | undefined,
): Response | Promise<Response> {
  const { bytes, contentType } = document;
  const isPage = contentType.startsWith('text/html');
  const headers = {
    ...validators,
    'Content-Type': isNavigation(request, document) ? 'application/xml; charset=utf-8' : contentType,
    'X-Content-Type-Options': 'nosniff',
    ...(isPage ? { 'Content-Security-Policy': pagePolicy } : {}),
  };
  const answer = (body: Bytes, coding?: Coding): Response =>
    new Response(request.method === 'HEAD' ? null : body, {
      status,
      headers: {
        ...headers,
        'Content-Length': String(body.byteLength),
        ...(coding === undefined ? {} : { 'Content-Encoding': coding }),
      },
    });

  const coding =
    code !== undefined && bytes.byteLength >= codingLimit && isText.test(contentType)
      ? chooseCoding(request.headers.get('Accept-Encoding'))
      : undefined;
  if (code === undefined || coding === undefined) return answer(bytes);
  const coded = code(document, coding);
  return coded instanceof Uint8Array ? answer(coded, coding) : coded.then((body) => answer(body, coding));
}

/** Below this size a coding saves less than its header field costs. */
const codingLimit = 256;
const isText = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:xml|json)\b|image\/svg)/;
const isXmlFeed = /^application\/(?:rss|atom)\+xml\b/;

const openToAll = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link, IM',
} as const;

/** Pages run nothing and load only pictures and media from elsewhere. */
const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src * data:; media-src *; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** An SVG that is opened by itself is a page, and could run what it holds. */
export const svgPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
