import type { RenderedDocument } from '../feed/document.ts';
import { type Coding, codings } from '../http/response/accept-encoding.ts';
import type { Answer, Encoder, ReadRequest } from '../http/response/respond.ts';
import { throughStream, zlib } from '../store/zlib.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A document's compressed bytes by coding. */
export type Coded = ReadonlyMap<Coding, Bytes>;

/**
 * Compresses each document once per coding, and caches the result as long as the document lives.
 *
 * Cloudflare compresses RSS and HTML itself, but neither Atom, JSON Feed, OPML nor a 226.
 */
export class EdgeEncoder implements Encoder {
  readonly codings = codings.filter(isAvailable);
  readonly #coded = new WeakMap<RenderedDocument, Map<Coding, Bytes>>();

  /** Cloudflare replaces the field by the codings that it can decode for a client. */
  accepted(request: ReadRequest): string | null {
    const { cf, headers } = request as ReadRequest & { readonly cf?: { readonly clientAcceptEncoding?: string } };
    return cf?.clientAcceptEncoding ?? headers.get('Accept-Encoding');
  }

  encode(document: RenderedDocument, coding: Coding): Bytes | Promise<Bytes> {
    const known = this.#coded.get(document)?.get(coding);
    // Requests don't share promises, because a runtime may cancel a request and its work with it.
    return known ?? this.#compress(document, coding);
  }

  /** Returns a document's compressed bytes. */
  codedOf(document: RenderedDocument): Coded {
    return this.#coded.get(document) ?? new Map();
  }

  /** Adds a document's bytes that were compressed before. */
  remember(document: RenderedDocument, coded: Coded): void {
    this.#coded.set(document, new Map([...this.codedOf(document), ...coded]));
  }

  #compress(document: RenderedDocument, coding: Coding): Bytes | Promise<Bytes> {
    const bytes = compress(document.bytes, coding);
    const remember = (bytes: Bytes): Bytes => {
      this.remember(document, new Map([[coding, bytes]]));
      return bytes;
    };
    return bytes instanceof Uint8Array ? remember(bytes) : bytes.then(remember);
  }
}

/**
 * Compresses at levels that take half the time of the default ones for 3 % more bytes, since a worker's processor time
 * is limited: docs/decisions/edge-compression.md.
 */
function compress(bytes: Bytes, coding: Coding): Bytes | Promise<Bytes> {
  if (zlib === undefined) return throughStream(bytes, new CompressionStream(formats[coding]));
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const params = { [BROTLI_PARAM_QUALITY]: 4, [BROTLI_PARAM_SIZE_HINT]: bytes.byteLength };
  return coding === 'br' ? zlib.brotliCompressSync(bytes, { params }) : zlib.gzipSync(bytes, { level: 4 });
}

/** Converts an answer to a response whose body workerd sends as it is, although it is compressed. */
export function toEdgeResponse({ status, fields, body }: Answer): Response {
  return new Response(body, { status, headers: fields, encodeBody: 'manual' } as ResponseInit);
}

/** The names of the codings as formats of `CompressionStream`. Not every runtime has Brotli. */
const formats: Readonly<Record<Coding, Format>> = { br: 'brotli' as Format, gzip: 'gzip' };

type Format = ConstructorParameters<typeof CompressionStream>[0];

function isAvailable(coding: Coding): boolean {
  if (zlib !== undefined) return true;
  try {
    new CompressionStream(formats[coding]);
    return true;
  } catch {
    return false;
  }
}
