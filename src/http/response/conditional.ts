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

/**
 * Reports whether a request has both a tag and a date, and the date is as late as `shown`, that of the answer. libcurl,
 * as in newsboat and newsraft, then discards the body of a 200, and its caller keeps the new tag without the articles.
 */
export function hasDateOf(headers: Pick<Headers, 'get'>, shown: number): boolean {
  const since = headers.get('If-Modified-Since');
  if (since === null || headers.get('If-None-Match') === null) return false;
  const moment = readHttpDate(since);
  return moment !== undefined && shown <= moment;
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
