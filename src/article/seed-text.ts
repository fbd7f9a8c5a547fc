/** A run of lines of a seed that Markdown takes as one block. */
export interface Block {
  readonly kind: 'heading' | 'paragraph' | 'other';
  /** The block's text; of a heading without its marks, of a paragraph with its line breaks. */
  readonly text: string;
  /** The first line, counted from 1. */
  readonly line: number;
  /** Where the block begins and ends (exclusive) in the whole text. */
  readonly start: number;
  readonly end: number;
}

/**
 * Splits Markdown into the blocks on which the seed format is defined: headings, paragraphs and everything else.
 *
 * Only what may hide a heading or a paragraph is told apart (CommonMark §4: fences, indented code, HTML, comments,
 * quotes and lists); the body itself is left to the Markdown parser.
 */
export function splitBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = new Lines(text);
  while (!lines.done) {
    if (lines.blank) lines.skip();
    else blocks.push(takeBlock(lines));
  }
  return blocks;
}

/** Unifies line ends and takes away the byte order mark, so that offsets and lines mean one thing. */
export function unifyLines(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

/** A position in a text that moves a line at a time and never looks at a line twice. */
class Lines {
  readonly #text: string;
  #start = 0;
  #end: number;
  line = 1;

  constructor(text: string) {
    this.#text = text;
    this.#end = this.#lineEnd(0);
  }

  get done(): boolean {
    return this.#start >= this.#text.length;
  }

  get start(): number {
    return this.#start;
  }

  get current(): string {
    return this.#text.slice(this.#start, this.#end);
  }

  get blank(): boolean {
    return this.current.trim() === '';
  }

  skip(): void {
    this.#start = this.#end + 1;
    this.#end = this.#lineEnd(this.#start);
    this.line++;
  }

  /** What stands between `from` and the current line, without the last line break. */
  since(from: number): string {
    return this.#text.slice(from, Math.min(this.#start - 1, this.#text.length));
  }

  #lineEnd(from: number): number {
    const found = this.#text.indexOf('\n', from);
    return found === -1 ? this.#text.length : found;
  }
}

const atxHeading = /^ {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const setextUnderline = /^ {0,3}(?:=+|-+)[ \t]*$/;
const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const rule = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
/** What cannot be a paragraph: indented code, a quote, a list item, HTML, a table's row. */
const container =
  /^(?: {4}|\t| {0,3}(?:>|[-+*](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|<(?:[/!?]|[A-Za-z][A-Za-z0-9-]*[\s/>])|\|))/;

function takeBlock(lines: Lines): Block {
  const { line, start } = lines;
  const block = (kind: Block['kind'], text: string): Block => ({
    kind,
    text,
    line,
    start,
    end: start + lines.since(start).length,
  });
  const first = lines.current;
  const heading = atxHeading.exec(first);
  if (heading !== null) {
    lines.skip();
    return block('heading', (heading[1] ?? '').trim());
  }
  if (rule.test(first)) {
    lines.skip();
    return block('other', first);
  }
  const mark = fence.exec(first)?.[1];
  if (mark !== undefined) {
    const closing = new RegExp(`^ {0,3}\\${mark[0]}{${mark.length},}[ \\t]*$`);
    do lines.skip();
    while (!lines.done && !closing.test(lines.current));
    if (!lines.done) lines.skip();
    return block('other', lines.since(start));
  }
  if (/^ {0,3}<!--/.test(first)) {
    while (!lines.done && !lines.current.includes('-->')) lines.skip();
    if (!lines.done) lines.skip();
    return block('other', lines.since(start));
  }
  const kind = container.test(first) ? 'other' : 'paragraph';
  for (lines.skip(); !lines.done && !lines.blank; lines.skip()) {
    const next = lines.current;
    if (kind === 'paragraph' && setextUnderline.test(next)) {
      const text = lines.since(start).trim();
      lines.skip();
      return block('heading', text);
    }
    if (atxHeading.test(next) || fence.test(next) || rule.test(next)) break;
  }
  return block(kind, lines.since(start).trim());
}
