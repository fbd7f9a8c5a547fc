/** How many bytes are set aside at a time, and the longest text that has no bytes of its own. */
const shelfSize = 1 << 18;
const longest = shelfSize / 8;
const [lineFeed, carriageReturn] = [0x0a, 0x0d];

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

  /** Whether it ends with the end of a line. */
  get endsLine(): boolean {
    const last = this.#end === this.#start ? undefined : this.#bytes[this.#end - 1];
    return last === lineFeed || last === carriageReturn;
  }

  /** Tells whether another text is the same. */
  equals(other: KeptText): boolean {
    return this.#length === other.#length && this.isBeginningOf(other);
  }

  /** Tells whether another text begins with this one. */
  isBeginningOf(other: KeptText): boolean {
    const end = other.#start + this.#length;
    return (
      end <= other.#end && this.#bytes.compare(other.#bytes, other.#start, end, this.#start, this.#end) === 0
    );
  }

  get #length(): number {
    return this.#end - this.#start;
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
