import type { MarkdownIt, StateInline } from 'markdown-it';
import { escapeText } from '../escape.ts';
import { type HtmlPiece, htmlPieces } from './html-pieces.ts';
import { decodeText, tagsIn } from './tags-in.ts';

/**
 * Keeps formulas and drawings in one piece, which Markdown would take apart: `<math>` and `<svg>` become one token
 * each, the hidden copy of a formula is removed, and emphasis leaves TeX between dollar signs alone.
 */
export function useWholeElements(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('html_inline', 'whole_element', readElement);
  markdown.inline.ruler.before('emphasis', 'tex', readTex);
}

function readElement(state: StateInline, silent: boolean): boolean {
  const { pos, posMax, src } = state;
  if (src.charCodeAt(pos) !== 0x3c || !wholeStart.test(src.slice(pos, pos + longestTag))) return false;
  let ends = state.env.elementEnds as ElementEnds | undefined;
  if (ends?.text !== src) {
    ends = new ElementEnds(src);
    state.env.elementEnds = ends;
  }
  const end = ends.endOf(pos);
  if (end === undefined || end > posMax) return false;
  if (!silent) {
    const written = src.slice(pos, end);
    const content = replaceElements(written);
    if (content.startsWith('<')) state.push('html_inline', '', 0).content = content;
    else if (content !== '') state.push('text', '', 0).content = drawingText(written);
  }
  state.pos = end;
  return true;
}

const longestTag = 2000;
/** A start tag as Markdown accepts it (CommonMark §6.6); anything else is text there. */
const wholeStart =
  /^<(?:math|svg|span|nobr|mjx-math)(?:\s+[a-z_:][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>/i;

/** Pandoc's and GitHub's rule: no space inside the dollar signs, and no digit after the last one. */
function readTex(state: StateInline, silent: boolean): boolean {
  const { pos, posMax, src } = state;
  if (src.charCodeAt(pos) !== 0x24) return false;
  tex.lastIndex = pos;
  const [written] = tex.exec(src) ?? [];
  if (written === undefined || pos + written.length > posMax || !/[*_\\~]/.test(written)) return false;
  if (!silent) state.push('text', '', 0).content = written;
  state.pos += written.length;
  return true;
}

const tex = /\$\$(?!\$)[^$]{1,5000}\$\$|\$(?![\s$])(?:[^$\\\n]|\\[^\n]){0,500}?(?<!\s)\$(?![\d$])/y;

/** Finds the ends of elements in one text, which is split once. */
class ElementEnds {
  readonly text: string;
  readonly #ends = new Map<number, { readonly tag: string; readonly end: number }>();

  constructor(text: string) {
    this.text = text;
    const open = new Map<string, HtmlPiece[]>();
    for (const piece of htmlPieces(text)) {
      const { kind, name, text: tag, at } = piece;
      // It ends a drawing in browsers (HTML §13.2.6.5).
      if (/^<\/(?:p|br)$/.test(`<${tag[1]}${name}`)) open.delete('svg');
      if (kind !== 'tag' || !wholeNames.has(name)) continue;
      const starts = open.get(name) ?? [];
      open.set(name, starts);
      const start = tag.endsWith('/>') ? piece : tag[1] === '/' ? starts.pop() : undefined;
      if (start !== undefined) this.#ends.set(start.at, { tag: start.text, end: at + tag.length });
      else if (tag[1] !== '/') starts.push(piece);
    }
  }

  /** Returns the end of the element that begins at an offset; `undefined` if it is never closed or not one of ours. */
  endOf(at: number): number | undefined {
    const { tag = '', end } = this.#ends.get(at) ?? {};
    return /^<(?:math|svg)/i.test(tag) || isCopy(tag) ? end : undefined;
  }
}

const wholeNames = new Set(['math', 'svg', 'span', 'nobr', 'mjx-math']);

/** Reports whether a tag begins the copy of a formula that is drawn by style sheets, beside its MathML. */
function isCopy(tag: string): boolean {
  const [{ name, attributes } = { name: '', attributes: {} as Record<string, string> }] = tagsIn(tag);
  if (attributes['aria-hidden'] !== 'true') return false;
  return name === 'span' ? /\bkatex-html\b|\bMathJax_/.test(attributes.class ?? '') : /^(?:nobr|mjx-math)$/.test(name);
}

/** Removes copies of formulas from HTML, and replaces drawings by their text, since feeds cannot carry them safely. */
export function replaceElements(html: string): string {
  if (!/<svg|aria-hidden/i.test(html)) return html;
  const ends = new ElementEnds(html);
  let replaced = '';
  let from = 0;
  for (const { index } of html.matchAll(/<(?:svg|span|nobr|mjx-math)(?=[\s>])/gi)) {
    if (index < from) continue;
    const end = ends.endOf(index);
    if (end === undefined) continue;
    const isDrawing = /^<svg/i.test(html.slice(index, index + 4));
    replaced += html.slice(from, index) + (isDrawing ? escapeText(drawingText(html.slice(index, end))) : '');
    from = end;
  }
  return replaced + html.slice(from);
}

/** Returns what an SVG drawing says: its label, or its title and description, or else the words that it draws. */
function drawingText(svg: string): string {
  const [{ attributes } = { attributes: {} as Record<string, string> }] = tagsIn(svg);
  if (attributes['aria-hidden'] === 'true') return '';
  const part = (name: string): string =>
    new RegExp(`<${name}(?:\\s[^<>]*)?>([^<]*)</${name}\\s*>`, 'i').exec(svg)?.[1]?.trim() ?? '';
  const label = attributes['aria-label']?.trim() || [part('title'), part('desc')].filter(Boolean).join(': ');
  return decodeText(label || drawnWords(svg));
}

function drawnWords(svg: string): string {
  return [...svg.matchAll(/<text(?:\s[^<>]*)?>(.*?)<\/text\s*>/gis)]
    .map(([, words = '']) => words.replace(/<[^<>]*>/g, ''))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}
