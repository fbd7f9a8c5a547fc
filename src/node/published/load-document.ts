import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type DecodedDocument, decodeDocument } from './decode-document.ts';

/** A loaded document. */
export interface LoadedDocument extends DecodedDocument {
  /** Its final URL, after redirects. */
  readonly location: URL;
  /** The bytes of a zip file, which has no text. */
  readonly archive?: Uint8Array;
}

/** Limits for loading one document. */
export interface LoadLimits {
  /** Milliseconds, including redirects and the body. */
  readonly timeout: number;
  /** Bytes, after decompression. */
  readonly size: number;
}

/** Loads an `http:`, `https:` or `file:` URL. Throws an error that gives the reason. */
export async function loadDocument(address: URL, limits: LoadLimits): Promise<LoadedDocument> {
  if (address.protocol === 'file:') return { ...readDocument(address, limits), location: address };
  const signal = AbortSignal.timeout(limits.timeout);
  try {
    const response = await fetch(address, { signal, headers });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`the answer is ${response.status} ${response.statusText}`.trimEnd());
    }
    const charset = /;\s*charset="?([\w.:-]+)/i.exec(response.headers.get('content-type') ?? '')?.[1];
    const bytes = await bodyOf(response, limits.size);
    return { ...decode(gunzipped(bytes, limits), charset), location: new URL(response.url) };
  } catch (error) {
    if (signal.aborted) throw new Error(`no complete answer within ${limits.timeout / 1000} s`);
    throw reasonOf(error);
  }
}

/** Returns why `fetch` failed. It hides the reason in `cause`, or one reason for each attempt to connect. */
export function reasonOf(error: unknown): unknown {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof AggregateError ? cause.errors[0] : cause;
}

const headers = {
  accept:
    'application/atom+xml, application/rss+xml, application/feed+json, application/xml, application/json, */*;q=0.5',
};

function readDocument(address: URL, limits: LoadLimits): Omit<LoadedDocument, 'location'> {
  const path = fileURLToPath(address);
  const stats = statSync(path);
  if (stats.isDirectory()) throw new Error('is a folder; pack an export that is a folder as a zip file');
  if (!stats.isFile()) throw new Error('is not a file');
  if (stats.size > limits.size) throw tooLong(limits.size);
  return decode(gunzipped(readFileSync(path), limits), undefined);
}

function decode(bytes: Uint8Array, charset: string | undefined): Omit<LoadedDocument, 'location'> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
  return isZip ? { text: '', archive: bytes } : decodeDocument(bytes, charset);
}

async function bodyOf({ body }: Response, size: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels the rest of the body.
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.byteLength;
    if (length > size) throw tooLong(size);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Decompresses a document that is stored as a gzip file. */
function gunzipped(bytes: Uint8Array, { size }: LoadLimits): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: size });
  } catch (error) {
    throw error instanceof RangeError ? tooLong(size) : new Error('is a broken gzip file');
  }
}

function tooLong(size: number): Error {
  return new Error(`is longer than ${size / 1_000_000} MB`);
}
