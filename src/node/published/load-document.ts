import { readFileSync, statSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type DecodedDocument, decodeDocument } from './decode-document.ts';
import { type AnswerLimits, tooLong, type WebClient } from './web-client.ts';

/** A loaded document. */
export interface LoadedDocument extends DecodedDocument {
  /** Its final URL, after redirects. */
  readonly location: URL;
  /** The bytes of a zip file, which has no text. */
  readonly archive?: Uint8Array;
}

/** Stands for what is piped into the command. It is a file, so it says no more than one about where a feed was. */
export const standardInput = new URL('file:///dev/stdin');

/** Loads an `http:`, `https:` or `file:` URL. Throws an error that gives the reason. */
export async function loadDocument(address: URL, limits: AnswerLimits, web: WebClient): Promise<LoadedDocument> {
  if (address.href === standardInput.href)
    return { ...decode(gunzipped(await inputBytes(limits), limits), undefined), location: address };
  if (address.protocol === 'file:') return { ...readDocument(address, limits), location: address };
  return web.get(address, { ...limits, accept }, async ({ location, contentType, body }) => {
    const charset = /;\s*charset="?([\w.:-]+)/i.exec(contentType)?.[1];
    return { ...decode(gunzipped(await buffer(body), limits), charset), location };
  });
}

/** Returns why `fetch` failed. It hides the reason in `cause`, or one reason for each attempt to connect. */
export function reasonOf(error: unknown): unknown {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof AggregateError ? cause.errors[0] : cause;
}

const accept =
  'application/atom+xml, application/rss+xml, application/feed+json, application/xml, application/json, */*;q=0.5';

/** Reads standard input. */
export async function inputBytes({ size }: Pick<AnswerLimits, 'size'>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of process.stdin) {
    length += part.length;
    if (length > size) throw tooLong(size);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function readDocument(address: URL, limits: AnswerLimits): Omit<LoadedDocument, 'location'> {
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

/** Decompresses a document that is stored as a gzip file. */
function gunzipped(bytes: Uint8Array, { size }: AnswerLimits): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: size });
  } catch (error) {
    throw error instanceof RangeError ? tooLong(size) : new Error('is a broken gzip file');
  }
}
