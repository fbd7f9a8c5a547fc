import { omitUndefined } from '../../article/omit-undefined.ts';
import type { RenderedDocument } from '../../feed/document.ts';
import type { Coding } from './accept-encoding.ts';
import { type AnswerTags, cacheFields } from './cache-fields.ts';

export interface FieldOptions {
  /** Minutes that the answer stays fresh. */
  readonly ttl: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The document's canonical URL, if another was requested (RFC 9110 §8.7). */
  readonly location?: string | undefined;
  /** What reserves mining; absent if nothing does. */
  readonly mining?: Readonly<Record<string, string>> | undefined;
  /** The tags for the cache in front of the site, if there is one. */
  readonly answerTags?: AnswerTags | undefined;
}

/** What varies between answers with the same document. */
export interface Variant {
  readonly isNavigation: boolean;
  /** Bytes of the body; absent for an answer that has none, not even to GET. */
  readonly length?: number;
  readonly coding?: Coding | undefined;
}

/** The media type of a feed for a browser, which would show feed types as source or save them. */
export const browserType = 'application/xml; charset=utf-8';

/** Header fields as `Response` takes them. */
export type Fields = Readonly<Record<string, string>>;

/** Returns the header fields of an answer, from a cache if they don't depend on the clock. */
export function fieldsOf(document: RenderedDocument, options: FieldOptions, variant: Variant): Fields {
  const { modified, made } = factsOf(document);
  if (document.until !== undefined || modified > options.now) return makeFields(document, options, variant);
  const { ttl, location, answerTags } = options;
  const { isNavigation, length, coding } = variant;
  for (const one of made) {
    if (
      one.length === length &&
      one.coding === coding &&
      one.isNavigation === isNavigation &&
      one.location === location &&
      one.answerTags?.tags === answerTags?.tags &&
      one.ttl === ttl
    )
      return one.fields;
  }
  const fields = makeFields(document, options, variant);
  made.push({ ttl, location, answerTags, isNavigation, length, coding, fields });
  return fields;
}

/** Returns when a document last changed, in milliseconds since 1970. */
export function modifiedOf(document: RenderedDocument): number {
  return factsOf(document).modified;
}

/** Makes the header fields of an answer. */
export function makeFields(
  document: RenderedDocument,
  { ttl, now, location, answerTags, mining }: FieldOptions,
  { isNavigation, length, coding }: Variant,
): Fields {
  const { etag, until, contentType, link } = document;
  const { modified, modifiedText } = factsOf(document);
  const untilChange = until === undefined ? Number.POSITIVE_INFINITY : (Date.parse(until) - now) / 1000;
  // An answer with the twin at the address of the page.
  const isTwin = document.twin === 'markdown' && location !== undefined;
  const isPrivate = isNavigation || isTwin;
  const maxAge = Math.max(0, Math.floor(Math.min(ttl * 60, untilChange)));
  return {
    ETag: etag,
    // RFC 9110 §8.8.2.1: never in the future.
    'Last-Modified': modified <= now ? modifiedText : new Date(now).toUTCString(),
    // Browsers get another media type than readers, and some caches ignore Vary, so no shared cache may store it.
    'Cache-Control': `${isPrivate ? 'private' : 'public'}, max-age=${maxAge}`,
    ...(isPrivate || answerTags === undefined ? {} : cacheFields(answerTags, maxAge, untilChange)),
    Vary: document.twin === 'page' || isTwin ? 'Accept-Encoding, Accept' : 'Accept-Encoding',
    ...openToAll,
    ...omitUndefined({ 'Content-Location': location }),
    ...(length === undefined
      ? {}
      : omitUndefined({
          'Content-Type': isNavigation ? browserType : contentType,
          'X-Content-Type-Options': 'nosniff',
          Link: link,
          'Content-Length': String(length),
          'Content-Encoding': coding,
        })),
    ...(length !== undefined && hasArticles.test(contentType) ? mining : {}),
    ...(length === undefined || !contentType.startsWith('text/html') ? {} : pageFields),
  };
}

/** Pages, articles in Markdown and feeds. */
const hasArticles = /^(?:text\/(?:html|markdown)|application\/(?:rss|atom|feed)\+)/;

/** What is computed once per document, not for every poll. */
interface Facts {
  readonly modified: number;
  readonly modifiedText: string;
  /** The header fields so far, about a dozen: one for each combination of coding, kind of request and address. */
  readonly made: Made[];
}

interface Made {
  readonly ttl: number;
  readonly location: string | undefined;
  readonly answerTags: AnswerTags | undefined;
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
  const made: Facts = { modified: date.getTime(), modifiedText: date.toUTCString(), made: [] };
  facts.set(document, made);
  return made;
}

/** Other sites may read every answer. */
export const openToAll = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link, IM',
} as const;

/**
 * Pages run only the site's scripts, nothing inline, and load only pictures and media from other sites. Lighthouse
 * reads robots.txt from inside the page, so connections to this site are allowed.
 */
export const contentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; img-src * data:; media-src *; base-uri 'none'; form-action 'none'";

/** The policy with the part that a `<meta>` cannot set (Content Security Policy Level 3 §3.3). */
const pagePolicy = `${contentPolicy}; frame-ancestors 'none'`;

/** A site that a page links to or shows a picture of learns the publication's address, not the page's. */
export const referrerPolicy = 'strict-origin-when-cross-origin';

/** The header fields that every page has. */
export const pageFields: Fields = { 'Content-Security-Policy': pagePolicy, 'Referrer-Policy': referrerPolicy };

/** An SVG that is opened on its own is a page, whose scripts must not run. */
export const svgPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** The publisher's HTML and XML keep their styles, forms and windows, but run no script either. */
export const scriptlessPolicy = "script-src 'none'";

/** Returns the policy of a file by its media type; `undefined` for a file in which a browser runs nothing. */
export function filePolicy(type: string): string | undefined {
  return /^image\/svg/i.test(type) ? svgPolicy : /html|xml/i.test(type) ? scriptlessPolicy : undefined;
}
