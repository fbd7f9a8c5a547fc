import type { Element, RootContent } from 'hast';

/** Calls `visit` for each element below, outer elements first. */
export function visitElements(nodes: readonly RootContent[], visit: (element: Element) => void): void {
  for (const node of nodes) {
    if (node.type !== 'element') continue;
    visit(node);
    visitElements(node.children, visit);
  }
}

/** Reports whether any element below passes a test. */
export function someElement(nodes: readonly RootContent[], test: (element: Element) => boolean): boolean {
  return nodes.some((node) => node.type === 'element' && (test(node) || someElement(node.children, test)));
}

/** Reports whether a node is more than white space or a comment. */
export function isVisible(node: RootContent): boolean {
  return node.type === 'element' || (node.type === 'text' && /\S/.test(node.value));
}
