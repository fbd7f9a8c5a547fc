/** Gives line and column, both from 1, of an offset in a text. */
export type PlaceOf = (offset: number) => { readonly line: number; readonly column: number };

/** Counts the lines of a text once, and only when somebody asks, for nearly all texts are without fault. */
export function placesIn(text: string): PlaceOf {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const line = indexBefore(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

/** Finds the last of ascending offsets that is not beyond `offset`; the first where all are. */
export function indexBefore(ascending: readonly number[], offset: number): number {
  let low = 0;
  let high = ascending.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** A stretch of a text: offsets in UTF-16 code units, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
