import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { RenderedDocument } from '../../feed/document.ts';
import { type Coding, codings } from '../../http/response/accept-encoding.ts';
import type { Effort, Encoder } from '../../http/response/respond.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Cache = Map<Coding, Bytes | Promise<Bytes>>;

/**
 * Compresses each document once per coding, on zlib's own threads, and caches the result as long as the document lives.
 *
 * At its best level Brotli takes a second for a megabyte. So the first reader gets a fast compression, and the best one
 * replaces it in the background, one document at a time.
 */
export class Compressor implements Encoder {
  readonly codings = codings;
  readonly #cache = new WeakMap<RenderedDocument, Cache>();
  #improving: Promise<void> = Promise.resolve();
  #queued = 0;

  /**
   * Returns the compressed bytes of a document, without a promise if they are cached. With the effort `best`, a better
   * compression follows.
   */
  encode(document: RenderedDocument, coding: Coding, effort: Effort = 'best'): Bytes | Promise<Bytes> {
    const cache: Cache = this.#cache.get(document) ?? new Map();
    this.#cache.set(document, cache);
    const cached = cache.get(coding);
    if (cached !== undefined) return cached;
    const pending = compress(document.bytes, coding, 'fast').then((bytes) => {
      cache.set(coding, bytes);
      if (effort === 'best' && document.bytes.byteLength <= improveLimit && this.#queued < queueLimit)
        this.#improve(document.bytes, coding, cache);
      return bytes;
    });
    cache.set(coding, pending);
    pending.catch(() => cache.delete(coding));
    return pending;
  }

  /** Resolves when no better compression is pending. */
  async settled(): Promise<void> {
    await this.#improving;
  }

  #improve(bytes: Bytes, coding: Coding, cache: Cache): void {
    this.#queued++;
    this.#improving = this.#improving
      // The reader who waits gets the fast compression first.
      .then(() => setImmediate())
      .then(() => compress(bytes, coding, 'best'))
      .then((best) => void cache.set(coding, best))
      // The fast compression stays.
      .catch(() => {})
      .finally(() => {
        this.#queued--;
      });
  }
}

/** Larger documents, in bytes, keep the fast compression. */
const improveLimit = 4_000_000;
/** Documents that may wait for a better compression; beyond that, they keep the fast one. */
const queueLimit = 32;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

async function compress(bytes: Bytes, coding: Coding, effort: Effort): Promise<Bytes> {
  const compressed =
    coding === 'gzip'
      ? await compressGzip(bytes, { level: effort === 'fast' ? 1 : 9 })
      : await compressBrotli(bytes, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: effort === 'fast' ? 5 : 11,
            [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
          },
        });
  // A copy, since zlib's result holds on to a larger buffer; as a Buffer, so that no write converts it.
  return Buffer.from(new Uint8Array(compressed).buffer);
}
