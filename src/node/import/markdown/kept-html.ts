import type { Element, ElementContent } from 'hast';
import type { Handle } from 'hast-util-to-mdast';
import { startTag, writtenHtml } from './written-html.ts';

/**
 * Puts, for an element that Markdown has no words for, HTML that stays as it is: the whole of it, or its two tags with
 * Markdown going on between them. `children` are settled already; `isPhrase` tells whether it stands inside a line.
 */
export function kept(element: Element, isPhrase: boolean): ElementContent[] {
  const { tagName, properties, children } = element;
  if (wrapping.has(tagName) || (tagName === 'span' && (properties.id !== undefined || isMarked(element))))
    return [asIs(startTag(element)), ...children, asIs(`</${tagName}>`)];
  const isWhole = whole.has(tagName) || (odd[tagName]?.(element) ?? false);
  if (!isWhole)
    return [tagName === 'dialog' || tagName === 'canvas' ? { ...element, tagName: 'div' } : element];
  if (isPhrase || /^(?:img|ruby|wbr)$/.test(tagName)) return [asIs(writtenHtml(element, 'inline'))];
  const html = writtenHtml(element, 'block');
  // Only these elements begin a block of HTML that goes on to a blank line, or to its end (CommonMark §4.6).
  const begins = /^(?:details|dl|figure|iframe|ol|ul|table|p|pre|div|blockquote|section)$/.test(tagName);
  return [block(begins ? html : `<div>${html}</div>`)];
}

/** Elements inside which a line goes on. */
export function holdsPhrases({ tagName }: Element): boolean {
  return /^(?:a|abbr|b|bdi|bdo|cite|code|del|em|font|h[1-6]|i|ins|p|q|s|small|span|strike|strong|sub|sup|td|th|u)$/.test(
    tagName,
  );
}

/**
 * How HTML that stays travels to the writer of Markdown: as elements that nothing else is any more, of which one counts
 * as a block and one as a picture where white space is cleaned up.
 */
export const keptHandlers: Readonly<Record<string, Handle>> = {
  dialog: (state, element) => {
    const { html, footnote } = element.properties;
    if (footnote === undefined) return { type: 'html', value: String(html) };
    const [identifier, children] = [String(footnote), state.toFlow(state.all(element))];
    return { type: 'footnoteDefinition', identifier, label: identifier, children: children as never };
  },
  // A phrase that is merged with no other.
  canvas: (_, { properties }) => ({ type: 'mdxTextExpression', value: String(properties.html) }) as never,
};

/** Puts Markdown or HTML inside a line that nothing is done with any more. */
export function asIs(html: string): Element {
  return { type: 'element', tagName: 'canvas', properties: { html }, children: [] };
}

function block(html: string): Element {
  return { type: 'element', tagName: 'dialog', properties: { html }, children: [] };
}

/** Puts what a footnote says. */
export function footnote(name: string, children: ElementContent[]): Element {
  return { type: 'element', tagName: 'dialog', properties: { footnote: name }, children };
}

const wrapping = new Set(
  'abbr bdi bdo cite data dfn ins kbd mark q samp small sub sup time u var'.split(' '),
);
const whole = new Set(
  'audio details dl figure iframe object picture ruby video embed wbr svg math'.split(' '),
);
/** What Markdown can say but in some cases. */
const odd: Readonly<Record<string, (element: Element) => boolean>> = {
  table: (table) => isMarked(table) || needsHtmlTable(table),
  img: isSmall,
  ol: (list) => isMarked(list) || isOddList(list),
  ul: isMarked,
  p: isMarked,
  div: isMarked,
  section: isMarked,
  blockquote: isMarked,
  pre: (pre) =>
    some(pre, ({ tagName, properties }) =>
      // What stays HTML inside of it would be lost as code, but for tags alone.
      tagName === 'canvas' ? !/^<\/?(?!img\b)[^<]*>$/.test(String(properties.html)) : holdsMore.test(tagName),
    ),
};

const holdsMore = /^(?:a|dialog|img|iframe|video|audio)$/;

/** A direction or a language of its own, for which Markdown has no mark. */
function isMarked({ properties }: Element): boolean {
  return properties.dir !== undefined || properties.lang !== undefined;
}

function some(element: Element, test: (inner: Element) => boolean): boolean {
  return element.children.some(
    (child: ElementContent) => child.type === 'element' && (test(child) || some(child, test)),
  );
}

/** A cell has one line, and a table one row of headers, which comes first, or none. */
function needsHtmlTable(table: Element): boolean {
  const isRich = some(
    table,
    ({ tagName, properties }) =>
      properties.colSpan !== undefined ||
      properties.rowSpan !== undefined ||
      /^(?:caption|table|ul|ol|pre|blockquote|p|div|figure|hr|br|h[1-6]|dialog)$/.test(tagName),
  );
  if (isRich) return true;
  const rows: Element[] = [];
  let heads = 0;
  some(table, ({ tagName, children }) => {
    if (tagName === 'thead') heads += children.filter(({ type }) => type === 'element').length;
    return false;
  });
  some(table, (inner) => inner.tagName === 'tr' && rows.push(inner) < 0);
  const isHeader = (cell: ElementContent): boolean => cell.type === 'element' && cell.tagName === 'th';
  const [first, ...rest] = rows.map(({ children }) => children.filter(({ type }) => type === 'element'));
  const isMixed = heads === 0 && first?.some(isHeader) && !first.every(isHeader);
  return heads > 1 || isMixed || rest.some((cells) => cells.some(isHeader));
}

/** Of a small picture the size says that it is a sign and doesn't stand for the article. */
function isSmall({ properties }: Element): boolean {
  return [properties.width, properties.height].some((side) => Number.parseInt(String(side), 10) < 50);
}

function isOddList({ properties, children }: Element): boolean {
  const isNumbered = children.some(
    (child) => child.type === 'element' && child.properties.value !== undefined,
  );
  return properties.reversed !== undefined || properties.type !== undefined || isNumbered;
}
