import { type FailureStatus, failureLine } from './error-pages.ts';
import { type Fields, pageFields } from './response/header-fields.ts';

/** Answers a health check of a load balancer: the publication can be read. */
export function healthy(): Response {
  return plain(200, 'ok\n', { 'Cache-Control': 'no-store' });
}

/** Answers with a permanent redirect (RFC 9110 §15.4.2), which stays fresh for `seconds`, at most a day. */
export function movedPermanently(location: string, seconds?: number): Response {
  return plain(301, `This address has moved to ${location}\n`, {
    Location: location,
    'Cache-Control': freshFor(86_400, seconds),
  });
}

/** Answers with a redirect that may end any time (RFC 9110 §15.4.3); it stays fresh for `seconds`, at most a minute. */
export function foundElsewhere(location: string, seconds?: number): Response {
  return plain(302, `For now, this address leads to ${location}\n`, {
    Location: location,
    'Cache-Control': freshFor(60, seconds),
  });
}

/** Answers with an error: the HTML page `page`, or a line of plain text without one. */
export function failed(status: FailureStatus, page: string | undefined, headers: Fields = {}): Response {
  const fields = { ...failureFields[status], ...headers };
  if (page === undefined) return plain(status, `${failureLine(status)}\n`, fields);
  return answer(status, page, {
    'Content-Type': 'text/html; charset=utf-8',
    ...pageFields,
    ...fields,
  });
}

/** Answers with 404, which stays fresh for `seconds`, at most a minute. */
export function notFound(page: string | undefined, seconds?: number): Response {
  return failed(404, page, { 'Cache-Control': freshFor(60, seconds) });
}

/** Answers with 404 and a line that says what to correct, which stays fresh for `seconds`, at most a minute. */
export function notFoundBecause(reason: string, seconds?: number): Response {
  return plain(404, `${reason}\n`, { 'Cache-Control': freshFor(60, seconds) });
}

/** Answers with 400 (RFC 9110 §15.5.1) and a line that says what to correct. */
export function badRequest(reason: string): Response {
  return plain(400, `${reason}\n`, { 'Cache-Control': freshFor(3600) });
}

/** Answers with 410, likely to be permanent (RFC 9110 §15.5.11), which stays fresh for `seconds`, at most an hour. */
export function gone(page: string | undefined, seconds?: number): Response {
  return failed(410, page, { 'Cache-Control': freshFor(3600, seconds) });
}

function freshFor(most: number, seconds = most): string {
  return `public, max-age=${Math.max(0, Math.min(most, seconds))}`;
}

/** Answers while the publication can't be read (RFC 9110 §15.6.4). No cache may store it. */
export function unavailable(page?: string): Response {
  return failed(503, page);
}

/** Answers a request for a host without a publication (RFC 9110 §15.5.20). */
export function misdirected(): Response {
  return plain(421, 'No publication has this address.\n', { 'Cache-Control': 'no-store' });
}

/** Answers OPTIONS, including the CORS preflight for a conditional request from another site. */
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
  410: {},
  // The next request may succeed.
  500: { 'Cache-Control': 'no-store' },
  503: { 'Retry-After': '60', 'Cache-Control': 'no-store' },
};

function plain(status: number, text: string, headers: Fields): Response {
  return answer(status, text, { 'Content-Type': 'text/plain; charset=utf-8', ...headers });
}

function answer(status: number, text: string, headers: Fields): Response {
  return new Response(text, {
    status,
    headers: {
      // Set explicitly because an answer to HEAD has no body to measure.
      'Content-Length': String(new TextEncoder().encode(text).byteLength),
      'X-Content-Type-Options': 'nosniff',
      'Access-Control-Allow-Origin': '*',
      ...headers,
    },
  });
}
