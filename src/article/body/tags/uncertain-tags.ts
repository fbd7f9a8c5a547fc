import type { Env, MarkdownIt, StateCore, Token } from 'markdown-it';
import { escapeText } from '../../escape.ts';
import { ForeignContent } from './foreign-content.ts';
import { cdataAsText, htmlPieces, plainTag, plainText, rawElements, readRaw, silentElements } from './html-pieces.ts';
import { noteOpenFormulas } from './open-formulas.ts';
import { isPlayer, playedAddress } from './players.ts';
import { noteUnclosed, useRawOpeners } from './raw-openers.ts';
import { tagsIn } from './tags-in.ts';
import { replaceElements } from './whole-elements.ts';

/**
 * Decides which tags in a text are HTML and which are words. A mention of `<title>` must not swallow the rest of the
 * article, the tags of an unknown component are removed while its content stays, and the `<T>` of a type is text.
 * Content and summary then see the same tags.
 */
export function useUncertainTags(markdown: MarkdownIt): void {
  useRawOpeners(markdown);
  markdown.core.ruler.push('written_tags', ({ src, tokens, env }: StateCore) => {
    if (/<(?:math|svg)/i.test(src)) noteOpenFormulas(tokens, env);
    let foreign = new ForeignContent();
    for (const token of tokens) {
      // Blocks of Markdown end a formula or drawing; a block of HTML goes on in it.
      if (token.type !== 'html_block' && foreign.isOpen) foreign = new ForeignContent();
      if (token.type === 'html_block') fixBlock(token, env, foreign);
      else if (token.children) token.children = resolveTags(token.children);
    }
  });
}

/** Fixes a block of HTML, and lists what never ends in `env.unclosed`. */
function fixBlock(token: Token, env: Env, foreign: ForeignContent): void {
  const { content, map } = token;
  let line = map?.[0] ?? 0;
  let counted = 0;
  const note = (text: string, at: number): void => {
    line += content.slice(counted, at).split('\n').length - 1;
    counted = at;
    noteUnclosed(env, { text, line });
  };
  const fixed = fixHtml(content, note, foreign);
  token.content = replaceElements(fixed).replace(svgTag, '');
}

/** A tag of a drawing without its other tag. Together with one in another block it would hide what is between them. */
const svgTag = /<\/?svg(?=[\s/>])[^<>]*>/gi;

/** Elements whose content parsers read as raw text up to the end tag, or never show. */
const swallowing = new Set(
  'title xmp plaintext script style textarea noembed noframes noscript iframe select option'.split(' '),
);
/**
 * Fixes a block of HTML: elements that are never closed lose their tag, other HTML that never ends becomes text, and
 * words between two tags are kept. Calls `onOpen` with the HTML that never ends and its offset. Comments lose their
 * text, but keep their line ends, so that lines keep their numbers.
 */
function fixHtml(html: string, onOpen: (text: string, at: number) => void, foreign?: ForeignContent): string {
  const pieces = htmlPieces(html, foreign);
  return pieces
    .map((piece, index) => {
      const { kind, text, at, name } = piece;
      if (kind === 'comment') {
        const lineEnds = text.replace(/[^\n]/g, '');
        return plainComment.test(text) ? `<!--${lineEnds}-->` : lineEnds;
      }
      if (kind === 'raw')
        return silentElements.has(name)
          ? text
          : readRaw(piece, (inner) => fixHtml(inner, (open, inside) => onOpen(open, at + inside)));
      if (kind === 'cdata') return cdataAsText(text);
      if (kind === 'open') onOpen(text, at);
      if (kind !== 'tag') return kind === 'open' ? escapeText(text) : plainText(text);
      const tag = plainTag(text);
      if (name === 'xmp' && (tag[1] === '/' || pieces[index + 1]?.kind === 'raw')) return '';
      if (tag[1] === '/' || !rawElements.has(name) || pieces[index + 1]?.kind === 'raw') return tag;
      if (isFrame(tag)) return `${tag}</${name}>`;
      onOpen(text.slice(0, 1 + name.length), at);
      const isAlone = /^[^\S\n]*(?:\n|$)/.test(pieces[index + 1]?.text ?? '');
      return !isAlone && isBare(tag) ? escapeText(tag) : '';
    })
    .join('');
}

/** A comment that all parsers of HTML end at the same place. */
const plainComment = /^<!--(?!-?>)(?:(?!--!>)[\s\S])*-->$/;

function isBare(tag: string): boolean {
  return /^<\/?[a-z][a-z0-9-]*>$/i.test(tag);
}

