import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { reasonOf } from '../published/load-document.ts';
import { hashIn, type Topic } from './topics.ts';

/** Milliseconds for one look, redirects and body included. */
const lookTime = 15_000;

/**
 * Looks whether a document can be seen at its public address; gives what is in the way, `undefined` where nothing is.
 *
 * It asks as a hub would, so that a cache on the way answers it with what it would give the hub: a conditional fetch
 * that says nothing of caching asks caches to be passed by (Fetch standard), hence `max-age`.
 */
export async function notVisible({ url, etag, length }: Topic): Promise<string | undefined> {
  const signal = AbortSignal.timeout(lookTime);
  try {
    const response = await fetch(url, {
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=31536000', 'user-agent': 'Dateline' },
      signal,
    });
    const isOurs = response.status === 304 || weak(response.headers.get('etag')) === weak(etag);
    if (isOurs || !response.ok) {
      await response.body?.cancel();
      if (isOurs) return undefined;
      return `the answer is ${response.status} ${STATUS_CODES[response.status] ?? ''}`.trimEnd();
    }
    const bytes = await bodyOf(response, length);
    return bytes !== undefined && hashOf(bytes) === hashIn(etag) ? undefined : 'it has other content there';
  } catch (error) {
    if (signal.aborted) return `no whole answer within ${lookTime / 1000} s`;
    const reason = reasonOf(error);
    return reason instanceof Error ? reason.message : String(reason);
  }
}

/** RFC 9110 §8.8.3.2: two tags are alike but for the mark of weakness. */
function weak(etag: string | null): string | undefined {
  return etag?.replace(/^W\//, '');
}

/** Reads a body that should have so many bytes; `undefined` as soon as it has another number of them. */
async function bodyOf({ body }: Response, length: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let read = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    read += part.byteLength;
    if (read > length) return undefined;
    parts.push(part);
  }
  return read === length ? Buffer.concat(parts) : undefined;
}

/** The hash by which a document of these bytes is known. */
function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest().subarray(0, 12).toString('base64url');
}
