import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type DecodedDocument, decodeDocument } from './decode-document.ts';

/** A document as it was found. */
export interface LoadedDocument extends DecodedDocument {
  /** Where it was in the end, behind redirects. */
  readonly location: URL;
}

/** What a document may take. */
export interface LoadLimits {
  /** Milliseconds, redirects and body included. */
  readonly timeout: number;
  /** Bytes, when nothing is compressed any more. */
  readonly size: number;
}

/** Loads an `http:`, `https:` or `file:` address. Throws where that fails, with a message that says why. */
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
    return { ...decodeDocument(unpacked(bytes, limits), charset), location: new URL(response.url) };
  } catch (error) {
    if (signal.aborted) throw new Error(`no whole answer within ${limits.timeout / 1000} s`);
    throw reasonOf(error);
  }
}

/** Finds out why fetch failed, which it keeps to itself; of several attempts to connect each has a reason. */
export function reasonOf(error: unknown): unknown {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof AggregateError ? cause.errors[0] : cause;
}

const headers = {
  accept:
    'application/atom+xml, application/rss+xml, application/feed+json, application/xml, application/json, */*;q=0.5',
};

function readDocument(address: URL, limits: LoadLimits): DecodedDocument {
  const path = fileURLToPath(address);
  const stats = statSync(path);
  if (!stats.isFile()) throw new Error('is no file');
  if (stats.size > limits.size) throw tooLong(limits.size);
  return decodeDocument(unpacked(readFileSync(path), limits), undefined);
}

async function bodyOf({ body }: Response, size: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels what is still to come.
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.byteLength;
    if (length > size) throw tooLong(size);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A document that was put away with gzip, and is served or kept as it is. */
function unpacked(bytes: Uint8Array, { size }: LoadLimits): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: size });
  } catch (error) {
    const isLong = error instanceof RangeError;
    throw isLong ? tooLong(size) : new Error('begins as gzip does, and is broken');
  }
}

function tooLong(size: number): Error {
  return new Error(`is longer than ${size / 1_000_000} MB`);
}
