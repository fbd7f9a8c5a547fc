import type { Place } from '../../article/written-article.ts';

/** Gives the offset of a line and a column in a text, whatever its lines end with. */
export function offsetsIn(text: string): (place: Place) => number {
  const starts = [0, ...[...text.matchAll(/\r\n?|\n/g)].map(({ 0: end, index }) => index + end.length)];
  return ({ line, column }) => (starts[line - 1] ?? text.length) + column - 1;
}
