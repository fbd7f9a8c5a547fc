import type { Element, ElementContent, Root } from 'hast';

/** What of a body are footnotes. */
export interface Footnotes {
  /** The marks in the text, as Markdown writes them. */
  readonly marks: ReadonlyMap<Element, string>;
  /** The items of the list at the end, by their names in Markdown. */
  readonly definitions: ReadonlyMap<Element, string>;
}

/**
 * Finds the footnotes of a body in the form of `plain-footnotes.ts`: `<sup class="footnote-ref">` and, as the last thing of it,
 * `<section class="footnotes">`. Their ways back go, as Markdown's have their own.
 */
export function takeFootnotes(root: Root): Footnotes {
  const marks = new Map<Element, string>();
  const definitions = new Map<Element, string>();
  const children = root.children.filter((child) => child.type !== 'text' || /\S/.test(child.value));
  const section = children.at(-1);
  const list = section?.type === 'element' && isOf(section, 'footnotes') ? onlyList(section) : undefined;
  if (list === undefined) return { marks, definitions };
  const items = list.children.filter((item) => item.type === 'element');
  const names = new Map(items.map((item, index) => [String(item.properties.id), `${index + 1}`]));
  const mark = (nodes: readonly ElementContent[]): void => {
    for (const node of nodes) {
      if (node.type !== 'element') continue;
      const link = isOf(node, 'footnote-ref') ? node.children[0] : undefined;
      const href = link?.type === 'element' ? String(link.properties.href) : '';
      const name = names.get(href.slice(1));
      if (name === undefined || !href.startsWith('#')) mark(node.children);
      else marks.set(node, `[^${name}]`);
    }
  };
  mark(root.children as ElementContent[]);
  // A list that the text knows in another way stays what it is.
  const known = new Set(marks.values());
  if (known.size < items.length) return { marks: new Map(), definitions };
  for (const [index, item] of items.entries()) {
    definitions.set(item, `${index + 1}`);
    item.tagName = 'div';
    item.children = withoutWaysBack(item.children);
  }
  const rule = children.at(-2);
  const text = root.children.filter((child) => child !== section);
  const isRule = rule?.type === 'element' && rule.tagName === 'hr';
  root.children = [...text.filter((child) => !isRule || child !== rule), ...list.children];
  return { marks, definitions };
}

/** The list, where nothing else stands in a section that could be lost. */
function onlyList(section: Element): Element | undefined {
  const [list, ...more] = section.children.filter((child) => child.type !== 'text' || /\S/.test(child.value));
  const isList = list?.type === 'element' && list.tagName === 'ol' && more.length === 0;
  const isWhole =
    isList &&
    list.children.every((child) =>
      child.type === 'element' ? child.tagName === 'li' : !/\S/.test(textOf(child)),
    );
  return isWhole ? list : undefined;
}

function textOf(node: ElementContent): string {
  return 'value' in node ? node.value : '';
}

function withoutWaysBack(children: readonly ElementContent[]): ElementContent[] {
  return children.flatMap((child): ElementContent[] => {
    if (child.type !== 'element') return [child];
    if (isOf(child, 'footnote-backref')) return [];
    child.children = withoutWaysBack(child.children);
    return [child];
  });
}

function isOf({ properties: { className } }: Element, name: string): boolean {
  return Array.isArray(className) && className.includes(name);
}
