import type { Element, Parents, Root } from 'hast';
import { headingNames } from '../../../article/body/markdown/markdown.ts';
import { isPhrasing } from './preserve-html.ts';

/**
 * Finds the headings that need no anchor, because links already use the id that Dateline gives them. `targets` are the
 * ids that links lead to.
 */
export function findNamedHeadings(root: Root, targets: ReadonlySet<string>): ReadonlySet<Element> {
  const free = new Set(targets);
  const named = new Set<Element>();
  const visit = (parent: Parents, isBlock: boolean): void => {
    for (const child of parent.children) {
      if (child.type !== 'element') continue;
      const { tagName, properties } = child;
      const isPlain = properties.dir === undefined && properties.lang === undefined;
      if (!/^h[1-6]$/.test(tagName)) visit(child, isBlock && isPlain && unwrapped.test(tagName));
      else {
        const text = markdownText(child);
        // Of two headings with the same text, the first gets the id.
        const name = headingNames(text ?? '').find((name) => free.delete(name));
        if (isBlock && text !== undefined && name !== undefined && properties.id === name) named.add(child);
      }
    }
  };
  if (free.size > 0) visit(root, true);
  return named;
}

/** Elements that Markdown replaces by their content. */
const unwrapped = /^(?:article|div|header|main|section)$/;

/** Returns a heading's text if Markdown can express all of it. */
function markdownText({ children }: Parents): string | undefined {
  const parts = children.map((child) => {
    if (child.type === 'text') return child.value;
    return child.type === 'element' && isPhrasing(child) ? markdownText(child) : undefined;
  });
  return parts.includes(undefined) ? undefined : parts.join('').replace(/\s+/g, ' ');
}
