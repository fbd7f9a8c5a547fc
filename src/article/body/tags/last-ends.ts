/** An opener at the start of a line. */
export interface LineOpener {
  readonly text: string;
  readonly end: RegExp;
}

/** Finds the last end of each kind of opener; searching once for each opener would take quadratic time. */
export class LastEnds {
  readonly #text: string;
  readonly #known = new Map<string, number>();
  /** For each text, where it was last looked for and where it was found. */
  readonly #places = new Map<string, readonly [from: number, at: number]>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Reports whether an end comes at or after an offset. */
  has(end: RegExp, from: number): boolean {
    let last = this.#known.get(end.source);
    if (last === undefined) {
      last = -1;
      for (const { index } of this.#text.matchAll(end)) last = index;
      this.#known.set(end.source, last);
    }
    return last >= from;
  }

  /** Reports whether an opener ends after an offset. A declaration ends before a blank line. */
  close({ text, end }: LineOpener, from: number): boolean {
    if (!/^<![a-z]/i.test(text)) return this.has(end, from);
    return this.#next('>', from) < this.#next('\n\n', from);
  }

  /** Finds the next place of a text. Asked for rising offsets, it passes over each character once. */
  #next(part: string, from: number): number {
    const [since, before = -1] = this.#places.get(part) ?? [];
    if (since !== undefined && since <= from && from <= before) return before;
    const found = this.#text.indexOf(part, from);
    const at = found === -1 ? Number.POSITIVE_INFINITY : found;
    this.#places.set(part, [from, at]);
    return at;
  }
}
