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

/** Answers a method that no address takes (RFC 9110 §15.5.6). */
export function methodNotAllowed(): Response {
  return plain(405, 'This address answers GET and HEAD.\n', { Allow: allow });
}

/** Answers for an address where nothing is, or not for so many seconds. */
export function notFound(seconds = 60): Response {
  const maxAge = Math.max(0, Math.min(60, seconds));
  return plain(404, 'There is nothing at this address.\n', { 'Cache-Control': `public, max-age=${maxAge}` });
}

/** Answers for an address where something was and will not be again (RFC 9110 §15.5.11). */
export function gone(): Response {
  return plain(410, 'What was at this address has been withdrawn.\n', {
    'Cache-Control': 'public, max-age=3600',
  });
}

/** Answers when something broke on this side; no cache may keep it. */
export function serverError(): Response {
  return plain(500, 'The server failed to answer. Try again later.\n', { 'Cache-Control': 'no-store' });
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

function plain(status: number, text: string, headers: Record<string, string>): Response {
  return new Response(text, {
    status,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      // Stated for the sake of HEAD, whose answer has no body to measure.
      'Content-Length': String(new TextEncoder().encode(text).byteLength),
      'X-Content-Type-Options': 'nosniff',
      'Access-Control-Allow-Origin': '*',
      ...headers,
    },
  });
}
