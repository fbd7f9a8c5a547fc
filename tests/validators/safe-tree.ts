import rehypeRaw from 'rehype-raw';
import { unified } from 'unified';

/** An element of HTML as a browser parses it (parse5, through rehype). */
interface HtmlNode {
  readonly type: string;
  readonly tagName?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly HtmlNode[];
  readonly value?: string;
}

const elements = new Set(
  (
    'a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn ' +
    'div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li mark ol p picture pre q ' +
    'rp rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead time tr track u ' +
    'ul var video wbr'
  ).split(' '),
);
/** By rehype's names. */
const attributes = new Set(
  (
    'align alt cite className colSpan controls dateTime default dir height href hrefLang id kind label lang loop media ' +
    'poster preload reversed rowSpan scope sizes span src srcLang srcSet start title type value width'
  ).split(' '),
);
/** MathML Core without links, scripts and HTML inside. */
const formulas = new Set(
  (
    'math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom msub msup msubsup munder ' +
    'mover munderover mmultiscripts mprescripts mtable mtr mtd semantics annotation'
  ).split(' '),
);
const formulaAttributes =
  /^(?:xmlns|title|dir|lang|id|display|displaystyle|scriptlevel|mathvariant|linethickness|form|fence|separator|lspace|rspace|stretchy|symmetric|maxsize|minsize|largeop|movablelimits|accent|accentunder|width|height|depth|voffset|columnSpan|columnspan|rowSpan|rowspan|encoding|alttext)$/;
const addresses = {
  href: /^(?:https?|mailto|tel):/,
  cite: /^https?:/,
  poster: /^https?:/,
  srcSet: /^https?:/,
};
const source = /^(?:https?:|data:image\/(?:png|jpeg|gif|webp|avif|bmp|x-icon);base64,)/;

/** Parses HTML as browsers do. */
export function htmlTree(html: string): HtmlNode {
  return unified()
    .use(rehypeRaw)
    .runSync({ type: 'root', children: [{ type: 'raw', value: html } as never] }) as HtmlNode;
}

/** Lists what in HTML is not known to be harmless, by a list and a parser independent of the sanitizer. */
export function lintTree(html: string): string[] {
  const found: string[] = [];
  const visit = (node: HtmlNode, inFormula = false): void => {
    const isFormula = inFormula || node.tagName === 'math';
    const known = isFormula ? formulas : elements;
    if (node.type === 'element' && !known.has(node.tagName ?? '')) found.push(`<${node.tagName}>`);
    if (node.type === 'comment' || node.type === 'doctype') found.push(node.type);
    for (const [name, value] of Object.entries(node.properties ?? {})) {
      const shown = `<${node.tagName} ${name}=${JSON.stringify(value)}>`;
      if (isFormula ? !formulaAttributes.test(name) : !attributes.has(name)) found.push(shown);
      if (name === 'xmlns' && value !== 'http://www.w3.org/1998/Math/MathML') found.push(shown);
      const scheme = name === 'src' ? source : addresses[name as keyof typeof addresses];
      if (scheme === undefined) continue;
      for (const url of Array.isArray(value) ? value : [value]) if (!scheme.test(String(url))) found.push(shown);
    }
    for (const child of node.children ?? []) visit(child, isFormula);
  };
  visit(htmlTree(html));
  return found;
}

/** The visible text of a tree. */
export function visibleText(html: string): string {
  const parts: string[] = [];
  const visit = (node: HtmlNode): void => {
    if (node.type === 'text') parts.push(node.value ?? '');
    if (/^(?:address|blockquote|br|d[dlt]|div|fig\w+|h\d|hr|li|[ou]l|p|pre|section|t\w+)$/.test(node.tagName ?? ''))
      parts.push(' ');
    node.children?.forEach(visit);
    if (node.type === 'element' && !/^(?:a|abbr|b|code|em|i|s|span|strong|sub|sup|u)$/.test(node.tagName ?? ''))
      parts.push(' ');
  };
  visit(htmlTree(html));
  return parts.join('').replace(/\s+/gu, ' ').trim();
}
