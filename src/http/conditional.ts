/** The validators of a document, for conditional requests. */
export interface Validators {
  /** With its quotes and, if weak, with `W/`. */
  readonly etag: string;
  /** Milliseconds since 1970, a whole second. */
  readonly modified: number;
}

/**
 * Reports whether a GET or HEAD may be answered with 304 (RFC 9110 §13.2.2): by If-None-Match if present, else by
 * If-Modified-Since.
 */
export function isNotModified(headers: Pick<Headers, 'get'>, { etag, modified }: Validators): boolean {
  const ifNoneMatch = headers.get('If-None-Match');
  if (ifNoneMatch !== null) return matches(ifNoneMatch, etag);
  const since = headers.get('If-Modified-Since');
  if (since === null) return false;
  const moment = readHttpDate(since);
  return moment !== undefined && modified <= moment;
}

/** Reports whether If-None-Match contains a tag. The comparison is weak (RFC 9110 §8.8.3.2): `W/` does not matter. */
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
  // Date.parse turns the 31st of November into the 1st of December.
  const day = Number(/\d{1,2}/.exec(date.replace(/^[^,]*?(?=\d)/, ''))?.[0]);
  return Number.isNaN(moment) || new Date(moment).getUTCDate() !== day ? undefined : moment;
}

/** The length up to which If-None-Match can contain our tags. */
const tagLimit = 4096;

/**
 * Returns If-None-Match of a reader that asks for only the entries it lacks (RFC 3229 §10.5.3, `A-IM` with the
 * instance-manipulation `feed`), else `undefined`.
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
