import type { MarkdownIt, StateInline } from 'markdown-it';
import { escapeText } from '../../escape.ts';
import { ForeignContent } from './foreign-content.ts';
import { cdataAsText, type HtmlPiece, htmlPieces } from './html-pieces.ts';
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
    const content = /^<math/i.test(written) ? replaceElements(closed(written)) : replacementOf(src, pos, end);
    if (content.startsWith('<')) state.push('html_inline', '', 0).content = content;
    else if (content !== '') state.push('text', '', 0).content = decodeText(content);
  }
  state.pos = end;
  return true;
}

/** Escapes the start of what never ends inside an element, and writes `<![CDATA[…]]>` as text. */
function closed(html: string): string {
  return htmlPieces(html)
    .map(({ kind, text }) => (kind === 'open' ? escapeText(text) : kind === 'cdata' ? cdataAsText(text) : text))
    .join('');
}

const longestTag = 2000;
/** A start tag as Markdown accepts it (CommonMark §6.6); anything else is text there. */
const wholeStart =
  /^<(?:math|svg|span|nobr|mjx-math|script)(?:\s+[a-z_:][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*\/?>/i;

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
    const foreign = new ForeignContent();
    for (const piece of htmlPieces(text)) {
      const { kind, name, text: tag, at } = piece;
      if (kind === 'tag' && foreign.read(tag, name)) open.delete('svg');
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
    const isPreview = previewTag.test(tag);
    if (!(/^<(?:math|svg)/i.test(tag) || isPreview || isCopy(tag) || isShownScript(tag))) return undefined;
    const isAlone = isPreview && !/^\s*<script\s/i.test(this.text.slice(end, (end ?? 0) + 40));
    return isAlone ? undefined : end;
  }
}

const wholeNames = new Set(['math', 'svg', 'span', 'nobr', 'mjx-math', 'script']);

/** Reports whether a tag begins the copy of a formula that is drawn by style sheets, beside its MathML. */
function isCopy(tag: string): boolean {
  const [{ name, attributes } = { name: '', attributes: {} as Record<string, string> }] = tagsIn(tag);
  if (attributes['aria-hidden'] !== 'true') return false;
  return name === 'span' ? /\bkatex-html\b|\bMathJax_/.test(attributes.class ?? '') : /^(?:nobr|mjx-math)$/.test(name);
}

function isShownScript(tag: string): boolean {
  return formulaScript.test(tag) || embeddingScript.test(tag);
}

/** What MathJax shows until it has drawn the formula of the script that follows. */
const previewTag = /^<span\s[^<>]*\bMathJax_Preview\b/i;
/** Code or a recording of a terminal that a script shows. */
const embeddingScript =
  /^<script\s[^<>]*\bsrc\s*=\s*["']?(?:https?:)?\/\/((?:gist\.github\.com|asciinema\.org|codepen\.io|snippet\.host)\/[\w./-]+?)\.js\b[^<>]*>/i;
/** A formula as MathJax 2 takes it. */
const formulaScript = /^<script\s[^<>]*\btype\s*=\s*["']?math\/(tex|asciimath|mml)\b([^<>]*)>/i;

/**
 * Replaces formulas as {@link replaceFormulas} does, and drawings by their text, since feeds can't carry them safely.
 */
export function replaceElements(html: string): string {
  const shown = html.replace(emptyObject, '<embed$1>');
  return /<svg/i.test(shown)
    ? replaceAll(shown, /<(?:svg|span|nobr|mjx-math|script)(?=[\s>])/gi)
    : replaceFormulas(shown);
}

/** An embedded document without anything to show in its place. */
const emptyObject = /<object(\s[^<>]*)>\s*<\/object>/gi;

/** Removes copies of formulas from HTML, and replaces scripts of MathJax 2 by their TeX, and of gists by a link. */
export function replaceFormulas(html: string): string {
  if (!/aria-hidden|<script\s/i.test(html)) return html;
  return replaceAll(html, /<(?:span|nobr|mjx-math|script)(?=[\s>])/gi);
}

function replaceAll(html: string, starts: RegExp): string {
  const ends = new ElementEnds(html);
  let replaced = '';
  let from = 0;
  for (const { index } of html.matchAll(starts)) {
    if (index < from) continue;
    const end = ends.endOf(index);
    if (end === undefined) continue;
    replaced += html.slice(from, index) + replacementOf(html, index, end);
    from = end;
  }
  return replaced + html.slice(from);
}

/** Returns the HTML that replaces an element; empty for a copy. */
function replacementOf(html: string, start: number, end: number): string {
  const written = html.slice(start, end);
  if (/^<svg/i.test(written)) return escapeText(drawingText(closed(written)));
  const embedded = embeddingScript.exec(written)?.[1];
  if (embedded !== undefined) return `<a href="https://${embedded}">https://${embedded}</a>`;
  const [tag, kind, mode = ''] = formulaScript.exec(written) ?? [];
  // MathJax has drawn the formula already.
  if (tag === undefined || /<\/math>(?:\s*<\/span>)*\s*$/i.test(html.slice(Math.max(0, start - 200), start))) return '';
  const formula = written
    .slice(tag.length)
    .replace(/<\/script\s*>$/i, '')
    .replace(/%?\s*<!\[CDATA\[|%?\s*\]\]>/g, '')
    .trim();
  if (formula === '' || kind?.toLowerCase() === 'mml') return formula;
  const mark = kind?.toLowerCase() !== 'tex' ? '`' : /mode\s*=\s*display/i.test(mode) ? '$$' : '$';
  return escapeText(mark + formula + mark);
}

/** Returns what an SVG drawing says: its label, or its title and description, or else the words that it draws. */
function drawingText(svg: string): string {
  const [{ attributes } = { attributes: {} as Record<string, string> }] = tagsIn(svg);
  if (attributes['aria-hidden'] === 'true') return '';
  const part = (name: string): string =>
    new RegExp(`<${name}(?:\\s[^<>]*)?>([^<]*|<!\\[CDATA\\[[^<]*)</${name}\\s*>`, 'i').exec(svg)?.[1]?.trim() ?? '';
  const label = attributes['aria-label']?.trim() || [part('title'), part('desc')].filter(Boolean).join(': ');
  // A title has no tags, so its <![CDATA[…]]> is still as written.
  return decodeText(label || drawnWords(svg)).replace(/<!\[CDATA\[([^<]*)\]\]>/g, '$1');
}

function drawnWords(svg: string): string {
  return [...svg.matchAll(/<(text|foreignobject)(?:\s[^<>]*)?>(.*?)<\/\1\s*>/gis)]
    .map(([, name = '', words = '']) => words.replace(/<[^<>]*>/g, name.toLowerCase() === 'text' ? '' : ' '))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}
