import type { Element, ElementContent, Root } from 'hast';
import { fragmentOf } from '../../../article/body/html/addresses.ts';
import { blockNames, boxNames } from '../../../article/body/html/dropped-blocks.ts';
import { isHidden, isTracker } from '../../../article/body/html/hidden-parts.ts';
import { extractFootnotes, type Footnotes } from './extract-footnotes.ts';
import { someElement, visitElements } from './hast.ts';
import { findNamedHeadings } from './heading-anchors.ts';
import { checkboxText, codeLanguageOf, normalizeElement, takeCheckbox } from './normalize-element.ts';
import { footnoteDefinition, isPhrasing, preserveHtml, rawInline } from './preserve-html.ts';
import { type Addressing, resolveAddresses } from './resolve-addresses.ts';
import { attributesOf } from './serialize-html.ts';

/** What an element inherits from the elements around it and from its body. */
interface Context {
  readonly addressing: Addressing;
  /** The ids that links of the body lead to. */
  readonly targets: ReadonlySet<string>;
  /** Headings that get their id from their text. */
  readonly namedHeadings: ReadonlySet<Element>;
  readonly footnotes: Footnotes;
  /** Whether it is inside a line of text. */
  readonly isInline: boolean;
  readonly isHidden: boolean;
  /** The language of the code around it. */
  readonly language?: string | undefined;
}

/**
 * Prepares the elements of a body for Markdown: addresses become absolute, scripts and trackers go, and each element
 * that a link of the body leads to gets an anchor.
 */
export function normalizeTree(root: Root, addressing: Addressing): void {
  const footnotes = extractFootnotes(root);
  const targets = new Set<string>();
  visitElements(root.children, ({ tagName, properties }) => {
    const href = String(properties.href ?? '');
    if (tagName === 'a' && /^#./.test(href)) targets.add(fragmentOf(href));
  });
  const namedHeadings = findNamedHeadings(root, targets);
  const context = { addressing, targets, namedHeadings, footnotes, isInline: false, isHidden: false };
  root.children = normalizeChildren(root.children as ElementContent[], context);
}

function normalizeChildren(children: readonly ElementContent[], context: Context): ElementContent[] {
  return children.flatMap((child): readonly ElementContent[] => {
    if (child.type === 'text') return [child];
    return child.type === 'element' && !removed.has(child.tagName) ? normalize(child, context) : [];
  });
}

function normalize(element: Element, context: Context): readonly ElementContent[] {
  const mark = context.footnotes.marks.get(element);
  if (mark !== undefined) return [rawInline(mark)];
  element.tagName = replacements[element.tagName] ?? element.tagName;
  const { tagName, properties } = element;
  const attributes = attributesOf(properties);
  const hidden = context.isHidden || isHidden(attributes);
  if (tagName === 'img' && (hidden || isTracker(attributes))) return [];
  if (tagName === 'input') return checkboxText(element);
  if (tagName === 'table' && !hasCells(element)) return [];
  resolveAddresses(element, context.addressing);
  const { id } = properties;
  delete properties.id;
  const language = codeLanguageOf(element) ?? context.language;
  const checkbox = tagName === 'li' ? takeCheckbox(element) : [];
  const isInline = context.isInline || isPhrasing(element);
  const inner = normalizeChildren(element.children, { ...context, isInline, isHidden: hidden, language });
  element.children = [...checkbox, ...inner];
  const definition = context.footnotes.definitions.get(element);
  if (definition !== undefined) return [footnoteDefinition(definition, element.children)];
  if (boxes.has(tagName)) return [space, ...element.children, space];
  const normalized = normalizeElement(element, language);
  if (typeof id === 'string' && needsAnchor(element, id, context)) return withAnchor(normalized, id, context.isInline);
  return delimited.test(tagName)
    ? moveEdgesOut(normalized, context.isInline)
    : preserveHtml(normalized, context.isInline);
}

/** Elements without content for readers. */
const removed = new Set(['script', 'style', 'template', 'link', 'meta', 'base', 'title', 'head']);

/** Names for elements that Markdown tools don't know. */
const replacements: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  ...Object.fromEntries(blockNames.map((name) => [name, 'div'])),
  dir: 'ul',
  menu: 'ul',
  listing: 'pre',
  canvas: 'div',
});

/** Form fields that browsers show as a box. Spaces keep their words apart from the text. */
const boxes: ReadonlySet<string> = new Set([...boxNames, 'select']);
const space: ElementContent = { type: 'text', value: ' ' };

/** The converter would give a table without cells a header. */
function hasCells({ children }: Element): boolean {
  return someElement(children, ({ tagName }) => /^(?:td|th|caption)$/.test(tagName));
}

function needsAnchor(element: Element, id: string, { targets, namedHeadings }: Context): boolean {
  return targets.has(id) && !namedHeadings.has(element) && !/^(?:tbody|thead|tfoot|tr)$/.test(element.tagName);
}

function withAnchor(element: Element, id: string, isInline: boolean): readonly ElementContent[] {
  const anchor = preserveHtml({ type: 'element', tagName: 'span', properties: { id }, children: [] }, true);
  const isBefore = /^(?:table|ul|ol|dl|hr|img|br|pre|picture|video|audio|iframe)$/.test(element.tagName);
  if (!isBefore) element.children.unshift(...anchor);
  return [...(isBefore ? anchor : []), ...preserveHtml(element, isInline)];
}

/** Elements that Markdown writes with delimiters, which must touch a word. */
const delimited = /^(?:a|b|del|em|i|s|strike|strong)$/;

/** Moves line breaks and white space at the edges of an element out of it. */
function moveEdgesOut(element: Element, isInline: boolean): readonly ElementContent[] {
  const children = element.children.flatMap(splitEdges);
  const start = children.findIndex(isWord);
  if (start === -1) return children;
  const end = children.findLastIndex(isWord) + 1;
  const inner = { ...element, children: children.slice(start, end) };
  return [...children.slice(0, start), ...preserveHtml(inner, isInline), ...children.slice(end)];
}

function splitEdges(node: ElementContent): readonly ElementContent[] {
  if (node.type !== 'text') return [node];
  const { value } = node;
  const start = value.length - value.trimStart().length;
  const end = Math.max(start, value.trimEnd().length);
  return [value.slice(0, start), value.slice(start, end), value.slice(end)]
    .filter((part) => part !== '')
    .map((part) => ({ type: 'text', value: part }));
}

function isWord(node: ElementContent): boolean {
  return node.type === 'text' ? /\S/u.test(node.value) : node.type !== 'element' || node.tagName !== 'br';
}
