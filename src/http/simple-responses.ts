import { type FailureStatus, failureLine } from './error-pages.ts';
import { type Fields, pagePolicy } from './header-fields.ts';

/** Tells a load balancer that the publication can be read. */
export function healthy(): Response {
  return plain(200, 'ok\n', { 'Cache-Control': 'no-store' });
}

/** Sends a reader on to where an address has moved for good (RFC 9110 §15.4.2). */
export function movedPermanently(location: string): Response {
  return plain(301, `This address has moved to ${location}\n`, {
    Location: location,
    'Cache-Control': 'public, max-age=86400',
  });
}

/** Answers with an error: with `page` where people look, in a line of plain text where programs do. */
export function failed(status: FailureStatus, page: string | undefined, headers: Fields = {}): Response {
  const fields = { ...failureFields[status], ...headers };
  if (page === undefined) return plain(status, `${failureLine(status)}\n`, fields);
  return answer(status, page, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': pagePolicy,
    ...fields,
  });
}

/** Answers for an address where nothing is, or not for so many seconds. */
export function notFound(page: string | undefined, seconds = 60): Response {
  const maxAge = Math.max(0, Math.min(60, seconds));
  return failed(404, page, { 'Cache-Control': `public, max-age=${maxAge}` });
}

/** Answers while what the app serves can't be read (RFC 9110 §15.6.4); no cache may keep it. */
export function unavailable(): Response {
  return plain(503, 'The publication can not be read right now. Try again in a minute.\n', {
    'Retry-After': '60',
    'Cache-Control': 'no-store',
  });
}

/** Answers OPTIONS, and with it the question that a browser asks before a conditional request from another site. */
export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      Allow: allow,
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': allow,
      'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since, A-IM',
      'Access-Control-Max-Age': '86400',
    },
  });
}

const allow = 'GET, HEAD, OPTIONS';

const failureFields: Readonly<Record<FailureStatus, Fields>> = {
  404: {},
  // RFC 9110 §15.5.6.
  405: { Allow: allow },
  // What is gone will not be again (RFC 9110 §15.5.11).
  410: { 'Cache-Control': 'public, max-age=3600' },
  // What broke may work in a moment.
  500: { 'Cache-Control': 'no-store' },
};

function plain(status: number, text: string, headers: Fields): Response {
  return answer(status, text, { 'Content-Type': 'text/plain; charset=utf-8', ...headers });
}

function answer(status: number, text: string, headers: Fields): Response {
  return new Response(text, {
    status,
    headers: {
      // Stated for the sake of HEAD, whose answer has no body to measure.
      'Content-Length': String(new TextEncoder().encode(text).byteLength),
      'X-Content-Type-Options': 'nosniff',
      'Access-Control-Allow-Origin': '*',
      ...headers,
    },
  });
}
