/** How many bytes are set aside at a time, and the longest text that has no bytes of its own. */
const shelfSize = 1 << 18;
const longest = shelfSize / 8;

/** A text as UTF-8, outside of V8's heap. */
export class KeptText {
  readonly #bytes: Buffer;
  readonly #start: number;
  readonly #end: number;

  constructor(bytes: Buffer, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
  }

  toString(): string {
    return this.#bytes.toString('utf8', this.#start, this.#end);
  }

  /** Its beginning; where that ends inside a character, U+FFFD stands for it. */
  top(bytes: number): string {
    return this.#bytes.toString('utf8', this.#start, Math.min(this.#end, this.#start + bytes));
  }
}

/**
 * Keeps texts where ten thousand of them cost no collection anything. A text goes when nobody has it any more, nor those
 * that were kept beside it.
 */
export class KeptTexts {
  #shelf = Buffer.alloc(0);
  #end = 0;

  /** Keeps a text without lone surrogates. */
  keep(text: string): KeptText {
    // A code unit takes three bytes at the most.
    const room = text.length * 3;
    if (room > longest) return new KeptText(Buffer.from(text));
    if (room > this.#shelf.length - this.#end) {
      this.#shelf = Buffer.allocUnsafeSlow(shelfSize);
      this.#end = 0;
    }
    const start = this.#end;
    this.#end += this.#shelf.write(text, start);
    return new KeptText(this.#shelf, start, this.#end);
  }
}
