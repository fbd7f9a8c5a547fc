import { lowerBound } from './lower-bound.ts';
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
  return Math.max(0, lowerBound(ascending.length, (i) => (ascending[i] ?? 0) <= offset) - 1);
}

/** A part of a text: offsets in UTF-16 code units, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
