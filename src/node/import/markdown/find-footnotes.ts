import type { Element, ElementContent, Parents, Root, RootContent } from 'hast';
import { fragmentOf } from '../../../article/body/html/addresses.ts';
import { isVisible } from './hast.ts';
import { attributesOf } from './serialize-html.ts';

/** The footnotes of a body as another program wrote them: a list with a mark for each item. */
export interface FootnoteList {
  /** The list or the element around it, after a rule if there is one. */
  readonly section: readonly Element[];
  readonly headings: readonly Element[];
  /** By id. */
  readonly items: ReadonlyMap<string, Element>;
  readonly marks: readonly FootnoteMark[];
  /** The links from the items to their marks. */
  readonly backlinks: readonly Element[];
}

export interface FootnoteMark {
  /** The link, or the `<sup>` around it. */
  readonly element: Element;
  /** The id of its item. */
  readonly to: string;
  /** The id of the item that contains it. */
  readonly inside: string | undefined;
}

/**
 * Finds the last list of a body that holds footnotes: its name says so, or each item links back. A list doesn't count
 * if an item has no mark, or if the text refers to an item in words.
 */
export function findFootnotes(root: Root): FootnoteList | undefined {
  const links = new Map<string, Element[]>();
  const lists: Element[] = [];
  const parents = new Map<Element, Parents>();
  const visit = (parent: Parents): void => {
    for (const child of parent.children) {
      if (child.type !== 'element') continue;
      parents.set(child, parent);
      const { href } = child.properties;
      if (child.tagName === 'ol') lists.push(child);
      if (child.tagName === 'a' && typeof href === 'string' && /^#./.test(href)) {
        const to = fragmentOf(href);
        const known = links.get(to);
        if (known === undefined) links.set(to, [child]);
        else known.push(child);
      }
      visit(child);
    }
  };
  visit(root);
  for (const list of links.size === 0 ? [] : lists.reverse()) {
    const found = footnotesOf(list, links, parents);
    if (found !== undefined) return found;
  }
  return undefined;
}

function footnotesOf(
  list: Element,
  links: ReadonlyMap<string, readonly Element[]>,
  parents: ReadonlyMap<Element, Parents>,
): FootnoteList | undefined {
  const lines = visibleNodes(list);
  const items = new Map(
    lines.flatMap((line) =>
      line.type === 'element' && line.tagName === 'li' && typeof line.properties.id === 'string'
        ? [[line.properties.id, line] as const]
        : [],
    ),
  );
  if (
    items.size === 0 ||
    items.size > mostItems ||
    items.size < lines.length ||
    [...items.keys()].some((id) => !links.has(id))
  )
    return undefined;
  const marks = [...items.keys()].flatMap((to) =>
    (links.get(to) ?? []).map((link) => ({
      element: superscriptOf(link, parents.get(link)),
      to,
      inside: itemAround(link, items, parents),
    })),
  );
  if (!marks.every(({ element }) => markPattern.test(textOf(element)))) return undefined;
  const origins = new Set(marks.flatMap(({ element }) => anchorsIn(element)));
  const backlinks = [...items.values()].map((item) => linksIn(item).filter((link) => isBacklink(link, origins, items)));
  const around = parents.get(list);
  const isWrapped = around?.type === 'element' && holdsOnly(around, list);
  const top = isWrapped ? around : list;
  if (!hasFootnoteName(list) && !hasFootnoteName(top) && backlinks.some(({ length }) => length === 0)) return undefined;
  const siblings = visibleNodes(parents.get(top) ?? top);
  const before = siblings[siblings.indexOf(top) - 1];
  return {
    section: before !== undefined && isRule(before) ? [before, top] : [top],
    headings: isWrapped ? visibleNodes(top).filter(isHeading) : [],
    items,
    marks,
    backlinks: backlinks.flat(),
  };
}

/** Each item is looked for among all marks, which takes quadratic time. */
const mostItems = 1000;

/** A number, a letter or a sign, perhaps in brackets. `1:2` is markdown-it's second mark of a note. */
const markPattern = /^[\s[(]*(?:\p{Lo}{0,2}\d{1,4}(?::\d+)?|\p{L}|[ivxlc]{1,6}|[*†‡§¶^]{1,4})[\s\])]*$/iu;

function superscriptOf(link: Element, parent: Parents | undefined): Element {
  const isSuperscript =
    parent?.type === 'element' &&
    parent.tagName === 'sup' &&
    parent.children.length <= 5 &&
    linksIn(parent).length === 1 &&
    markPattern.test(textOf(parent));
  return isSuperscript ? parent : link;
}

function itemAround(
  link: Element,
  items: ReadonlyMap<string, Element>,
  parents: ReadonlyMap<Element, Parents>,
): string | undefined {
  for (let at: Parents | undefined = link; at?.type === 'element'; at = parents.get(at)) {
    const { id } = at.properties;
    if (typeof id === 'string' && items.get(id) === at) return id;
  }
  return undefined;
}

function isBacklink(link: Element, origins: ReadonlySet<unknown>, items: ReadonlyMap<string, Element>): boolean {
  const { href, className, role, dataFootnoteBackref } = link.properties;
  if (typeof href !== 'string' || !/^#./.test(href) || items.has(fragmentOf(href))) return false;
  const isNamed = dataFootnoteBackref !== undefined || /back|reverse/i.test(`${className} ${role}`);
  return isNamed || origins.has(fragmentOf(href)) || !/[\p{L}\p{N}]/u.test(textOf(link));
}

/** Reports whether an element holds nothing but the list, headings and rules. */
function holdsOnly(element: Element, list: Element): boolean {
  return (
    /^(?:div|section|aside|footer)$/.test(element.tagName) &&
    element.children.every((child) => child === list || !isVisible(child) || isRule(child) || isHeading(child))
  );
}

function hasFootnoteName({ properties }: Element): boolean {
  const { class: classes, id, role, 'data-footnotes': marked } = attributesOf(properties);
  return marked !== undefined || /(?:foot|end)[-_]?notes?/i.test(`${classes} ${id} ${role}`);
}

function isRule(node: RootContent): node is Element {
  return node.type === 'element' && node.tagName === 'hr';
}

function isHeading(node: RootContent): node is Element {
  return node.type === 'element' && /^h[1-6]$/.test(node.tagName);
}

function visibleNodes({ children }: Parents): RootContent[] {
  return children.filter(isVisible);
}

function linksIn(element: Element): readonly Element[] {
  return element.children.flatMap((child) =>
    child.type !== 'element' ? [] : child.tagName === 'a' ? [child] : linksIn(child),
  );
}

function anchorsIn({ properties, children }: Element): readonly unknown[] {
  const inner = children.flatMap((child) => (child.type === 'element' ? anchorsIn(child) : []));
  return [properties.id, properties.name, ...inner].filter((name) => name !== undefined);
}

function textOf(node: ElementContent): string {
  if (node.type === 'element') return node.children.map(textOf).join('');
  return node.type === 'text' ? node.value : '';
}
