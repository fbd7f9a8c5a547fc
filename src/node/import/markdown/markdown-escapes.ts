import type { Link, Nodes, Parents } from 'mdast';
import type { Handle } from 'mdast-util-to-markdown';
import { markEscapes, markLink, ownSigns, withoutOwnSigns } from './needed-escapes.ts';
import { isMark, settledMarks } from './settled-marks.ts';

/**
 * Writes text so that our parser sees no more in it than Markdown does: below front matter braces open shortcodes,
 * colons open boxes and "Original url:" names an address.
 */
export const escapedText: Handle = (node, _, state, info) =>
  state
    .safe(node.value, info)
    .replace(/(?<!\\)\{/g, '\\{')
    .replace(/^([ \t]*):(?=::)/gm, '$1\\:')
    .replace(/(?<![a-z0-9])o(?=riginal(?:ly)? ur[li]\b)/gi, (letter) => `&#${letter.charCodeAt(0)};`);

/** Writes HTML inside a line as it is; in the cell of a table a stroke would end the cell. */
export const writtenAsIs: Handle = (node, _, state) =>
  state.stack.includes('tableCell') ? node.value.replaceAll('|', '&#124;') : node.value;

/** Begins: from here on the writer's escapes are marked. */
export const writtenRoot: Handle = (node, _, state, info) => {
  markEscapes(state);
  return state.containerFlow(node, info);
};

/** A link whose text is its address may be one between angle brackets. */
export const writtenLink: Handle = (node, parent, state, info) =>
  markLink(state.handle({ ...node, type: 'link' }, parent, state, info));

/** Hugo's way to show a shortcode in code is undone by our parser, also where readers of another system saw it. */
const example = /\{\{[<%]\/\*/;
const isSpecial = (code: string): boolean => example.test(code) || code.search(ownSigns) !== -1;

/** Has code in which our parser would see a mark written as HTML, takes line breaks away that break nothing, and settles marks. */
export function settleMarkdown(parent: Parents, around: readonly string[] = []): void {
  const inner = isMark(parent) ? [...around, parent.type] : around;
  const children: readonly Nodes[] = isLine(parent) ? withoutEdges(parent.children) : parent.children;
  const settled = children.flatMap((node): Nodes | Nodes[] => {
    if ('children' in node) settleMarkdown(node, inner);
    // What is bold gets no bolder.
    if (isMark(node) && inner.includes(node.type)) return node.children;
    if (node.type === 'link' && isBareLink(node)) return { ...node, type: 'autolink' } as never;
    if ('value' in node && /^(?:html|mdxTextExpression)$/.test(node.type))
      return { ...node, value: withoutOwnSigns(node.value) };
    if ((node.type !== 'code' && node.type !== 'inlineCode') || !isSpecial(node.value)) return node;
    const value = node.value.replace(/[^\p{L}\p{N} ]/gu, (sign) => `&#${sign.codePointAt(0)};`);
    if (node.type === 'inlineCode')
      return { type: 'mdxTextExpression', value: `<code>${value}</code>` } as never;
    const language = node.lang ? ` class="language-${node.lang.replace(/[^\w+#.-]/g, '')}"` : '';
    return { type: 'html', value: `<pre><code${language}>${value}</code></pre>` };
  });
  const isInner = isMark(parent) || parent.type === 'link';
  parent.children = settledMarks(settled, isInner ? '*' : ' ') as never;
}

function isBareLink({ url, title, children }: Link): boolean {
  const [text, ...more] = children;
  const isAlone = text?.type === 'text' && more.length === 0 && !title;
  return isAlone && (url === text.value || url === `mailto:${text.value}`) && !/[|{}]/.test(url);
}

function isLine({ type }: Parents): boolean {
  return type === 'paragraph' || type === 'heading' || type === 'tableCell';
}

/** A break at the edge of a block would be shown as a backslash; white space there, of any kind, as nothing. */
function withoutEdges(nodes: readonly Nodes[]): readonly Nodes[] {
  const isText = (node: Nodes): boolean =>
    node.type === 'text' ? /\S/.test(node.value) : node.type !== 'break';
  const start = nodes.findIndex(isText);
  if (start === -1) return nodes.filter(({ type }) => type !== 'break');
  return nodes.slice(start, nodes.findLastIndex(isText) + 1);
}
