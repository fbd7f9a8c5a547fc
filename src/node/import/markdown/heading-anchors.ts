import type { Element, Parents, Root } from 'hast';
import { headingNames } from '../../../article/body/markdown.ts';
import { holdsPhrases } from './kept-html.ts';

/**
 * Finds the headings that need no anchor of their own, because this program gives them the same name as a link of the body
 * does. `targets` are the anchors to which links lead.
 */
export function namedHeadings(root: Root, targets: ReadonlySet<string>): ReadonlySet<Element> {
  const free = new Set(targets);
  const named = new Set<Element>();
  const see = (parent: Parents, isBlock: boolean): void => {
    for (const child of parent.children) {
      if (child.type !== 'element') continue;
      const { tagName, properties } = child;
      const isPlain = properties.dir === undefined && properties.lang === undefined;
      if (!/^h[1-6]$/.test(tagName)) see(child, isBlock && isPlain && flowing.test(tagName));
      else {
        const text = textOf(child);
        // Of two that are called alike, the first has the name.
        const name = headingNames(text ?? '').find((name) => free.delete(name));
        if (isBlock && text !== undefined && name !== undefined && properties.id === name) named.add(child);
      }
    }
  };
  if (free.size > 0) see(root, true);
  return named;
}

/** Elements of which Markdown keeps what is in them. */
const flowing = /^(?:article|div|header|main|section)$/;

/** The text of a heading of which Markdown says all. */
function textOf({ children }: Parents): string | undefined {
  const parts = children.map((child) => {
    if (child.type === 'text') return child.value;
    return child.type === 'element' && holdsPhrases(child) ? textOf(child) : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join('').replace(/\s+/g, ' ');
}
