import type { MarkdownIt, StateInline } from 'markdown-it';
import { escapeText } from '../escape.ts';
import { decodeText, tagsIn } from './tags-in.ts';

/**
 * Keeps formulas and drawings in one piece, which Markdown would take apart: `<math>` and `<svg>` become one token each,
 * the hidden copy of a formula is removed, and emphasis leaves TeX between dollar signs alone.
 */
export function useWholeElements(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('html_inline', 'whole_element', readElement);
  markdown.inline.ruler.before('emphasis', 'tex', readTex);
}

function readElement(state: StateInline, silent: boolean): boolean {
  const { pos, posMax, src } = state;
  if (src.charCodeAt(pos) !== 0x3c || !wholeStart.test(src.slice(pos, pos + 40))) return false;
  const end = endOfElement(src.slice(0, posMax), pos);
  if (end === undefined) return false;
  if (!silent) {
    const written = src.slice(pos, end);
    const content = replaceElements(written);
    if (content.startsWith('<')) state.push('html_inline', '', 0).content = content;
    else if (content !== '') state.push('text', '', 0).content = drawingText(written);
  }
  state.pos = end;
  return true;
}

const wholeStart = /^<(?:math|svg|span|nobr|mjx-math)(?=[\s>])/i;

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

/** Finds the end of the element that begins at an offset; `undefined` if it is never closed or not one of ours. */
function endOfElement(html: string, at: number): number | undefined {
  const [tag, name = ''] = /^<([a-z][a-z0-9-]*)(?:\s[^<>]*)?>/i.exec(html.slice(at, at + 2000)) ?? [];
  if (tag === undefined || (!/^(?:math|svg)$/i.test(name) && !isCopy(tag))) return undefined;
  if (tag.endsWith('/>')) return at + tag.length;
  const tags = new RegExp(`<(/?)${name}(?=[\\s/>])[^<>]*>`, 'gi');
  tags.lastIndex = at;
  let depth = 0;
  for (let found = tags.exec(html); found !== null; found = tags.exec(html)) {
    if (found[1] === '/') depth--;
    else if (!found[0].endsWith('/>')) depth++;
    if (depth === 0) return tags.lastIndex;
  }
  return undefined;
}

/** Reports whether a tag begins the copy of a formula that is drawn by style sheets, beside its MathML. */
function isCopy(tag: string): boolean {
  const [{ name, attributes } = { name: '', attributes: {} as Record<string, string> }] = tagsIn(tag);
  if (attributes['aria-hidden'] !== 'true') return false;
  return name === 'span' ? /\bkatex-html\b|\bMathJax_/.test(attributes.class ?? '') : /^(?:nobr|mjx-math)$/.test(name);
}

/** Removes copies of formulas from HTML, and replaces drawings by their text, since feeds cannot carry them safely. */
export function replaceElements(html: string): string {
  if (!/<svg|aria-hidden/i.test(html)) return html;
  let replaced = '';
  let from = 0;
  for (const { index } of html.matchAll(/<(?:svg|span|nobr|mjx-math)(?=[\s>])/gi)) {
    if (index < from) continue;
    const end = endOfElement(html, index);
    if (end === undefined) continue;
    const isDrawing = /^<svg/i.test(html.slice(index, index + 4));
    replaced += html.slice(from, index) + (isDrawing ? escapeText(drawingText(html.slice(index, end))) : '');
    from = end;
  }
  return replaced + html.slice(from);
}

/** Returns what an SVG drawing says to those who cannot see it: its label, or its title and description. */
function drawingText(svg: string): string {
  const [{ attributes } = { attributes: {} as Record<string, string> }] = tagsIn(svg);
  if (attributes['aria-hidden'] === 'true') return '';
  const part = (name: string): string =>
    new RegExp(`<${name}(?:\\s[^<>]*)?>([^<]*)</${name}\\s*>`, 'i').exec(svg)?.[1]?.trim() ?? '';
  const label = attributes['aria-label']?.trim() || [part('title'), part('desc')].filter(Boolean).join(': ');
  return label === '' ? '' : decodeText(label);
}
