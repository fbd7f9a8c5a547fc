import type { Span } from './seed-text.ts';

/** A stretch of a text and what stands in its place. */
export interface Edit extends Span {
  readonly text: string;
}

/** Gives a text from an offset on with edits made; of two that overlap the first counts, and of two that begin alike the longer. */
export function edited(text: string, from: number, edits: readonly Edit[]): string {
  let rest = '';
  let last = from;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (edit.start < last) continue;
    rest += text.slice(last, edit.start) + edit.text;
    last = edit.end;
  }
  return rest + text.slice(last);
}
