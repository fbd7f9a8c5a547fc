/** Converts an offset in a text to a line and a column, both counted from 1. */
export type PlaceOf = (offset: number) => { readonly line: number; readonly column: number };

/** Creates a {@link PlaceOf}. It counts lines on the first call, since most texts have no problems. */
export function placesIn(text: string): PlaceOf {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const line = indexBefore(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

/** Finds the index of the last of ascending offsets that is at most `offset`; 0 if all are greater. */
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

/** A part of a text: offsets in UTF-16 code units, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
