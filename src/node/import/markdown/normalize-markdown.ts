import type { Link, Nodes, Parents, PhrasingContent } from 'mdast';
import { encodeMarks, marks } from './minimize-escapes.ts';

/**
 * Prepares a Markdown tree for writing: code that our parser would misread becomes HTML, line breaks and white space at
 * the edges of a block go, and emphasis gets a form that CommonMark recognizes.
 */
export function normalizeMarkdown(parent: Parents, outer: readonly string[] = []): void {
  const inner = isEmphasis(parent) ? [...outer, parent.type] : outer;
  const children: readonly Nodes[] = isLine(parent) ? trimLine(parent.children) : parent.children;
  const normalized = children.flatMap((node): Nodes | readonly Nodes[] => {
    if ('children' in node) normalizeMarkdown(node, inner);
    // Bold inside bold changes nothing.
    if (isEmphasis(node) && inner.includes(node.type)) return node.children;
    if (node.type === 'link' && isAutolink(node)) return { ...node, type: 'autolink' } as never;
    if ('value' in node && /^(?:html|mdxTextExpression)$/.test(node.type))
      return { ...node, value: encodeMarks(node.value) };
    if ((node.type !== 'code' && node.type !== 'inlineCode') || !isMisreadCode(node.value)) return node;
    const value = node.value.replace(/[^\p{L}\p{N} ]/gu, (sign) => `&#${sign.codePointAt(0)};`);
    if (node.type === 'inlineCode') return inlineHtml(`<code>${value}</code>`);
    const language = node.lang ? ` class="language-${node.lang.replace(/[^\w+#.-]/g, '')}"` : '';
    return { type: 'html', value: `<pre><code${language}>${value}</code></pre>` };
  });
  const isInner = isEmphasis(parent) || parent.type === 'link';
  parent.children = normalizeEmphasis(normalized, isInner ? '*' : ' ') as never;
}

/** Our parser replaces Hugo's escaped shortcodes even in code. */
function isMisreadCode(code: string): boolean {
  return /\{\{[<%]\/\*/.test(code) || code.search(marks) !== -1;
}

function isAutolink({ url, title, children }: Link): boolean {
  const [text, ...more] = children;
  const isAlone = text?.type === 'text' && more.length === 0 && !title;
  return isAlone && (url === text.value || url === `mailto:${text.value}`) && !/[|{}]/.test(url);
}

function isLine({ type }: Parents): boolean {
  return type === 'paragraph' || type === 'heading' || type === 'tableCell';
}

/** At the edge of a block, a line break would show as a backslash and white space would vanish. */
function trimLine(nodes: readonly Nodes[]): readonly Nodes[] {
  const isText = (node: Nodes): boolean => (node.type === 'text' ? /\S/.test(node.value) : node.type !== 'break');
  const start = nodes.findIndex(isText);
  if (start === -1) return nodes.filter(({ type }) => type !== 'break');
  return nodes.slice(start, nodes.findLastIndex(isText) + 1);
}

const emphasisTags = { strong: 'strong', emphasis: 'em', delete: 's' } as const;
type Emphasis = Extract<PhrasingContent, { readonly type: keyof typeof emphasisTags }>;

/**
 * Merges adjacent emphasis of one kind, and writes emphasis as tags if CommonMark would not recognize it, as in
 * `**Bold:**text` (CommonMark §6.2). `outside` is the character around the nodes.
 */
function normalizeEmphasis(nodes: readonly Nodes[], outside: ' ' | '*'): readonly Nodes[] {
  const merged: Nodes[] = [];
  for (const node of nodes) {
    const last = merged.at(-1);
    // Where the two meet, emphasis inside them becomes adjacent, too.
    if (isEmphasis(node) && last?.type === node.type)
      last.children = normalizeEmphasis([...last.children, ...node.children], '*') as never;
    else merged.push(node);
  }
  return merged.flatMap((node, index): Nodes[] => {
    if (!isEmphasis(node)) return [node];
    const [before, after] = [merged[index - 1], merged[index + 1]];
    const [first, last] = [node.children.at(0), node.children.at(-1)];
    if (first === undefined || last === undefined) return [];
    const opens = isDelimiter(edgeOf(before, 'end', outside), edgeOf(first, 'start', outside));
    const closes = isDelimiter(edgeOf(after, 'start', outside), edgeOf(last, 'end', outside));
    // The adjacent delimiters of two elements would be read as one run.
    const isApart = before === undefined || !isEmphasis(before);
    if (opens && closes && isApart) return [node];
    const tag = emphasisTags[node.type];
    return [inlineHtml(`<${tag}>`), ...node.children, inlineHtml(`</${tag}>`)];
  });
}

function isEmphasis(node: Nodes): node is Emphasis {
  return node.type in emphasisTags;
}

function isDelimiter(outside: string, inside: string): boolean {
  return !isPunctuation(inside) || isPunctuation(outside) || /^\s/u.test(outside);
}

/** Parsers disagree on whether symbols are punctuation or letters. Here they are punctuation. */
function isPunctuation(character: string): boolean {
  return /^[\p{P}\p{S}]/u.test(character);
}

/** Returns the character at a node's edge in Markdown. All nodes but text begin and end with punctuation. */
function edgeOf(node: Nodes | undefined, edge: 'start' | 'end', outside: string): string {
  if (node === undefined) return outside;
  if (node.type === 'break') return ' ';
  if (node.type !== 'text') return '*';
  return (edge === 'start' ? /^./su : /.$/su).exec(node.value)?.[0] ?? '*';
}

function inlineHtml(value: string): Nodes {
  return { type: 'mdxTextExpression', value } as never;
}
