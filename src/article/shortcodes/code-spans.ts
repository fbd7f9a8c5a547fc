/**
 * Returns where the code span ends that a run of backticks opens; `undefined` if nothing closes it (CommonMark §6.1).
 */
export type SpanEnd = (at: number) => number | undefined;

export function codeSpans(text: string, from: number): SpanEnd {
  let ends: Map<number, { readonly close: number; readonly end: number }> | undefined;
  const closes = (): NonNullable<typeof ends> => {
    const found: NonNullable<typeof ends> = new Map();
    const nearest = new Map<number, { close: number; end: number }>();
    const runs = [...text.slice(from).matchAll(/`+|\n[ \t]*(?=\n)/g)].reverse();
    for (const { 0: run, index } of runs) {
      // A code span cannot contain a blank line.
      if (run.startsWith('\n')) {
        nearest.clear();
        continue;
      }
      const at = from + index;
      const close = nearest.get(run.length);
      if (close !== undefined) found.set(at, close);
      nearest.set(run.length, { close: at, end: at + run.length });
    }
    return found;
  };
  return (at) => {
    ends ??= closes();
    return ends.get(at)?.end;
  };
}
