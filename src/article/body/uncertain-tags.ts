import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import { isPlayer, playedAddress } from './players.ts';
import { removeComments, useRawOpeners } from './raw-openers.ts';
import { tagsIn } from './tags-in.ts';
import { replaceElements } from './whole-elements.ts';

/**
 * Decides which tags in a text are HTML and which are words. A mention of `<title>` must not swallow the rest of the
 * article, the tags of an unknown component are removed while its content stays, and the `<T>` of a type is text.
 * Content and summary then see the same tags.
 */
export function useUncertainTags(markdown: MarkdownIt): void {
  useRawOpeners(markdown);
  markdown.core.ruler.push('written_tags', ({ tokens }: StateCore) => {
    for (const token of tokens) {
      if (token.type === 'html_block') token.content = fixHtml(replaceElements(withoutDeclarations(token.content)));
      else if (token.children) token.children = resolveTags(token.children);
    }
  });
}

/** Declarations may contain what looks like a tag. Comments stay here, so that lines keep their numbers. */
function withoutDeclarations(html: string): string {
  return /<\?|<!(?!--)/.test(html) ? removeComments(html) : html;
}

/** Elements whose text is for programs or forms: it is removed with them. */
const silent = new Set(['script', 'style', 'textarea']);
/** Elements whose content parsers read as raw text up to the end tag, or never show. */
const swallowing = new Set(
  'title xmp plaintext script style textarea noembed noframes noscript iframe select option'.split(' '),
);
/** The elements among them that swallow the rest of the document if they are never closed. */
const raw = 'title|xmp|plaintext|script|style|textarea|noembed|noframes|iframe';

/** Finds the offset of the last end tag of each element. */
function lastEnds(html: string): ReadonlyMap<string, number> {
  const ends = html.matchAll(new RegExp(`</(${raw})(?=[\\s/>])`, 'gi'));
  return new Map([...ends].map(({ 1: name = '', index }) => [name.toLowerCase(), index]));
}

/** Fixes a block of HTML: elements that are never closed lose their tag, and words between two tags are kept. */
function fixHtml(html: string): string {
  const ends = lastEnds(html);
  const opening = new RegExp(`<(${raw})(?=[\\s/>])[^<>]*>([^\\S\\n]*(?:\\n|$))?`, 'gi');
  return html
    .replace(opening, (tag, name: string, alone: string | undefined, at: number) => {
      if ((ends.get(name.toLowerCase()) ?? -1) > at) return tag;
      if (isFrame(tag)) return `${tag}</${name}>`;
      return alone === undefined && isBare(tag) ? escapeBrackets(tag) : (alone ?? '');
    })
    .replace(/<xmp(?=[\s/>])[^<>]*>(.*?)<\/xmp(?=[\s/>])[^<>]*>?/gis, (_, text: string) => escapeBrackets(text));
}

function escapeBrackets(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

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
    if (name === undefined || !isUncertain(name)) kept.push(token);
    else if (isFrame(token.content)) {
      if (end === undefined) token.content += `</${name}>`;
      else hidden = end;
      kept.push(token);
    } else if (end !== undefined) {
      if (silent.has(name)) hidden = end;
      else if (name === 'noscript') kept.push(token);
    } else if (closing.has(index)) {
      if (name === 'iframe' || name === 'noscript' || isPlayer(name)) kept.push(token);
    } else if (isBare(token.content)) {
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
