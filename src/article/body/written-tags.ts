import type { MarkdownIt, StateBlock, StateCore, Token } from 'markdown-it';

/**
 * Settles which tags of a text are HTML and which are words: a mention of `<title>` must not swallow the article as
 * the element would, the two tags of a component go while its text stays, and the `<T>` of a type is what the author
 * wrote. What comes after, be it content or summary, sees the same tags.
 */
export function useWrittenTags(markdown: MarkdownIt): void {
  markdown.block.ruler.before('html_block', 'unclosed_html', readUnclosed);
  markdown.core.ruler.push('written_tags', ({ tokens }: StateCore) => {
    for (const token of tokens) {
      if (token.type === 'html_block') token.content = settledHtml(token.content);
      else if (token.children) token.children = settledRun(token.children);
    }
  });
}

/** Elements whose text is for programs or forms: it goes with them. */
const silent = new Set(['script', 'style', 'textarea']);
/** Elements whose content parsers take for text up to the end tag, or for nothing that is shown. */
const swallowing = new Set(
  'title xmp plaintext script style textarea noembed noframes noscript iframe select option'.split(' '),
);
/** Those of them which, when they have no end, take the rest with them. */
const raw = 'title|xmp|plaintext|script|style|textarea|noembed|noframes|iframe';

/** Reads what begins like HTML that goes on over blank lines (CommonMark §4.6, condition 1) but never ends. */
function readUnclosed(state: StateBlock, start: number, end: number, isTrial: boolean): boolean {
  if (isTrial || (state.sCount[start] ?? 0) - state.blkIndent >= 4) return false;
  const at = (state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0);
  const name = /^<(script|style|textarea)(?=[\s>]|$)/i.exec(state.src.slice(at, state.eMarks[start]))?.[1];
  if (name === undefined) return false;
  // Once a text, or many of them would take the square of its length.
  state.env.lastEnds ??= lastEnds(state.src);
  const lastEnd = (state.env.lastEnds as ReadonlyMap<string, number>).get(name.toLowerCase()) ?? -1;
  const paragraph = state.md.block.ruler.getRules('').at(-1);
  return lastEnd < at && paragraph?.(state, start, end, false) === true;
}

/** Where the last end tag of each element stands. */
function lastEnds(html: string): ReadonlyMap<string, number> {
  const ends = html.matchAll(new RegExp(`</(${raw})(?=[\\s/>])`, 'gi'));
  return new Map([...ends].map(({ 1: name = '', index }) => [name.toLowerCase(), index]));
}

/** Mends a block of HTML: elements that never end lose their tag, and words between two tags are kept. */
function settledHtml(html: string): string {
  const ends = lastEnds(html);
  const opening = new RegExp(`<(${raw})(?=[\\s/>])[^<>]*>([^\\S\\n]*(?:\\n|$))?`, 'gi');
  return html
    .replace(opening, (tag, name: string, alone: string | undefined, at: number) => {
      if ((ends.get(name.toLowerCase()) ?? -1) > at) return tag;
      if (showsFrame(tag)) return `${tag}${frameEnd}`;
      return alone === undefined && isBare(tag) ? escaped(tag) : (alone ?? '');
    })
    .replace(/<xmp(?=[\s/>])[^<>]*>(.*?)<\/xmp(?=[\s/>])[^<>]*>?/gis, (_, text: string) => escaped(text));
}

function escaped(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function isBare(tag: string): boolean {
  return /^<\/?[a-z][a-z0-9]*>$/i.test(tag);
}

/** Settles the tags of one run of text. */
function settledRun(tokens: readonly Token[]): Token[] {
  const pairs = pairsOf(tokens);
  const closing = new Set(pairs.values());
  const settled: Token[] = [];
  // The place up to which text goes with the element that it stands in.
  let hidden = -1;
  for (const [index, token] of tokens.entries()) {
    const end = pairs.get(index);
    const name = nameOf(token);
    if (index < hidden && token.nesting === 0) continue;
    // The alternative text of a picture is plain.
    if (token.children)
      token.children = settledRun(token.children).filter(({ type }) => type !== 'html_inline');
    if (name === undefined || !isUncertain(name)) settled.push(token);
    else if (showsFrame(token.content)) {
      if (end === undefined) token.content += frameEnd;
      else hidden = end;
      settled.push(token);
    } else if (end !== undefined) {
      if (silent.has(name)) hidden = end;
    } else if (closing.has(index)) {
      if (name === 'iframe') settled.push(token);
    } else if (isBare(token.content)) {
      token.type = 'text';
      settled.push(token);
    }
  }
  return settled;
}

/** Finds the tags that belong together, each start with its end. */
function pairsOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const open = new Map<string, number[]>();
  const pairs = new Map<number, number>();
  for (const [index, token] of tokens.entries()) {
    const name = nameOf(token);
    if (name === undefined || !isUncertain(name) || token.content.endsWith('/>')) continue;
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

/** A frame that shows something becomes a link; its content goes, or, if it never ends, stays as the rest of the text. */
function showsFrame(tag: string): boolean {
  return /^<iframe\s(?:[^>]*\s)?(?:data-)?src\s*=/i.test(tag);
}

const frameEnd = '</iframe>';

/** All that browsers know or knew. */
const elements = new Set(
  (
    'a abbr acronym address animate applet area article aside audio b base basefont bdi bdo bgsound big blink ' +
    'blockquote body br button canvas caption center cite circle code col colgroup command content data datalist dd ' +
    'defs del desc details dfn dialog dir div dl dt element em embed fieldset figcaption figure font footer ' +
    'foreignobject form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins ' +
    'isindex kbd keygen label legend li line link listing main map mark marquee math menu menuitem meta meter mglyph ' +
    'mi mn mo ms mtext multicol nav nobr noembed noframes noscript object ol optgroup option output p param path ' +
    'picture plaintext polygon portal pre progress q rb rect rp rt rtc ruby s samp script search section select set ' +
    'shadow slot small source spacer span strike strong style sub summary sup svg table tbody td template text ' +
    'textarea tfoot th thead time title tr track tt u ul use var video wbr xml xmp'
  ).split(' '),
);
