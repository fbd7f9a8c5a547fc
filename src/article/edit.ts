import { indexBefore, type Span } from './place.ts';

/** A span of a text and its replacement. */
export interface Edit extends Span {
  readonly text: string;
}

/**
 * Applies edits to a text from an offset on. The first of overlapping edits wins, or else the longer; what a later one
 * removes is removed as well.
 */
export function applyEdits(text: string, from: number, edits: readonly Edit[]): string {
  return pieces(text, from, edits)
    .map((piece) => piece.text)
    .join('');
}

/** Maps offsets in the result of {@link applyEdits} back to offsets in the original text. */
export function originalOffsets(text: string, from: number, edits: readonly Edit[]): (offset: number) => number {
  const starts: number[] = [];
  let length = 0;
  const all = pieces(text, from, edits);
  for (const piece of all) {
    starts.push(length);
    length += piece.text.length;
  }
  return (offset) => {
    const piece = indexBefore(starts, offset);
    const { at = from, isEdit = false } = all[piece] ?? {};
    return isEdit ? at : at + offset - (starts[piece] ?? 0);
  };
}

/** A part of an edited text, and the offset of what it copies or replaces. */
interface Piece {
  readonly text: string;
  readonly at: number;
  readonly isEdit: boolean;
}

function pieces(text: string, from: number, edits: readonly Edit[]): Piece[] {
  const found: Piece[] = [];
  let last = from;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (edit.start < last) {
      if (edit.text === '') last = Math.max(last, edit.end);
      continue;
    }
    if (edit.start > last) found.push({ text: text.slice(last, edit.start), at: last, isEdit: false });
    if (edit.text !== '') found.push({ text: edit.text, at: edit.start, isEdit: true });
    last = edit.end;
  }
  found.push({ text: text.slice(last), at: last, isEdit: false });
  return found;
}
