import type { Root } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';

/** Parses HTML as browsers do. Returns `undefined` for HTML that is nested or long beyond any real article. */
export function parseHtml(html: string): Root | undefined {
  return isExcessive(html) ? undefined : parser.parse(html);
}

/** Verbose nodes know where their tags are. */
const parser = unified().use(rehypeParse, { fragment: true, verbose: true });

/** Characters. */
const longest = 2_000_000;

/** The parser and later steps recurse into each level of elements. */
const deepest = 200;

/** Elements that the parser opens again in each following block until they are closed. */
const formatting = /^(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)$/;

function isExcessive(html: string): boolean {
  if (html.length > longest) return true;
  const open = new Map<string, number>();
  let depth = 0;
  let maxDepth = 0;
  let formats = 0;
  let maxFormats = 0;
  let tags = 0;
  for (const [, end, written = ''] of html.matchAll(nestingTag)) {
    const name = written.toLowerCase();
    const count = open.get(name) ?? 0;
    const change = end === '' ? (impliedEnd.test(name) && count > 20 ? 0 : 1) : count === 0 ? 0 : -1;
    tags += 1;
    depth += change;
    maxDepth = Math.max(maxDepth, depth);
    if (formatting.test(name)) formats += change;
    maxFormats = Math.max(maxFormats, formats);
    open.set(name, count + change);
  }
  return maxDepth > deepest || maxFormats * tags > 1_000_000;
}

/** Elements that the next of their kind closes. */
const impliedEnd = /^(?:p|li|dt|dd|tr|td|th|option|rt|rp|tbody|thead|tfoot)$/;

/** The tags of all elements except void ones. */
const nestingTag =
  /<(\/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)(?![^\s/>]))([a-z][^\s/>]*)[^>]*>?/gi;
