/** Normalizes line ends and removes the byte order mark, so that offsets and lines are unambiguous. */
export function normalizeLines(text: string): string {
  const unified = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return unified.startsWith('\uFEFF') ? unified.slice(1) : unified;
}

/** A position in a text that moves forward one line at a time. */
export class Lines {
  readonly #text: string;
  start: number;
  current = '';
  /** Whether the current line begins with a letter, as most do. No marker does. */
  isPlain = false;

  constructor(text: string, from: number) {
    this.#text = text;
    this.start = from;
    this.#read();
  }

  get done(): boolean {
    return this.start >= this.#text.length;
  }

  get blank(): boolean {
    return !this.isPlain && !/\S/.test(this.current);
  }

  /** Columns of white space before the text; a tab counts as four. */
  get indent(): number {
    let columns = 0;
    for (const sign of this.current) {
      if (sign === ' ') columns++;
      else if (sign === '\t') columns += 4;
      else break;
    }
    return columns;
  }

  skip(): void {
    this.start += this.current.length + 1;
    this.#read();
  }

  /** Skips all lines up to and including the first that matches `end`, beginning with the current line. */
  skipThrough(end: RegExp): void {
    while (!this.done && !end.test(this.current)) this.skip();
    this.skip();
  }

  /** The text from an offset up to the current line, without the last line end. */
  since(from: number): string {
    return this.#text.slice(from, Math.min(this.start - 1, this.#text.length));
  }

  #read(): void {
    const found = this.#text.indexOf('\n', this.start);
    this.current = this.#text.slice(this.start, found === -1 ? undefined : found);
    this.isPlain = letter.test(this.current);
  }
}

const letter = /^\p{L}/u;
