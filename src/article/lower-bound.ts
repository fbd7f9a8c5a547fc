/**
 * Returns the first index from `from` on for which `isBefore` is false, by binary search; `length` if there is none.
 */
export function lowerBound(length: number, isBefore: (index: number) => boolean, from = 0): number {
  let [low, high] = [from, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Finds a text in a sorted list; -1 if it isn't there. */
export function sortedIndexOf(sorted: readonly string[], text: string): number {
  const index = lowerBound(sorted.length, (i) => (sorted[i] ?? '') < text);
  return sorted[index] === text ? index : -1;
}
