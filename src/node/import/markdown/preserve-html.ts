import type { Element, ElementContent } from 'hast';
import type { Handle } from 'hast-util-to-mdast';
import { startTag } from '../read/html-markup.ts';
import { someElement, visitElements } from './hast.ts';
import { attributesOf, serializeHtml } from './serialize-html.ts';

/**
 * Replaces an element that Markdown can't express by HTML: the whole element, or its two tags around Markdown. Its
 * children are normalized already.
 */
export function preserveHtml(element: Element, isInline: boolean): ElementContent[] {
  const { tagName, properties, children } = element;
  const isWrapper =
    wrappers.has(tagName) || (tagName === 'span' && (properties.id !== undefined || hasDirection(element)));
  if (isWrapper)
    return [rawInline(startTag(tagName, attributesOf(properties))), ...children, rawInline(`</${tagName}>`)];
  const isWhole = wholeElements.has(tagName) || (wholeIf[tagName]?.(element) ?? false);
  // The names of carriers mean something else below.
  if (!isWhole) return [tagName === 'dialog' || tagName === 'canvas' ? { ...element, tagName: 'div' } : element];
  if (isInline || /^(?:img|ruby|wbr)$/.test(tagName)) return [rawInline(serializeHtml(element, 'inline'))];
  const html = serializeHtml(element, 'block');
  // Only these elements start a block of HTML that runs to a blank line or to its end (CommonMark §4.6).
  const startsBlock = /^(?:details|dl|figure|iframe|ol|ul|table|p|pre|div|blockquote|section)$/.test(tagName);
  return [carrier('dialog', { html: startsBlock ? html : `<div>${html}</div>` })];
}

/** Reports whether an element's content is part of a line of text. */
export function isPhrasing({ tagName }: Element): boolean {
  return /^(?:a|abbr|b|bdi|bdo|cite|code|del|em|font|h[1-6]|i|ins|p|q|s|small|span|strike|strong|sub|sup|td|th|u)$/.test(
    tagName,
  );
}

/** Wraps finished Markdown or HTML inside a line, which nothing changes any more. */
export function rawInline(html: string): Element {
  return carrier('canvas', { html });
}

export function footnoteDefinition(name: string, children: ElementContent[]): Element {
  return { ...carrier('dialog', { footnote: name }), children };
}

/**
 * The converter to Markdown knows elements by name, so finished HTML travels in elements that no longer occur:
 * `dialog`, which white space handling treats as a block, and `canvas`, which it treats as a picture.
 */
function carrier(tagName: 'dialog' | 'canvas', properties: Element['properties']): Element {
  return { type: 'element', tagName, properties, children: [] };
}

/** Converts the carriers of finished HTML. */
export const preservedHtmlHandlers: Readonly<Record<string, Handle>> = {
  dialog: (state, element) => {
    const { html, footnote } = element.properties;
    if (footnote === undefined) return { type: 'html', value: String(html) };
    const [identifier, children] = [String(footnote), state.toFlow(state.all(element))];
    return { type: 'footnoteDefinition', identifier, label: identifier, children: children as never };
  },
  // Nothing merges this node with its neighbors.
  canvas: (_, { properties }) => ({ type: 'mdxTextExpression', value: String(properties.html) }) as never,
};

const wrappers = new Set('abbr bdi bdo cite data dfn ins kbd mark q samp small sub sup time u var'.split(' '));
const wholeElements = new Set('audio details dl figure iframe object picture ruby video embed wbr svg math'.split(' '));
/** Elements that Markdown can express only in some cases. */
const wholeIf: Readonly<Record<string, (element: Element) => boolean>> = {
  table: (table) => hasDirection(table) || isComplexTable(table),
  img: isSmall,
  ol: (list) => hasDirection(list) || isCustomList(list),
  ul: hasDirection,
  p: hasDirection,
  div: hasDirection,
  section: hasDirection,
  blockquote: hasDirection,
  pre: ({ children }) =>
    someElement(children, ({ tagName, properties }) =>
      // Inside a code block, HTML would be text. Only plain tags may be lost.
      tagName === 'canvas'
        ? !/^<\/?(?!img\b)[^<]*>$/.test(String(properties.html))
        : /^(?:a|dialog|img|iframe|video|audio)$/.test(tagName),
    ),
};

/** Markdown has no syntax for direction and language. */
function hasDirection({ properties }: Element): boolean {
  return properties.dir !== undefined || properties.lang !== undefined;
}

/** A Markdown table has one line a cell, and one header row at the top or none. */
function isComplexTable({ children }: Element): boolean {
  const isRich = someElement(
    children,
    ({ tagName, properties }) =>
      properties.colSpan !== undefined ||
      properties.rowSpan !== undefined ||
      /^(?:caption|table|ul|ol|pre|blockquote|p|div|figure|hr|br|h[1-6]|dialog)$/.test(tagName),
  );
  if (isRich) return true;
  const rows: ElementContent[][] = [];
  let headRows = 0;
  visitElements(children, ({ tagName, children }) => {
    const elements = children.filter(({ type }) => type === 'element');
    if (tagName === 'thead') headRows += elements.length;
    if (tagName === 'tr') rows.push(elements);
  });
  const isHeader = (cell: ElementContent): boolean => cell.type === 'element' && cell.tagName === 'th';
  const [first, ...rest] = rows;
  const isMixed = headRows === 0 && first?.some(isHeader) && !first.every(isHeader);
  return headRows > 1 || isMixed || rest.some((cells) => cells.some(isHeader));
}

/** The size marks a small picture as an icon, which never represents the article. */
function isSmall({ properties }: Element): boolean {
  return [properties.width, properties.height].some((side) => Number.parseInt(String(side), 10) < 50);
}

function isCustomList({ properties, children }: Element): boolean {
  const isNumbered = children.some((child) => child.type === 'element' && child.properties.value !== undefined);
  return properties.reversed !== undefined || properties.type !== undefined || isNumbered;
}
