import type { Element, ElementContent, Parents, Root, RootContent } from 'hast';
import { fragmentOf } from '../../../article/body/addresses.ts';
import { attributesOf } from './written-html.ts';

/** The footnotes of a body, as some program wrote them: a list to whose every item a mark refers. */
export interface FootnoteList {
  /** What stands for the list alone: itself or what is around it, and a rule before that. */
  readonly section: readonly Element[];
  readonly headings: readonly Element[];
  /** By their ids. */
  readonly items: ReadonlyMap<string, Element>;
  readonly marks: readonly FootnoteMark[];
  /** The links of the items to their marks. */
  readonly waysBack: readonly Element[];
}

export interface FootnoteMark {
  /** The link, or what raises it. */
  readonly element: Element;
  /** The id of its item. */
  readonly to: string;
  /** That of the item in which it stands. */
  readonly inside: string | undefined;
}

/**
 * Finds the last list of a body that is one of footnotes: a word of the program's says so, or each item leads back. A list
 * with an item that no mark refers to, or that the text refers to in words, is none.
 */
export function findFootnotes(root: Root): FootnoteList | undefined {
  const links = new Map<string, Element[]>();
  const lists: Element[] = [];
  const parents = new Map<Element, Parents>();
  const see = (parent: Parents): void => {
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
      see(child);
    }
  };
  see(root);
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
  const lines = seenIn(list);
  const items = new Map(
    lines.flatMap((line) =>
      line.type === 'element' && line.tagName === 'li' && typeof line.properties.id === 'string'
        ? [[line.properties.id, line] as const]
        : [],
    ),
  );
  if (
    items.size === 0 ||
    items.size > most ||
    items.size < lines.length ||
    [...items.keys()].some((id) => !links.has(id))
  )
    return undefined;
  const marks = [...items.keys()].flatMap((to) =>
    (links.get(to) ?? []).map((link) => ({
      element: raised(link, parents.get(link)),
      to,
      inside: itemAround(link, items, parents),
    })),
  );
  if (!marks.every(({ element }) => markText.test(textOf(element)))) return undefined;
  const origins = new Set(marks.flatMap(({ element }) => namesIn(element)));
  const waysBack = [...items.values()].map((item) =>
    linksIn(item).filter((link) => isWayBack(link, origins, items)),
  );
  const around = parents.get(list);
  const isAround = around?.type === 'element' && isHolder(around, list);
  const top = isAround ? around : list;
  if (!isNamed(list) && !isNamed(top) && waysBack.some(({ length }) => length === 0)) return undefined;
  const siblings = seenIn(parents.get(top) ?? top);
  const before = siblings[siblings.indexOf(top) - 1];
  return {
    section: before !== undefined && isRule(before) ? [before, top] : [top],
    headings: isAround ? seenIn(top).filter(isHeading) : [],
    items,
    marks,
    waysBack: waysBack.flat(),
  };
}

/** More are in nobody's article, and each is looked for among all marks. */
const most = 1000;

/** A number, a letter or a sign, perhaps in brackets; `1:2` is what `markdown-it` calls the second mark of a note. */
const markText = /^[\s[(]*(?:\p{Lo}{0,2}\d{1,4}(?::\d+)?|\p{L}|[ivxlc]{1,6}|[*†‡§¶^]{1,4})[\s\])]*$/iu;

function raised(link: Element, parent: Parents | undefined): Element {
  const isRaised =
    parent?.type === 'element' &&
    parent.tagName === 'sup' &&
    parent.children.length <= 5 &&
    linksIn(parent).length === 1 &&
    markText.test(textOf(parent));
  return isRaised ? parent : link;
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

function isWayBack(
  link: Element,
  origins: ReadonlySet<unknown>,
  items: ReadonlyMap<string, Element>,
): boolean {
  const { href, className, role, dataFootnoteBackref } = link.properties;
  if (typeof href !== 'string' || !/^#./.test(href) || items.has(fragmentOf(href))) return false;
  const isCalled = dataFootnoteBackref !== undefined || /back|reverse/i.test(`${className} ${role}`);
  return isCalled || origins.has(fragmentOf(href)) || !/[\p{L}\p{N}]/u.test(textOf(link));
}

/** Tells whether nothing else stands in an element that could be lost. */
function isHolder(element: Element, list: Element): boolean {
  return (
    /^(?:div|section|aside|footer)$/.test(element.tagName) &&
    element.children.every((child) => child === list || !isSeen(child) || isRule(child) || isHeading(child))
  );
}

function isNamed({ properties }: Element): boolean {
  const { class: classes, id, role, 'data-footnotes': marked } = attributesOf(properties);
  return marked !== undefined || /(?:foot|end)[-_]?notes?/i.test(`${classes} ${id} ${role}`);
}

function isRule(node: RootContent): node is Element {
  return node.type === 'element' && node.tagName === 'hr';
}

function isHeading(node: RootContent): node is Element {
  return node.type === 'element' && /^h[1-6]$/.test(node.tagName);
}

function seenIn({ children }: Parents): RootContent[] {
  return children.filter(isSeen);
}

function isSeen(node: RootContent): boolean {
  return node.type === 'element' || (node.type === 'text' && /\S/.test(node.value));
}

function linksIn(element: Element): readonly Element[] {
  return element.children.flatMap((child) =>
    child.type !== 'element' ? [] : child.tagName === 'a' ? [child] : linksIn(child),
  );
}

function namesIn({ properties, children }: Element): readonly unknown[] {
  const inner = children.flatMap((child) => (child.type === 'element' ? namesIn(child) : []));
  return [properties.id, properties.name, ...inner].filter((name) => name !== undefined);
}

function textOf(node: ElementContent): string {
  if (node.type === 'element') return node.children.map(textOf).join('');
  return node.type === 'text' ? node.value : '';
}
