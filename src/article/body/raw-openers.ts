import type { Env, MarkdownIt, StateBlock } from 'markdown-it';

/** A piece of HTML that a parser reads as a whole, up to its own end, and where it stands. */
export interface Opener {
  /** As written: `<!--`, `<![CDATA[`, `<?`, `<!doctype` or `<style`. */
  readonly text: string;
  /** Its line in the text, counted from 0. */
  readonly line: number;
}

/**
 * What opens HTML that continues over blank lines (CommonMark §4.6, conditions 1 to 5), and the end that parsers of
 * HTML accept (HTML §13.2.5): an end tag may have a solidus or attributes.
 */
const openers: readonly (readonly [start: RegExp, end: (name: string) => RegExp])[] = [
  [/^<(script|pre|style|textarea)(?=[\s>]|$)/i, (name) => new RegExp(`</${name}(?=[\\s/>]|$)`, 'gi')],
  [/^<!--/, () => /--!?>/g],
  [/^<\?/, () => /\?>/g],
  [/^<!\[CDATA\[/, () => /\]\]>/g],
  [/^<![a-z]/i, () => />/g],
];

/** An opener at the start of a line. */
interface LineOpener {
  readonly text: string;
  readonly end: RegExp;
}

/** Returns the opener at the start of a text, with the expression for its end. */
export function openerAt(line: string): LineOpener | undefined {
  for (const [start, end] of openers) {
    const [text, name = ''] = start.exec(line) ?? [];
    if (text !== undefined) return { text, end: end(name) };
  }
  return undefined;
}

/** Finds the last end of each kind of opener; searching once for each opener would take quadratic time. */
export class LastEnds {
  readonly #text: string;
  readonly #known = new Map<string, number>();
  /** For each text, where it was last looked for and where it was found. */
  readonly #places = new Map<string, readonly [from: number, at: number]>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Reports whether an end comes at or after an offset. */
  has(end: RegExp, from: number): boolean {
    let last = this.#known.get(end.source);
    if (last === undefined) {
      last = -1;
      for (const { index } of this.#text.matchAll(end)) last = index;
      this.#known.set(end.source, last);
    }
    return last >= from;
  }

  /** Reports whether an opener ends after an offset. A declaration ends before a blank line. */
  close({ text, end }: LineOpener, from: number): boolean {
    if (!/^<![a-z]/i.test(text)) return this.has(end, from);
    return this.#next('>', from) < this.#next('\n\n', from);
  }

  /** Finds the next place of a text. Asked for rising offsets, it passes over each character once. */
  #next(part: string, from: number): number {
    const [since, before = -1] = this.#places.get(part) ?? [];
    if (since !== undefined && since <= from && from <= before) return before;
    const found = this.#text.indexOf(part, from);
    const at = found === -1 ? Number.POSITIVE_INFINITY : found;
    this.#places.set(part, [from, at]);
    return at;
  }
}

/**
 * Reads raw HTML up to its own end, and an opener that has no end as text: nothing may swallow the rest of an article.
 * The openers without an end are listed in `env.unclosed`.
 */
export function useRawOpeners(markdown: MarkdownIt): void {
  markdown.block.ruler.before('html_block', 'raw_opener', readRaw, { alt: ['paragraph', 'reference', 'blockquote'] });
  markdown.block.ruler.before('html_block', 'open_comment', readOpenComment);
}

/** Adds an opener without its end to `env.unclosed`. */
export function noteUnclosed(env: Env, opener: Opener): void {
  env.unclosed ??= [];
  (env.unclosed as Opener[]).push(opener);
}

function readRaw(state: StateBlock, start: number, end: number, isTrial: boolean): boolean {
  if ((state.sCount[start] ?? 0) - state.blkIndent >= 4) return false;
  const at = (state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0);
  if (state.src.charCodeAt(at) !== 0x3c) return false;
  const opener = openerAt(state.src.slice(at, state.eMarks[start]));
  if (opener === undefined) return false;
  state.env.lastEnds ??= new LastEnds(state.src);
  const from = at + opener.text.length;
  if (!(state.env.lastEnds as LastEnds).close(opener, opener.text === '<!--' ? at + 2 : from)) {
    // An unclosed <pre> loses nothing.
    if (isTrial || /^<pre/i.test(opener.text)) return false;
    noteUnclosed(state.env, { text: opener.text, line: start });
    const paragraph = state.md.block.ruler.getRules('').at(-1);
    return paragraph?.(state, start, end, false) === true;
  }
  if (isTrial) return true;
  let next = start;
  for (; next < end && (next === start || (state.sCount[next] ?? 0) >= state.blkIndent); next++) {
    const lineStart = next === start ? (opener.text === '<!--' ? at + 2 : from) : (state.bMarks[next] ?? 0);
    opener.end.lastIndex = 0;
    if (opener.end.test(state.src.slice(lineStart, state.eMarks[next]))) {
      next++;
      break;
    }
  }
  state.line = next;
  const token = state.push('html_block', '', 0);
  token.map = [start, next];
  token.content = state.getLines(start, next, state.blkIndent, true);
  // Its own end was forgotten: it ends where the next one does.
  if (opener.text === '<!--' && token.content.trimStart().lastIndexOf(opener.text) > 0)
    noteUnclosed(state.env, { text: opener.text, line: start });
  return true;
}

/** The start of HTML that ends at a blank line (CommonMark §4.6, conditions 6 and 7): a block-level tag, or any tag alone on its line. */
export const htmlBlock =
  /^ {0,3}<\/?(?:(?:address|article|aside|blockquote|body|center|details|dialog|div|d[dlt]|fieldset|figcaption|figure|footer|form|h[1-6r]|header|html|iframe|legend|li|link|main|menu|nav|ol|p|section|summary|table|tbody|t[dhr]|tfoot|thead|ul)(?:[\s/>]|$)|[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>[ \t]*$)/i;

/** Reads HTML with a comment that continues over blank lines, which would otherwise show the rest of the comment. */
function readOpenComment(state: StateBlock, start: number, end: number, isTrial: boolean): boolean {
  const lineAt = (line: number): string => state.src.slice(state.bMarks[line], state.eMarks[line]);
  if (isTrial || (state.sCount[start] ?? 0) - state.blkIndent >= 4 || !htmlBlock.test(lineAt(start).trimStart()))
    return false;
  let isOpen = false;
  let next = start;
  for (; next < end && (isOpen || !state.isEmpty(next)); next++) {
    if (next > start && (state.sCount[next] ?? 0) < state.blkIndent && !state.isEmpty(next)) break;
    const line = lineAt(next);
    const opened = line.lastIndexOf('<!--');
    const closed = line.lastIndexOf('-->');
    if (opened > closed) isOpen = true;
    else if (closed > -1) isOpen = false;
    if (next > start && state.isEmpty(next) && !hasEndAfter(state, next)) return false;
  }
  const content = state.getLines(start, next, state.blkIndent, true);
  if (isOpen || !/\n[ \t]*\n/.test(content)) return false;
  state.line = next;
  const token = state.push('html_block', '', 0);
  token.map = [start, next];
  token.content = content;
  return true;
}

function hasEndAfter(state: StateBlock, line: number): boolean {
  state.env.lastEnds ??= new LastEnds(state.src);
  return (state.env.lastEnds as LastEnds).has(/--!?>/g, state.bMarks[line] ?? 0);
}
