import type { Span } from '../seed-text.ts';

/** Finds the fenced and, unless it is MDX, the indented code of a Markdown text from an offset on. */
export function codeBlocks(text: string, from: number, isMdx: boolean): Span[] {
  const blocks: Span[] = [];
  let fence: { readonly mark: string; readonly start: number } | undefined;
  let isAfterBlank = true;
  let isInList = false;
  let isInCode = false;
  for (let start = from; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found + 1;
    const line = text.slice(start, found === -1 ? end : found);
    const mark = fences.exec(line)?.[1];
    const isBlank = !/\S/.test(line);
    if (fence !== undefined) {
      if (mark?.startsWith(fence.mark) && /^[^\w"]*$/.test(line)) {
        blocks.push({ start: fence.start, end });
        fence = undefined;
      }
    } else if (mark !== undefined) fence = { mark, start };
    else if (!isBlank && /^(?: {4}|\t)/.test(line)) {
      // Below an item of a list it is a paragraph of that item.
      isInCode = !isMdx && !isInList && (isAfterBlank || isInCode);
      if (isInCode) blocks.push({ start, end });
    } else if (!isBlank) {
      isInCode = false;
      isInList = listItem.test(line) || (isInList && (/^ {2}/.test(line) || !isAfterBlank));
    }
    isAfterBlank = isBlank;
    start = end;
  }
  if (fence !== undefined) blocks.push({ start: fence.start, end: text.length });
  return blocks;
}

/** A fence may stand in a quotation or behind the mark of a list's item. */
const fences = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}(?=[^`]*$)|~{3,})/;
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]/;

/** Tells where the code span ends that a run of backticks opens; `undefined` where nothing closes it (CommonMark §6.1). */
export type SpanEnd = (at: number) => number | undefined;

export function codeSpans(text: string, from: number): SpanEnd {
  let ends: Map<number, { readonly close: number; readonly end: number }> | undefined;
  const closes = (): NonNullable<typeof ends> => {
    const found: NonNullable<typeof ends> = new Map();
    const nearest = new Map<number, { close: number; end: number }>();
    const runs = [...text.slice(from).matchAll(/`+|\n[ \t]*(?=\n)/g)].reverse();
    for (const { 0: run, index } of runs) {
      // No span goes over a blank line.
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
