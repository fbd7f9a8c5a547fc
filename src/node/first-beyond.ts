/** Finds, among `length` places of which those up to some one are before it, the first that is not; by halves, from `from` on. */
export function firstBeyond(length: number, isBefore: (index: number) => boolean, from = 0): number {
  let [low, high] = [from, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
