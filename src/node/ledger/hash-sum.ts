import { fnv1a } from '../../publication/slices/slice.ts';

/** Each text has two hashes: its own, and that of the text after a plus. */
const plus = fnv1a('+');

/**
 * The sum of 64-bit hashes of texts in any order, so that one change among thousands is added without the others. Not
 * SHA-256: a hundred thousand would take as long as the rest of a start.
 */
export class HashSum {
  // Two halves, because a hundred thousand BigInts would take as long as the hashes.
  #high: number;
  #low: number;

  constructor(from?: HashSum) {
    this.#high = from === undefined ? 0 : from.#high;
    this.#low = from === undefined ? 0 : from.#low;
  }

  add(text: string): void {
    const low = this.#low + fnv1a(text, plus);
    this.#low = low >>> 0;
    this.#high = (this.#high + fnv1a(text) + (low > 0xffff_ffff ? 1 : 0)) >>> 0;
  }

  remove(text: string): void {
    const low = this.#low - fnv1a(text, plus);
    this.#low = low >>> 0;
    this.#high = (this.#high - fnv1a(text) - (low < 0 ? 1 : 0)) >>> 0;
  }

  /** Returns the sum in hexadecimal digits. */
  toString(): string {
    return ((BigInt(this.#high) << 32n) | BigInt(this.#low)).toString(16);
  }
}
