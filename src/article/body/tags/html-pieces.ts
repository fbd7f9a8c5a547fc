import { escapeText } from '../../escape.ts';
import { ForeignContent } from './foreign-content.ts';
import { LastEnds } from './last-ends.ts';

/** A part of a text in HTML, as a browser splits it (HTML §13.2.5). */
export interface HtmlPiece {
  /**
   * `raw` is the content of an element that contains no tags, and follows its start tag; such a start tag without its
   * end has none. `cdata` is text in a formula or drawing, with its marks. `open` is the beginning of a tag, comment or
   * declaration that never ends.
   */
  readonly kind: 'text' | 'tag' | 'raw' | 'cdata' | 'comment' | 'open';
  readonly text: string;
  /** Its offset. */
  readonly at: number;
  /** Of a tag, and of the element around raw content, in lower case. */
  readonly name: string;
}

/**
 * Splits HTML into pieces, whose texts together are the HTML. It takes linear time: a search for an end that does not
 * exist is made once, and after a tag that never ends, other tags may not contain `<`. `foreign` is what an earlier
 * text left open.
 */
export function htmlPieces(html: string, foreign = new ForeignContent()): readonly HtmlPiece[] {
  const pieces: HtmlPiece[] = [];
  const ends = new LastEnds(html);
  let isBroken = false;
  let from = 0;
  const add = (kind: HtmlPiece['kind'], at: number, end: number, name = ''): void => {
    if (at > from) pieces.push({ kind: 'text', text: html.slice(from, at), at: from, name: '' });
    pieces.push({ kind, text: html.slice(at, end), at, name });
    from = end;
  };
  const endOf = (inner: number): number | undefined => {
    const end = isBroken ? endOfPlainTag(html, inner) : endOfTag(html, inner);
    isBroken ||= end === undefined;
    return end;
  };
  for (;;) {
    opening.lastIndex = from;
    const found = opening.exec(html);
    if (found === null) break;
    const { 0: opened, 1: solidus, 2: written, index: at } = found;
    const inner = at + opened.length;
    if (written === undefined) {
      const isCdata = /^<!\[CDATA\[$/.test(opened) && foreign.isInside;
      const end = isCdata ? firstEnd(html, /\]\]>/g, inner, ends) : endOfComment(html, opened, at, ends);
      add(end === undefined ? 'open' : isCdata ? 'cdata' : 'comment', at, end ?? inner);
      continue;
    }
    const name = written.toLowerCase();
    const end = endOf(inner);
    add(end === undefined ? 'open' : 'tag', at, end ?? inner, name);
    if (end === undefined) continue;
    foreign.read(html.slice(at, end), name);
    if (solidus === '/' || !rawElements.has(name)) continue;
    const close = new RegExp(`</${name}(?=[\\s/>])`, 'gi');
    if (!ends.has(close, end)) continue;
    close.lastIndex = end;
    const rawEnd = close.exec(html)?.index ?? end;
    if (endOf(close.lastIndex) === undefined) continue;
    pieces.push({ kind: 'raw', text: html.slice(end, rawEnd), at: end, name });
    from = rawEnd;
  }
  if (from < html.length) pieces.push({ kind: 'text', text: html.slice(from), at: from, name: '' });
  return pieces;
}

/** The elements whose content contains no tags (HTML §13.2.6.4.7). */
export const rawElements: ReadonlySet<string> = new Set(
  'script style textarea title xmp iframe noembed noframes plaintext'.split(' '),
);

/** The beginning of a comment, a declaration or a tag. */
const opening = /<(?:!--|!\[CDATA\[|![a-z]*|\?|\/(?![a-z])|(\/?)([a-z][^\s/>]*))/gi;

/** A comment ends at `-->`, at `--!>`, or at once (HTML §13.2.5.43); everything else of the kind at `>`. */
function endOfComment(html: string, opened: string, at: number, ends: LastEnds): number | undefined {
  const inner = at + opened.length;
  if (opened !== '<!--') return firstEnd(html, />/g, at + 2, ends);
  atOnce.lastIndex = inner;
  return atOnce.test(html) ? atOnce.lastIndex : firstEnd(html, /--!?>/g, inner, ends);
}

const atOnce = /-?>/y;

function firstEnd(html: string, end: RegExp, from: number, ends: LastEnds): number | undefined {
  if (!ends.has(end, from)) return undefined;
  end.lastIndex = from;
  end.exec(html);
  return end.lastIndex;
}

/** Returns the offset after a tag; a value in quotation marks may contain `>`. */
function endOfTag(html: string, from: number): number | undefined {
  let at = from;
  while (at < html.length) {
    if (html[at] === '>') return at + 1;
    attribute.lastIndex = at;
    const [written = '', mark] = attribute.exec(html) ?? [];
    at += written.length;
    if (mark === undefined) continue;
    at = html.indexOf(mark, at) + 1;
    if (at === 0) return undefined;
  }
  return undefined;
}

/** White space and an attribute (HTML §13.2.5.32 to 37), up to the quotation mark if its value has one. */
const attribute = /[\s/]*(?:[^\s/>][^\s/>=]*(?:\s*=\s*(?:(["'])|[^\s>]*))?)?/y;

function endOfPlainTag(html: string, from: number): number | undefined {
  plainRest.lastIndex = from;
  return plainRest.test(html) ? plainRest.lastIndex : undefined;
}

const plainRest = /(?:[^<>"']|"[^<>"]*"|'[^<>']*')*>/y;

/**
 * Removes comments, declarations, scripts and styles from HTML as browsers read them. A comment that never ends is
 * written as text, and so is the content of elements that contain no tags.
 */
export function removeComments(html: string): string {
  return htmlPieces(html).map(withoutComment).join('');
}

function withoutComment(piece: HtmlPiece): string {
  const { kind, text } = piece;
  if (kind === 'comment') return '';
  if (kind === 'raw') return silentElements.has(piece.name) ? '' : readRaw(piece, removeComments);
  if (kind === 'tag') return plainTag(text);
  if (kind === 'text') return plainText(text);
  if (kind === 'cdata') return cdataAsText(text);
  // A tag that never ends is removed, as in browsers: a shortened text may end in one.
  return kind === 'open' && piece.name === '' ? escapeText(text) : text;
}

/** Raw elements whose text is for programs or forms: it is removed with them. */
export const silentElements: ReadonlySet<string> = new Set(['script', 'style', 'textarea']);

/** Escapes raw content so that it stays in one piece. Browsers show it as text, or show what the element embeds. */
export function readRaw({ name, text }: HtmlPiece, read: (html: string) => string): string {
  return name === 'title' || name === 'xmp' ? text.replaceAll('<', '&lt;').replaceAll('>', '&gt;') : read(text);
}

/** Writes `<![CDATA[…]]>` as escaped text. */
export function cdataAsText(text: string): string {
  return escapeText(text.slice('<![CDATA['.length, -']]>'.length));
}

/** Escapes the `<` of a text, which together with what follows a removed comment could become a tag. */
export function plainText(text: string): string {
  return text.replaceAll('<', '&lt;');
}

/** Escapes the angle brackets inside a tag, so that everyone finds the same end of it. */
export function plainTag(tag: string): string {
  if (tag.lastIndexOf('<') === 0 && tag.indexOf('>') === tag.length - 1) return tag;
  return `<${tag.slice(1, -1).replaceAll('<', '&lt;').replaceAll('>', '&gt;')}>`;
}
