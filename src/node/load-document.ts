import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A document as it was found. */
export interface LoadedDocument {
  readonly text: string;
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
  if (address.protocol === 'file:') return { text: readDocument(address, limits), location: address };
  const signal = AbortSignal.timeout(limits.timeout);
  try {
    const response = await fetch(address, { signal, headers });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`the answer is ${response.status} ${response.statusText}`.trimEnd());
    }
    const charset = /;\s*charset="?([\w.:-]+)/i.exec(response.headers.get('content-type') ?? '')?.[1];
    const text = decode(await bodyOf(response, limits.size), charset);
    return { text, location: new URL(response.url) };
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

function readDocument(address: URL, { size }: LoadLimits): string {
  const path = fileURLToPath(address);
  const stats = statSync(path);
  if (!stats.isFile()) throw new Error('is no file');
  if (stats.size > size) throw tooLong(size);
  return decode(readFileSync(path), undefined);
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

function tooLong(size: number): Error {
  return new Error(`is longer than ${size / 1_000_000} MB`);
}

/** Decodes by the byte order mark, else by what HTTP says, else by the XML declaration (RFC 7303 §3), else as UTF-8. */
function decode(bytes: Uint8Array, charset: string | undefined): string {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : first === 0xef && second === 0xbb
          ? 'utf-8'
          : undefined;
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1];
  const label = marked ?? charset ?? declared ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    throw new Error(`its encoding, ${label}, is unknown`);
  }
}
