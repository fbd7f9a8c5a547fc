import type { RenderedDocument } from '../feed/document.ts';
import { isNotModified } from './conditional.ts';

/** Answers a GET or HEAD for a document, with 304 where the request allows it. `ttl` in minutes, `now` in milliseconds. */
export function respond(request: Request, document: RenderedDocument, ttl: number, now: number): Response {
  const { bytes, contentType, etag, until } = document;
  // RFC 9110 §8.8.2.1: never in the future.
  const modified = Math.min(Date.parse(document.modified), now);
  const untilChange = until === undefined ? Number.POSITIVE_INFINITY : (Date.parse(until) - now) / 1000;
  const maxAge = Math.max(0, Math.floor(Math.min(ttl * 60, untilChange)));
  const headers = new Headers({
    ETag: etag,
    'Last-Modified': new Date(modified).toUTCString(),
    'Cache-Control': `public, max-age=${maxAge}`,
    Vary: 'Accept-Encoding',
    ...openToAll,
  });
  // Measured against the document's own date, which may lie up to a second ahead after two quick changes.
  if (isNotModified(request.headers, { etag, modified: Date.parse(document.modified) })) {
    return new Response(null, { status: 304, headers });
  }
  headers.set('Content-Type', contentType);
  headers.set('Content-Length', String(bytes.byteLength));
  headers.set('X-Content-Type-Options', 'nosniff');
  if (contentType.startsWith('text/html')) headers.set('Content-Security-Policy', pagePolicy);
  return new Response(request.method === 'HEAD' ? null : bytes, { headers });
}

/** Tells a load balancer that the publication can be read. */
export function healthy(): Response {
  return plain(200, 'ok\n', { 'Cache-Control': 'no-store' });
}

/** Answers a method that no address takes (RFC 9110 §15.5.6). */
export function methodNotAllowed(): Response {
  return plain(405, 'This address answers GET and HEAD.\n', { Allow: allow });
}

/** Answers for an address where nothing is. */
export function notFound(): Response {
  return plain(404, 'There is nothing at this address.\n', { 'Cache-Control': 'public, max-age=60' });
}

/** Answers when something broke on this side; no cache may keep it. */
export function serverError(): Response {
  return plain(500, 'The server failed to answer. Try again later.\n', { 'Cache-Control': 'no-store' });
}

/** Answers OPTIONS, and with it the question that a browser asks before a conditional request from another site. */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      Allow: allow,
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': allow,
      'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since',
      'Access-Control-Max-Age': '86400',
    },
  });
}

const allow = 'GET, HEAD, OPTIONS';

const openToAll = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link',
} as const;

/** Pages run nothing and load only pictures and media from elsewhere. */
const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src * data:; media-src *; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function plain(status: number, text: string, headers: Record<string, string>): Response {
  return new Response(text, {
    status,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      // Stated for the sake of HEAD, whose answer has no body to measure.
      'Content-Length': String(text.length),
      'X-Content-Type-Options': 'nosniff',
      'Access-Control-Allow-Origin': '*',
      ...headers,
    },
  });
}
