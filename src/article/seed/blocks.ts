import { LastEnds } from '../body/tags/last-ends.ts';
import { htmlBlock, openerAt } from '../body/tags/raw-openers.ts';
import type { Span } from '../place.ts';
import { Lines } from './lines.ts';

/** A run of lines of a seed that Markdown reads as one block. */
export interface Block extends Span {
  readonly kind: 'heading' | 'paragraph' | 'other';
  /** The text of a heading without its markers, or of any other block as written from `start` on. */
  readonly text: string;
}

/**
 * Splits Markdown into the blocks that the seed format knows: headings, paragraphs and everything else.
 *
 * It recognizes only what can hide a heading or a paragraph (CommonMark §4: fences, indented code, HTML, comments,
 * quotes and lists); the Markdown parser reads the body itself. Text before the offset `from` is ignored.
 */
export function splitBlocks(text: string, from = 0): readonly Block[] {
  return new Blocks(text, from).all();
}

/** The blocks of a text, as {@link splitBlocks} returns them, split only as far as they are asked for. */
export class Blocks {
  readonly #read: Block[] = [];
  readonly #text: string;
  readonly #lines: Lines;
  readonly #ends: LastEnds;
  // Lines indented as far as the text of the list item above belong to that item (CommonMark §5.2).
  #item = Number.POSITIVE_INFINITY;

  /** The offset at which the blocks begin. */
  readonly from: number;

  constructor(text: string, from = 0) {
    this.from = from;
    this.#text = text;
    this.#lines = new Lines(text, from);
    this.#ends = new LastEnds(text);
  }

  /** The block at an index from 0; `undefined` after the last. */
  at(index: number): Block | undefined {
    while (index >= this.#read.length && this.#readOne());
    return this.#read[index];
  }

  all(): readonly Block[] {
    while (this.#readOne());
    return this.#read;
  }

  /**
   * The blocks read so far, at least two more, and those from the paragraph around `offset` on. The blocks between are
   * left out if they cannot hide that paragraph, because splitting them is most of the work.
   */
  around(offset: number): readonly Block[] {
    this.at(this.#read.length + 1);
    const paragraph = this.#text.lastIndexOf('\n\n', offset) + '\n\n'.length;
    const { start } = this.#lines;
    if (paragraph <= start || this.#item < Number.POSITIVE_INFINITY || this.#mayHide(start, paragraph))
      return this.all();
    return [...this.#read, ...new Blocks(this.#text, paragraph).all()];
  }

  /** Reports whether a line may begin a block that continues after a blank line: a fence, a list item or HTML. */
  #mayHide(start: number, end: number): boolean {
    for (let line = start; line < end; line = this.#text.indexOf('\n', line) + 1) {
      longBlock.lastIndex = line;
      if (longBlock.test(this.#text)) return true;
    }
    return false;
  }

  #readOne(): boolean {
    const lines = this.#lines;
    while (!lines.done && lines.blank) lines.skip();
    if (lines.done) return false;
    const nested = lines.indent >= this.#item;
    if (!nested) this.#item = lines.isPlain ? Number.POSITIVE_INFINITY : itemIndent(lines.current);
    const block = takeBlock(lines, this.#ends, this.#text);
    this.#read.push(nested ? { ...block, kind: 'other' } : block);
    return true;
  }
}

const atxHeading = /^ {0,3}#{1,6}(?=[ \t]|$)/;

const closingMarks = /(?:^|[ \t])#+$/;

const setextUnderline = /^ {0,3}(?:=+|-+)[ \t]*$/;

const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

const rule = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;

const listMark = /^ {0,3}(?:[-+*]|\d{1,9}[.)])(?: {1,4}(?=\S)|[ \t]|$)/;

/** The columns up to the text of a list item, which what belongs to it is indented by; infinite for other lines. */
function itemIndent(line: string): number {
  return listMark.exec(line)?.[0].length ?? Number.POSITIVE_INFINITY;
}

/** Lines that may begin a block which continues after a blank line. */
const longBlock = / {0,3}(?:`{3}|~{3}|<[!?a-z]|[-+*](?:[ \t\n]|$)|\d{1,9}[.)](?:[ \t\n]|$))/iy;

/** Lines that cannot begin a paragraph: indented code, a quote, a list item, a table row. */
const container = /^(?: {4}|\t| {0,3}(?:>|[-+*](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|\|))/;

/**
 * Returns the end of HTML that continues over blank lines; `undefined` for anything else, and if it is never closed.
 */
function endOfHtml(line: string, at: number, ends: LastEnds, text: string): RegExp | undefined {
  const opener = /^ {0,3}</.test(line) ? openerAt(line.trimStart()) : undefined;
  if (opener === undefined || !ends.close(opener, at)) return undefined;
  const isComment = opener.text === '<!--';
  // A comment inside a comment: the first was never closed, and may not hide an id below it.
  if (isComment && text.slice(at + opener.text.length, text.indexOf('-->', at)).includes(opener.text)) return undefined;
  return new RegExp(opener.end.source, 'i');
}

function takeBlock(lines: Lines, ends: LastEnds, text: string): Block {
  const first = lines.current;
  const start = lines.start + first.search(/\S/);
  const block = (kind: Block['kind'], text?: string): Block => {
    const whole = lines.since(start);
    return { kind, text: text ?? whole.trimEnd(), start, end: start + whole.length };
  };
  const { isPlain } = lines;
  const heading = isPlain ? null : atxHeading.exec(first);
  if (heading !== null) {
    lines.skip();
    const text = first.slice(heading[0].length).trim();
    return block('heading', text.endsWith('#') ? text.replace(closingMarks, '').trim() : text);
  }
  if (!isPlain && rule.test(first)) {
    lines.skip();
    return block('other');
  }
  const mark = isPlain ? undefined : fence.exec(first)?.[1];
  if (mark !== undefined) {
    lines.skip();
    lines.skipThrough(new RegExp(`^ {0,3}\\${mark[0]}{${mark.length},}[ \\t]*$`));
    return block('other');
  }
  const end = isPlain ? undefined : endOfHtml(first, start, ends, text);
  if (end !== undefined) {
    lines.skipThrough(end);
    return block('other');
  }
  const isHtml = !isPlain && htmlBlock.test(first);
  const kind = isHtml || (!isPlain && container.test(first)) ? 'other' : 'paragraph';
  for (lines.skip(); !lines.done && !lines.blank; lines.skip()) {
    const next = lines.current;
    if (lines.isPlain) continue;
    if (kind === 'paragraph' && setextUnderline.test(next)) {
      const text = lines.since(start).trimEnd();
      lines.skip();
      return block('heading', text);
    }
    if (!isHtml && (atxHeading.test(next) || fence.test(next) || rule.test(next))) break;
  }
  return block(kind);
}
