import { omitUndefined } from '../article/omit-undefined.ts';
import type { RenderedDocument } from '../feed/document.ts';
import type { Coding } from './accept-encoding.ts';

export interface FieldOptions {
  /** How long the answer stays fresh, in minutes. */
  readonly ttl: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The address that this document has in truth, where it is answered at another (RFC 9110 §8.7). */
  readonly location?: string | undefined;
}

/** What makes the header fields of two answers with one document differ. */
export interface Variant {
  readonly isNavigation: boolean;
  /** Of the body in bytes; left out where the answer has none, not even to a GET. */
  readonly length?: number;
  readonly coding?: Coding | undefined;
}

/** Header fields as `Response` takes them. */
export type Fields = Readonly<Record<string, string>>;

/** Gives the header fields of an answer, made once for all readers where no clock is in them. */
export function fieldsOf(document: RenderedDocument, options: FieldOptions, variant: Variant): Fields {
  const { modified, made } = factsOf(document);
  if (document.until !== undefined || modified > options.now) return makeFields(document, options, variant);
  const { ttl, location } = options;
  const { isNavigation, length, coding } = variant;
  for (const one of made) {
    if (
      one.length === length &&
      one.coding === coding &&
      one.isNavigation === isNavigation &&
      one.location === location &&
      one.ttl === ttl
    )
      return one.fields;
  }
  const fields = makeFields(document, options, variant);
  made.push({ ttl, location, isNavigation, length, coding, fields });
  return fields;
}

/** When a document last changed, in milliseconds since 1970. */
export function modifiedOf(document: RenderedDocument): number {
  return factsOf(document).modified;
}

export function makeFields(
  document: RenderedDocument,
  { ttl, now, location }: FieldOptions,
  { isNavigation, length, coding }: Variant,
): Fields {
  const { etag, until, contentType, link } = document;
  const { modified, modifiedText } = factsOf(document);
  const untilChange = until === undefined ? Number.POSITIVE_INFINITY : (Date.parse(until) - now) / 1000;
  const maxAge = Math.max(0, Math.floor(Math.min(ttl * 60, untilChange)));
  return {
    ETag: etag,
    // RFC 9110 §8.8.2.1: never in the future.
    'Last-Modified': modified <= now ? modifiedText : new Date(now).toUTCString(),
    // What a browser shows as a page is not what readers get, so no cache that both use may keep it.
    'Cache-Control': `${isNavigation ? 'private' : 'public'}, max-age=${maxAge}`,
    Vary: 'Accept-Encoding',
    ...openToAll,
    ...omitUndefined({ 'Content-Location': location }),
    ...(length === undefined
      ? {}
      : omitUndefined({
          'Content-Type': isNavigation ? 'application/xml; charset=utf-8' : contentType,
          'X-Content-Type-Options': 'nosniff',
          Link: link,
          'Content-Security-Policy': contentType.startsWith('text/html') ? pagePolicy : undefined,
          'Content-Length': String(length),
          'Content-Encoding': coding,
        })),
  };
}

/** What is worked out once a document, not at every poll. */
interface Facts {
  readonly modified: number;
  readonly modifiedText: string;
  /** As many as there are codings, ways to ask and addresses to ask at: a dozen. */
  readonly made: Made[];
}

interface Made {
  readonly ttl: number;
  readonly location: string | undefined;
  readonly isNavigation: boolean;
  readonly length: number | undefined;
  readonly coding: Coding | undefined;
  readonly fields: Fields;
}

const facts = new WeakMap<RenderedDocument, Facts>();

function factsOf(document: RenderedDocument): Facts {
  const known = facts.get(document);
  if (known !== undefined) return known;
  const date = new Date(document.modified);
  const worked: Facts = { modified: date.getTime(), modifiedText: date.toUTCString(), made: [] };
  facts.set(document, worked);
  return worked;
}

const openToAll = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link, IM',
} as const;

/** Pages run one script of this site's own, nothing inside of them, and load only pictures and media from elsewhere. */
export const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src * data:; media-src *; base-uri 'none'; form-action 'none'";

/** The part that a page can't say of itself (Content Security Policy Level 3 §3.3), with the rest. */
export const pagePolicy = `${contentPolicy}; frame-ancestors 'none'`;

/** An SVG that is opened by itself is a page, and could run what it holds. */
export const svgPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
