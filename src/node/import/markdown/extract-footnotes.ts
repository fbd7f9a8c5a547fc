import type { Element, ElementContent, Root } from 'hast';
import { isVisible } from './hast.ts';

export interface Footnotes {
  /** The marks in the text, as Markdown writes them. */
  readonly marks: ReadonlyMap<Element, string>;
  /** The notes at the end of the body, with their names in Markdown. */
  readonly definitions: ReadonlyMap<Element, string>;
}

/**
 * Finds the footnotes of a body in the form that `normalizeFootnotes` writes. Changes the tree: backlinks go, since
 * Markdown adds its own, and the notes replace their list.
 */
export function extractFootnotes(root: Root): Footnotes {
  const none: Footnotes = { marks: new Map(), definitions: new Map() };
  const children = root.children.filter((child) => child.type !== 'text' || isVisible(child));
  const section = children.at(-1);
  const list = section?.type === 'element' && hasClass(section, 'footnotes') ? onlyList(section) : undefined;
  if (list === undefined) return none;
  const items = list.children.filter((item) => item.type === 'element');
  const names = new Map(items.map((item, index) => [String(item.properties.id), `${index + 1}`]));
  const marks = new Map<Element, string>();
  const collectMarks = (nodes: readonly ElementContent[]): void => {
    for (const node of nodes) {
      if (node.type !== 'element') continue;
      const link = hasClass(node, 'footnote-ref') ? node.children[0] : undefined;
      const href = link?.type === 'element' ? String(link.properties.href) : '';
      const name = names.get(href.slice(1));
      if (name === undefined || !href.startsWith('#')) collectMarks(node.children);
      else marks.set(node, `[^${name}]`);
    }
  };
  collectMarks(root.children as ElementContent[]);
  // A note without a mark would be lost.
  if (new Set(marks.values()).size < items.length) return none;
  for (const item of items) {
    item.tagName = 'div';
    item.children = removeBacklinks(item.children);
  }
  const rule = children.at(-2);
  const isRule = rule?.type === 'element' && rule.tagName === 'hr';
  const text = root.children.filter((child) => child !== section && !(isRule && child === rule));
  root.children = [...text, ...list.children];
  return { marks, definitions: new Map(items.map((item, index) => [item, `${index + 1}`])) };
}

/** Returns the list of a section that holds nothing else. */
function onlyList(section: Element): Element | undefined {
  const [list, ...more] = section.children.filter((child) => child.type !== 'text' || isVisible(child));
  const isList = list?.type === 'element' && list.tagName === 'ol' && more.length === 0;
  const isPlain =
    isList &&
    list.children.every((child) => (child.type === 'element' ? child.tagName === 'li' : !/\S/.test(child.value)));
  return isPlain ? list : undefined;
}

function removeBacklinks(children: readonly ElementContent[]): ElementContent[] {
  return children.flatMap((child): ElementContent[] => {
    if (child.type !== 'element') return [child];
    if (hasClass(child, 'footnote-backref')) return [];
    child.children = removeBacklinks(child.children);
    return [child];
  });
}

function hasClass({ properties: { className } }: Element, name: string): boolean {
  return Array.isArray(className) && className.includes(name);
}