/**
 * Shows the tags that one line of plain text only mentions: "Styling <details>". A pair of tags is markup, and a tag
 * that separates words is a space.
 */
export function showMentions(tokens: readonly Token[]): Token[] {
  const pairs = pairsOf(tokens, () => true);
  const paired = new Set([...pairs.keys(), ...pairs.values()]);
  for (const [index, token] of tokens.entries())
    if (
      token.type === 'html_inline' &&
      !paired.has(index) &&
      isBare(token.content) &&
      !/^<(?:br|hr|wbr)>/i.test(token.content)
    )
      token.type = 'text';
  return [...tokens];
}

/** Decides about the tags in one run of text. */
function resolveTags(tokens: readonly Token[]): Token[] {
  const pairs = pairsOf(tokens);
  const closing = new Set(pairs.values());
  const kept: Token[] = [];
  // Up to this index, text is removed with the element that contains it.
  let hidden = -1;
  for (const [index, token] of tokens.entries()) {
    const end = pairs.get(index);
    const name = nameOf(token);
    if (index < hidden && token.nesting === 0) continue;
    // The alternative text of a picture is plain text.
    if (token.children) token.children = resolveTags(token.children).filter(({ type }) => type !== 'html_inline');
    if (name === 'svg') continue;
    if (name === undefined || !isUncertain(name)) kept.push(token);
    else if (isFrame(token.content)) {
      if (end === undefined) token.content += `</${name}>`;
      else hidden = end;
      kept.push(token);
    } else if (end !== undefined) {
      if (silentElements.has(name)) hidden = end;
      else if (name === 'noscript') kept.push(token);
    } else if (closing.has(index)) {
      if (name === 'iframe' || name === 'noscript' || isPlayer(name)) kept.push(token);
    } else if (isBare(token.content) || /[<>]/.test(token.content.slice(1, -1))) {
      token.type = 'text';
      kept.push(token);
    }
  }
  return kept;
}

/** Pairs start tags with their end tags. */
function pairsOf(tokens: readonly Token[], isMeant = isUncertain): ReadonlyMap<number, number> {
  const open = new Map<string, number[]>();
  const pairs = new Map<number, number>();
  for (const [index, token] of tokens.entries()) {
    const name = nameOf(token);
    if (name === undefined || !isMeant(name) || token.content.endsWith('/>')) continue;
    if (token.content[1] !== '/') {
      const starts = open.get(name) ?? [];
      open.set(name, starts);
      starts.push(index);
      continue;
    }
    const start = open.get(name)?.pop();
    if (start !== undefined) pairs.set(start, index);
  }
  return pairs;
}

function nameOf({ type, content }: Token): string | undefined {
  if (type !== 'html_inline') return undefined;
  return /^<\/?([a-z][a-z0-9-]*)(?=[\s/>])/i.exec(content)?.[1]?.toLowerCase();
}

function isUncertain(name: string): boolean {
  return swallowing.has(name) || !elements.has(name);
}

/**
 * A frame with an address becomes a link. Its content is removed, or stays as the rest of the text if it never ends.
 */
function isFrame(tag: string): boolean {
  const [{ name, attributes } = { name: '', attributes: {} }] = tagsIn(tag);
  return isPlayer(name)
    ? playedAddress(name, attributes) !== undefined
    : /^<iframe\s(?:[^>]*\s)?(?:data-(?:lazy-)?)?src\s*=/i.test(tag);
}

/** All elements that browsers know or once knew. */
const elements = new Set(
  (
    'annotation annotation-xml maction menclose merror mfenced mfrac mmultiscripts mover mpadded mphantom mprescripts ' +
    'mroot mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtr munder munderover none semantics ' +
    'a abbr acronym address amp-anim amp-audio amp-img amp-video animate applet area article aside audio b base basefont bdi bdo bgsound big blink ' +
    'blockquote body br button canvas caption center cite circle code col colgroup command content data datalist dd ' +
    'defs del desc details dfn dialog dir div dl dt element em embed fieldset figcaption figure font footer ' +
    'foreignobject form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins ' +
    'isindex kbd keygen label legend li line link listing main map mark marquee math menu menuitem meta meter mglyph ' +
    'mi mn mo model-viewer ms mtext multicol nav nobr noembed noframes noscript object ol optgroup option output p param path ' +
    'picture plaintext polygon portal pre progress q rb rect rp rt rtc ruby s samp script search section select set ' +
    'shadow slot small source spacer span strike strong style sub summary sup svg table tbody td template text ' +
    'textarea tfoot th thead time title tr track tt u ul use var video wbr xml xmp'
  ).split(' '),
);
