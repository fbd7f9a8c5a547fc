/** Bytes of the buffer that short texts share, and of the longest text that goes into it. */
const sharedSize = 1 << 18;
const longestShared = sharedSize / 8;
const [lineFeed, carriageReturn] = [0x0a, 0x0d];

/** A text stored as UTF-8 outside V8's heap. */
export class OffHeapText {
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

  /** Whether the last line is ended. */
  get endsLine(): boolean {
    const last = this.#end === this.#start ? undefined : this.#bytes[this.#end - 1];
    return last === lineFeed || last === carriageReturn;
  }

  equals(other: OffHeapText): boolean {
    return this.byteLength === other.byteLength && this.isBeginningOf(other);
  }

  isBeginningOf(other: OffHeapText): boolean {
    const end = other.#start + this.byteLength;
    return end <= other.#end && this.#bytes.compare(other.#bytes, other.#start, end, this.#start, this.#end) === 0;
  }

  get byteLength(): number {
    return this.#end - this.#start;
  }
}

/**
 * Stores texts where ten thousand of them cost no garbage collection. The memory of a short text is freed together with
 * the others in its buffer.
 */
export class OffHeapTexts {
  #buffer = Buffer.alloc(0);
  #end = 0;

  /** Stores a text, which must have no lone surrogates. */
  store(text: string): OffHeapText {
    // A code unit takes at most three bytes.
    const room = text.length * 3;
    if (room > longestShared) return new OffHeapText(Buffer.from(text));
    if (room > this.#buffer.length - this.#end) {
      this.#buffer = Buffer.allocUnsafeSlow(sharedSize);
      this.#end = 0;
    }
    const start = this.#end;
    this.#end += this.#buffer.write(text, start);
    return new OffHeapText(this.#buffer, start, this.#end);
  }
}
