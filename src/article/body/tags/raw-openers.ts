import type { Env, MarkdownIt, StateBlock } from 'markdown-it';
import { htmlPieces } from './html-pieces.ts';
import { LastEnds, type LineOpener } from './last-ends.ts';

/** A piece of HTML that a parser reads as a whole, up to its own end, and where it stands. */
export interface Opener {
  /** As written: `<!--`, `<![CDATA[`, `<?`, `<!doctype`, `<style` or `<math`. */
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

/** Returns the opener at the start of a text, with the expression for its end. */
export function openerAt(line: string): LineOpener | undefined {
  for (const [start, end] of openers) {
    const [text, name = ''] = start.exec(line) ?? [];
    if (text !== undefined) return { text, end: end(name) };
  }
  return undefined;
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

/**
 * The start of HTML that ends at a blank line (CommonMark §4.6, conditions 6 and 7): a block-level tag, or any tag
 * alone on its line.
 */
export const htmlBlock =
  /^ {0,3}<\/?(?:(?:address|article|aside|blockquote|body|center|details|dialog|div|d[dlt]|fieldset|figcaption|figure|footer|form|h[1-6r]|header|html|iframe|legend|li|link|main|menu|nav|ol|p|section|summary|table|tbody|t[dhr]|tfoot|thead|ul)(?:[\s/>]|$)|[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>[ \t]*$)/i;

/** Reads HTML with a comment that continues over blank lines, which would otherwise show the rest of the comment. */
function readOpenComment(state: StateBlock, start: number, end: number, isTrial: boolean): boolean {
  const lineAt = (line: number): string => state.src.slice(state.bMarks[line], state.eMarks[line]);
  if (isTrial || (state.sCount[start] ?? 0) - state.blkIndent >= 4 || !htmlBlock.test(lineAt(start).trimStart()))
    return false;
  const isOutside = (line: number): boolean =>
    line > start && (state.sCount[line] ?? 0) < state.blkIndent && !state.isEmpty(line);
  const nextBlank = (from: number): number => {
    let line = from;
    while (line < end && !state.isEmpty(line) && !isOutside(line)) line++;
    return line;
  };
  let next = nextBlank(start);
  let html = state.getLines(start, next, state.blkIndent, false);
  while (leavesCommentOpen(html)) {
    if (!hasEndAfter(state, next)) return false;
    while (next < end && !isOutside(next) && !commentEnd.test(lineAt(next))) next++;
    if (next === end || isOutside(next)) return false;
    const rest = nextBlank(next);
    html = state.getLines(next, rest, state.blkIndent, false).replace(upToCommentEnd, '');
    next = rest;
  }
  const content = state.getLines(start, next, state.blkIndent, true);
  if (!/\n[ \t]*\n/.test(content)) return false;
  state.line = next;
  const token = state.push('html_block', '', 0);
  token.map = [start, next];
  token.content = content;
  return true;
}

function leavesCommentOpen(html: string): boolean {
  // After a tag without its end, nothing is certain to be a comment.
  return html.includes('<!--') && htmlPieces(html).find(({ kind }) => kind === 'open')?.text === '<!--';
}

const commentEnd = /--!?>/;
const upToCommentEnd = /^[\s\S]*?--!?>/;

function hasEndAfter(state: StateBlock, line: number): boolean {
  state.env.lastEnds ??= new LastEnds(state.src);
  return (state.env.lastEnds as LastEnds).has(/--!?>/g, state.bMarks[line] ?? 0);
}
