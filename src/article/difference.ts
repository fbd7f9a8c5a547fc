/** What was removed from a list and added to it. */
export interface Difference<T> {
  readonly removed: ReadonlySet<T>;
  readonly added: readonly T[];
}

/** Compares two lists that mostly share their beginning and their end. */
export function difference<T>(before: readonly T[], after: readonly T[]): Difference<T> {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const removed = new Set(before.slice(start, before.length - end));
  const added = after.slice(start, after.length - end).filter((one) => !removed.delete(one));
  return { removed, added };
}
