/**
 * Clients that take a 226 for new entries beside those they have, and keep its ETag, by the product in User-Agent.
 *
 * docs/decisions/deltas.md names the code that proves it. All other clients get whole feeds, since many send `A-IM`
 * only because a library does: rss2email drops a 226, keeps its old tag and never gets an article again.
 */
export const deltaClients: ReadonlySet<string> = new Set([
  'FeedHQ',
  'FeedNotifier',
  'Liferea',
  'NewsBlur',
  'newsraft',
  'python-reader',
]);

/**
 * Returns the tag of a reader that asks for only the entries it lacks (RFC 3229 §10.5.3, `A-IM` with the
 * instance-manipulation `feed`) and is known to take them, else `undefined`.
 */
export function deltaBase(headers: Pick<Headers, 'get'>): string | undefined {
  const held = headers.get('If-None-Match');
  if (held === null || held.length > tagLimit) return undefined;
  const manipulations = headers.get('A-IM');
  if (manipulations === null || !acceptsFeed(manipulations)) return undefined;
  return isKnown(headers.get('User-Agent')) && !hasCacheBetween(headers) ? held : undefined;
}

/** More than the length of our longest tag. */
const tagLimit = 300;

function acceptsFeed(manipulations: string): boolean {
  return manipulations
    .split(',')
    .some((one) => /^\s*feed\s*(?:;\s*q=(?:0\.0{0,2}[1-9]\d{0,2}|1(?:\.0{0,3})?)\s*)?$/i.test(one));
}

/**
 * Looks only at the first product (RFC 9110 §10.1.5), because a later one or a comment may only imitate another client.
 */
function isKnown(userAgent: string | null): boolean {
  const [product = ''] = /^[^\s/]+/.exec(userAgent ?? '') ?? [];
  return deltaClients.has(product);
}

/** Reports whether the tag may be that of a cache, which asks again for what it stores with a reader's other fields. */
function hasCacheBetween(headers: Pick<Headers, 'get'>): boolean {
  return ['Via', 'CDN-Loop', 'X-Varnish'].some((name) => headers.get(name) !== null);
}
