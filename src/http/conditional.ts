/** What a conditional request is measured against. */
export interface Validators {
  /** With its quotes and, for a weak one, with `W/`. */
  readonly etag: string;
  /** Milliseconds since 1970, a whole second. */
  readonly modified: number;
}

/**
 * Tells whether a GET or HEAD can be answered with 304 (RFC 9110 §13.2.2): by If-None-Match if the request has it,
 * else by If-Modified-Since.
 */
export function isNotModified(headers: Pick<Headers, 'get'>, { etag, modified }: Validators): boolean {
  const ifNoneMatch = headers.get('If-None-Match');
  if (ifNoneMatch !== null) return matches(ifNoneMatch, etag);
  const since = headers.get('If-Modified-Since');
  if (since === null) return false;
  const moment = readHttpDate(since);
  return moment !== undefined && modified <= moment;
}

/** Tells whether If-None-Match names a tag. Compares weakly (RFC 9110 §8.8.3.2), so the strong form of a weak tag matches too. */
export function matches(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  return [...ifNoneMatch.matchAll(/"[^"]*"/g)].some(([tag]) => tag === opaque);
}

/** Reads the three forms of HTTP-date (RFC 9110 §5.6.7), all in UTC; `undefined` for anything else. */
function readHttpDate(text: string): number | undefined {
  const date = text.trim();
  const isImf = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(date);
  const isRfc850 = /^[A-Z][a-z]+day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/.test(date);
  const isAsctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/.test(date);
  if (!isImf && !isRfc850 && !isAsctime) return undefined;
  const moment = Date.parse(isAsctime ? `${date} GMT` : date);
  // Date.parse takes the 31st of November for the 1st of December.
  const day = Number(/\d{1,2}/.exec(date.replace(/^[^,]*?(?=\d)/, ''))?.[0]);
  return Number.isNaN(moment) || new Date(moment).getUTCDate() !== day ? undefined : moment;
}

/** Tags in a request longer than this are none of ours. */
const tagLimit = 4096;

/**
 * Gives the entity-tags of what a reader has, if it has something and asks for no more than what is new since
 * (RFC 3229 §10.5.3, `A-IM` with the instance-manipulation `feed`).
 */
export function deltaBase(headers: Pick<Headers, 'get'>): string | undefined {
  const held = headers.get('If-None-Match');
  if (held === null || held.length > tagLimit) return undefined;
  const manipulations = headers.get('A-IM');
  return manipulations !== null && acceptsFeed(manipulations) ? held : undefined;
}

function acceptsFeed(manipulations: string): boolean {
  return manipulations
    .split(',')
    .some((one) => /^\s*feed\s*(?:;\s*q=(?:0\.0{0,2}[1-9]\d{0,2}|1(?:\.0{0,3})?)\s*)?$/i.test(one));
}
