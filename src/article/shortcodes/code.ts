import type { Edit } from '../edit.ts';
import type { Span } from '../place.ts';
import { type Item, ListItems, widthOf } from './list-items.ts';

/** The code blocks of a text. */
export interface CodeBlocks {
  readonly blocks: readonly Span[];
  /** Edits that remove indentation from MDX, where it is not code. */
  readonly indentation: readonly Edit[];
}

/** A line that opens a component or an admonition (`::card`, `:::note`). */
const component = /^[ \t]*:{2,}[ \t]*[\w{[]/;

/**
 * Finds the fenced and, except in MDX, the indented code of a Markdown text from an offset on. `hasComponents` says
 * that components may contain text, which they indent.
 */
export function codeBlocks(text: string, from: number, isMdx: boolean, hasComponents = false): CodeBlocks {
  const blocks: Span[] = [];
  const indentation: Edit[] = [];
  const items = new ListItems();
  let fence: { readonly mark: string; readonly start: number; readonly shift: number } | undefined;
  // Indented code cannot interrupt a paragraph (CommonMark §4.4).
  let isInParagraph: boolean = false;
  for (let start = from; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found + 1;
    const line = text.slice(start, found === -1 ? end : found);
    const indent = widthOf(line);
    const mark = fences.exec(line)?.[1];
    const shiftLeft = (shift: number): void => {
      if (shift <= 0 || indent === 0) return;
      const textStart = start + line.search(/[^ \t]|$/);
      indentation.push({ start, end: textStart, text: ' '.repeat(Math.max(0, indent - shift)) });
    };
    if (!/\S/.test(line)) isInParagraph = false;
    else if (fence !== undefined) {
      shiftLeft(fence.shift);
      if (mark?.startsWith(fence.mark) && /^[^\w"]*$/.test(line)) {
        blocks.push({ start: fence.start, end });
        fence = undefined;
      }
    } else {
      const isContinued: boolean = isInParagraph && !interrupts.test(line);
      const item: Item = isContinued ? items.innermost : items.enter(indent);
      const isDeep = indent - item.content >= 4;
      const shift = isMdx && isDeep ? indent - item.content + item.shift : item.shift;
      shiftLeft(shift);
      const isIndentedCode: boolean = isDeep && !isMdx && !isInParagraph && mark === undefined;
      const canOpen = isMdx || !isDeep;
      const isCode: boolean = isIndentedCode || (canOpen && items.open(line, indent, shift) && !isMdx);
      if (mark !== undefined) fence = { mark, start, shift };
      else if (isCode) blocks.push({ start, end });
      else if (hasComponents && component.test(line)) items.openComponent(indent, line, text.slice(end, end + 300));
      isInParagraph = mark === undefined && !isCode && !heading.test(line);
    }
    start = end;
  }
  if (fence !== undefined) blocks.push({ start: fence.start, end: text.length });
  return { blocks, indentation };
}

/** A fence may be inside a quote or follow the marker of a list item. */
const fences = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}(?=[^`]*$)|~{3,})/;
const heading = /^[ \t]*#{1,6}(?:[ \t]|$)/;
/** Lines that cannot continue a paragraph, however little they are indented. */
const interrupts = /^[ \t]*(?:[-*+](?:[ \t]|$)|\d{1,9}[.)][ \t]|#{1,6}[ \t]|`{3}|~{3}|<\/?[a-z>])/i;

/** Returns the end of the code span that a run of backticks opens, if it is closed (CommonMark §6.1). */
export type SpanEnd = (at: number) => number | undefined;

/** Returns a function that finds the end of a code span. */
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

/**
 * Returns the edits that remove `{% raw %}` and `{% endraw %}` from code between two offsets. Jekyll and Eleventy read
 * them in code, too, where they protect braces.
 */
export function rawMarks(text: string, start: number, end: number): Edit[] {
  const edits: Edit[] = [];
  let open: Edit | undefined;
  for (const { 0: mark, 1: closes, index } of text.slice(start, end).matchAll(/\{%-?[ \t]*(end)?raw[ \t]*-?%\}/g)) {
    const found = { ...wholeLine(text, start + index, start + index + mark.length), text: '' };
    if (closes === undefined) open ??= found;
    else if (open !== undefined) {
      edits.push(open, found);
      open = undefined;
    }
  }
  return edits;
}

/** Extends a span to its whole line, with the line's end, if nothing else is on the line. */
export function wholeLine(text: string, start: number, end: number): Span {
  const indent = indentBefore(text, start);
  const rest = /^[ \t]{0,100}\n/.exec(text.slice(end, end + 101))?.[0];
  return indent === undefined || rest === undefined
    ? { start, end }
    : { start: start - indent.length, end: end + rest.length };
}

/** Returns the white space between the start of a line and an offset; `undefined` if anything else comes before it. */
export function indentBefore(text: string, at: number): string | undefined {
  let start = at;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  return start === 0 || text[start - 1] === '\n' ? text.slice(start, at) : undefined;
}

/** Returns where a code block ends, with the indented code that follows it after blank lines. */
export function endOfCode(text: string, blocks: readonly Span[], index: number): number {
  let end = blocks[index]?.end ?? text.length;
  for (const next of blocks.slice(index + 1, index + 1000)) {
    if (/\S/.test(text.slice(end, next.start))) break;
    end = next.end;
  }
  return end;
}
