import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { RenderedDocument } from '../../feed/document.ts';
import type { Coding } from '../../http/accept-encoding.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Codes each document once, on zlib's own threads, and keeps the result as long as the document.
 *
 * At its best Brotli takes a second for a megabyte and gzip some hundredths, so the first reader gets a fast one and the best
 * one is made behind its back, one document at a time.
 */
export class Coder {
  readonly #coded = new WeakMap<RenderedDocument, Map<Coding, Bytes | Promise<Bytes>>>();
  #best: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** Gives the bytes of a document in a coding; at once when they are made already. */
  code(document: RenderedDocument, coding: Coding): Bytes | Promise<Bytes> {
    const known = this.#coded.get(document) ?? new Map<Coding, Bytes | Promise<Bytes>>();
    this.#coded.set(document, known);
    const made = known.get(coding);
    if (made !== undefined) return made;
    const making = encode(document.bytes, coding, 'fast').then((bytes) => {
      known.set(coding, bytes);
      if (document.bytes.byteLength <= bestLimit && this.#waiting < queueLimit) {
        this.#improve(document.bytes, coding, known);
      }
      return bytes;
    });
    known.set(coding, making);
    making.catch(() => known.delete(coding));
    return making;
  }

  /** Resolves when no better coding is under way. */
  async settled(): Promise<void> {
    await this.#best;
  }

  #improve(bytes: Bytes, coding: Coding, known: Map<Coding, Bytes | Promise<Bytes>>): void {
    this.#waiting++;
    this.#best = this.#best
      // Those who wait for the fast one have it first.
      .then(() => setImmediate())
      .then(() => encode(bytes, coding, 'best'))
      .then((best) => void known.set(coding, best))
      // The fast one is as good an answer.
      .catch(() => {})
      .finally(() => {
        this.#waiting--;
      });
  }
}

/** Documents above this size keep the fast coding. */
const bestLimit = 4_000_000;
/** Documents that wait for a better coding; whoever asks for more addresses than that gets the fast one. */
const queueLimit = 32;

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

async function encode(bytes: Bytes, coding: Coding, effort: 'fast' | 'best'): Promise<Bytes> {
  const coded =
    coding === 'gzip'
      ? await deflate(bytes, { level: effort === 'fast' ? 1 : 9 })
      : await brotli(bytes, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: effort === 'fast' ? 5 : 11,
            [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
          },
        });
  // Of its own size, which what zlib gives is not; and a Buffer, so that no write has to make one of it.
  return Buffer.from(new Uint8Array(coded).buffer);
}
