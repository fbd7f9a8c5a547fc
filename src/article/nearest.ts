/** Finds the candidate closest to a mistyped `word`; `undefined` if none is close. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(word.length / 3));
  return words
    .map((one) => ({ one, distance: distance(plain(word), plain(one)) }))
    .filter((found) => found.distance <= most)
    .toSorted((a, b) => a.distance - b.distance)[0]?.one;
}

/** Ignores case, hyphens and underscores, which people forget most often. */
function plain(word: string): string {
  return word
    .toLowerCase()
    .replace(/[\s_-]/g, '')
    .slice(0, 100);
}

/** Counts missing, extra, wrong and swapped letters (optimal string alignment distance). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (above[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        isSwapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
