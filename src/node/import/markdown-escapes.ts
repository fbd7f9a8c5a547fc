import type { Nodes, Parents } from 'mdast';
import type { Handle } from 'mdast-util-to-markdown';

/**
 * Writes text so that our parser sees no more in it than Markdown does: below front matter braces open shortcodes,
 * colons open boxes and "Original url:" names an address.
 */
export const escapedText: Handle = (node, _, state, info) =>
  state
    .safe(node.value, info)
    .replace(/(?<!\\)\{/g, '\\{')
    .replace(/^([ \t]*):(?=::)/gm, '$1\\:')
    .replace(/\bo(?=riginal(?:ly)? ur[li]\b)/gi, (letter) => `&#${letter.charCodeAt(0)};`);

/** Writes HTML inside a line as it is; in the cell of a table a stroke would end the cell. */
export const writtenAsIs: Handle = (node, _, state) =>
  state.stack.includes('tableCell') ? node.value.replaceAll('|', '&#124;') : node.value;

/** Hugo's way to show a shortcode in code is undone by our parser, also where readers of another system saw it. */
const example = /\{\{[<%]\/\*/;

/** Has code in which our parser would see a mark written as HTML, and takes line breaks away that break nothing. */
export function settleMarkdown(parent: Parents): void {
  const children: readonly Nodes[] = isLine(parent) ? withoutEdges(parent.children) : parent.children;
  parent.children = children.map((node) => {
    if ('children' in node) settleMarkdown(node);
    if ((node.type !== 'code' && node.type !== 'inlineCode') || !example.test(node.value)) return node;
    const value = node.value.replace(/[^\p{L}\p{N} ]/gu, (sign) => `&#${sign.codePointAt(0)};`);
    if (node.type === 'inlineCode') return { type: 'mdxTextExpression', value: `<code>${value}</code>` };
    const language = node.lang ? ` class="language-${node.lang.replace(/[^\w+#.-]/g, '')}"` : '';
    return { type: 'html', value: `<pre><code${language}>${value}</code></pre>` };
  }) as never;
}

function isLine({ type }: Parents): boolean {
  return type === 'paragraph' || type === 'heading' || type === 'tableCell';
}

/** A break at the edge of a block would be shown as a backslash. */
function withoutEdges(nodes: readonly Nodes[]): readonly Nodes[] {
  const isText = (node: Nodes): boolean => node.type !== 'break';
  return nodes.slice(Math.max(0, nodes.findIndex(isText)), nodes.findLastIndex(isText) + 1);
}
