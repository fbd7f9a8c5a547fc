import { fnv1a } from '../../publication/slices/slice.ts';

/** Each text has two hashes: its own, and that of the text after a plus. */
const [empty, plus] = [fnv1a(''), fnv1a('+')];

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
    this.#change(text, 1);
  }

  remove(text: string): void {
    this.#change(text, -1);
  }

  /** Computes both hashes, as `fnv1a` does, in one pass: a start hashes all articles, and two take twice as long. */
  #change(text: string, sign: 1 | -1): void {
    let high = empty;
    let low = plus;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      high = Math.imul(high ^ unit, 0x01000193);
      low = Math.imul(low ^ unit, 0x01000193);
    }
    const sum = this.#low + sign * (low >>> 0);
    const carry = Math.floor(sum / 2 ** 32);
    this.#low = sum >>> 0;
    this.#high = (this.#high + sign * (high >>> 0) + carry) >>> 0;
  }

  /** Returns the sum in hexadecimal digits. */
  toString(): string {
    return ((BigInt(this.#high) << 32n) | BigInt(this.#low)).toString(16);
  }
}
