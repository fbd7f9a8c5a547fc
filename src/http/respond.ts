import type { RenderedDocument } from '../feed/document.ts';
import { type Coding, chooseCoding } from './accept-encoding.ts';
import { isNotModified } from './conditional.ts';
import { type FieldOptions, type Fields, fieldsOf, makeFields, modifiedOf } from './header-fields.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Gives a document's bytes in a content coding, at once where they are made already. */
export type Code = (document: RenderedDocument, coding: Coding) => Bytes | Promise<Bytes>;

export interface RespondOptions extends FieldOptions {
  /** Codes documents, where the platform doesn't do so itself. */
  readonly code?: Code | undefined;
}

/** What an answer depends on of a GET or HEAD; a `Request` is one. */
export interface Asked {
  readonly method: string;
  readonly headers: Pick<Headers, 'get'>;
}

/** An answer before a runtime gives it its form. */
export interface Answer {
  readonly status: number;
  readonly fields: Fields;
  readonly body: Bytes | null;
}

/** Answers a GET or HEAD for a document, with 304 where the request allows it. */
export function respond(
  asked: Asked,
  document: RenderedDocument,
  options: RespondOptions,
): Answer | Promise<Answer> {
  return respondNotModified(asked, document, options) ?? respondWhole(asked, document, options);
}

/** Answers with 304 where the request allows it (RFC 9110 §15.4.5). */
export function respondNotModified(
  asked: Asked,
  document: RenderedDocument,
  options: RespondOptions,
): Answer | undefined {
  // Measured against the document's own date, which may lie up to a second ahead after two quick changes.
  const validators = { etag: document.etag, modified: modifiedOf(document) };
  if (!isNotModified(asked.headers, validators)) return undefined;
  const fields = fieldsOf(document, options, { isNavigation: navigates(asked, document) });
  return { status: 304, fields, body: null };
}

/** Answers with a document, whatever the reader has. */
export function respondWhole(
  asked: Asked,
  document: RenderedDocument,
  options: RespondOptions,
): Answer | Promise<Answer> {
  const isNavigation = navigates(asked, document);
  const answer = ({ bytes, coding }: Body): Answer => ({
    status: 200,
    fields: fieldsOf(document, options, { isNavigation, length: bytes.byteLength, coding }),
    body: asked.method === 'HEAD' ? null : bytes,
  });
  const body = codedFor(asked, document, options.code);
  return body instanceof Promise ? body.then(answer) : answer(body);
}

/**
 * Answers with the part of a feed that is new to a reader (RFC 3229 §10.4.1, 226 IM Used). `whole` is the document of
 * which `delta` is the part, and whose tag the reader has from now on.
 */
export async function respondDelta(
  asked: Asked,
  delta: RenderedDocument,
  whole: RenderedDocument,
  options: RespondOptions,
): Promise<Answer> {
  const { bytes, coding } = await codedFor(asked, delta, options.code);
  const variant = { isNavigation: navigates(asked, whole), length: bytes.byteLength, coding };
  const fields = {
    ...makeFields(whole, options, variant),
    IM: 'feed',
    // RFC 3229 §10.8.1: a cache that knows nothing of deltas takes this for a whole answer, so none may keep it.
    'Cache-Control': 'no-store',
    Vary: 'Accept-Encoding, A-IM, If-None-Match',
  };
  return { status: 226, fields, body: asked.method === 'HEAD' ? null : bytes };
}

/** Gives an answer the form of the Fetch standard. */
export function toResponse({ status, fields, body }: Answer): Response {
  return new Response(body, { status, headers: fields });
}

/** Tells whether a browser asks for a feed to show it as a page of its own. */
function navigates({ headers }: Asked, { contentType }: RenderedDocument): boolean {
  return headers.get('Sec-Fetch-Dest') === 'document' && isXmlFeed.test(contentType);
}

interface Body {
  readonly bytes: Bytes;
  readonly coding?: Coding;
}

/** Gives the body in the best coding that the reader takes, at once where it is made already. */
function codedFor(
  { headers }: Asked,
  document: RenderedDocument,
  code: Code | undefined,
): Body | Promise<Body> {
  const { bytes, contentType } = document;
  const coding =
    code !== undefined && bytes.byteLength >= codingLimit && isText.test(contentType)
      ? chooseCoding(headers.get('Accept-Encoding'))
      : undefined;
  if (code === undefined || coding === undefined) return { bytes };
  const coded = code(document, coding);
  return coded instanceof Uint8Array ? { bytes: coded, coding } : coded.then((bytes) => ({ bytes, coding }));
}

/** Below this size a coding saves less than its header field costs. */
const codingLimit = 256;
const isText = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:xml|json)\b|image\/svg)/;
const isXmlFeed = /^application\/(?:rss|atom)\+xml\b/;
