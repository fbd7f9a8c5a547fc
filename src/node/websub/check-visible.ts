import { createHash } from 'node:crypto';
import { describeStatus, fetchErrorMessage } from './notify-hub.ts';
import { hashIn, type Topic } from './topics.ts';

/** Milliseconds for one request, redirects and body included. */
const timeout = 15_000;

/**
 * Fetches a document from its public address. Returns why it is not visible there, or `undefined` if it is.
 *
 * It asks as a hub would, so that a cache on the way gives the same answer. A conditional fetch without `cache-control`
 * would bypass caches (Fetch standard), hence `max-age`.
 */
export async function checkVisible({ url, etag, length }: Topic): Promise<string | undefined> {
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(url, {
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=31536000', 'user-agent': 'Dateline' },
      signal,
    });
    const isCurrent = response.status === 304 || weak(response.headers.get('etag')) === weak(etag);
    if (isCurrent || !response.ok) {
      await response.body?.cancel();
      return isCurrent ? undefined : describeStatus(response.status);
    }
    const bytes = await readBody(response, length);
    return bytes !== undefined && hashOf(bytes) === hashIn(etag) ? undefined : 'its content differs there';
  } catch (error) {
    return signal.aborted ? `no complete answer within ${timeout / 1000} s` : fetchErrorMessage(error);
  }
}

/** An entity-tag without its mark of weakness, for a weak comparison (RFC 9110 §8.8.3.2). */
function weak(etag: string | null): string | undefined {
  return etag?.replace(/^W\//, '');
}

/** Reads a body of `length` bytes; stops with `undefined` if it has more or fewer. */
async function readBody({ body }: Response, length: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let read = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    read += part.byteLength;
    if (read > length) return undefined;
    parts.push(part);
  }
  return read === length ? Buffer.concat(parts) : undefined;
}

/** Hashes bytes as {@link hashIn} finds it in their entity-tag. */
function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest().subarray(0, 12).toString('base64url');
}
