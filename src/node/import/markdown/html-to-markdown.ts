import type { Root } from 'hast';
import type { Parents } from 'mdast';
import type { Handle } from 'mdast-util-to-markdown';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { type EscapedMarkdown, markEscapes, markLink, minimizeEscapes } from './minimize-escapes.ts';
import { normalizeMarkdown } from './normalize-markdown.ts';
import { normalizeTree } from './normalize-tree.ts';
import { preservedHtmlHandlers } from './preserve-html.ts';
import type { Addressing } from './resolve-addresses.ts';

/**
 * Writes HTML as Markdown that reads as the same article below front matter. What Markdown can't express stays HTML.
 * Changes the tree.
 */
export function htmlToMarkdown(tree: Root, addressing: Addressing): EscapedMarkdown {
  normalizeTree(tree, addressing);
  const markdown: Parents = writer.runSync(tree);
  normalizeMarkdown(markdown);
  // A no-break space stays: without it, what follows could open other markup.
  return minimizeEscapes(writer.stringify(markdown as never).replace(/^[ \t\n]+|[ \t\n]+$/g, ''));
}

const handlers: Record<string, Handle> = {
  root: (node, _, state, info) => {
    markEscapes(state);
    return state.containerFlow(node, info);
  },
  // Below front matter, braces open shortcodes, colons open boxes and definitions, dollar signs enclose TeX, and
  // "Original url:" introduces an address.
  text: (node, _, state, info) =>
    state
      .safe(node.value, info)
      .replace(/(?<!\\)\{/g, '\\{')
      .replace(/^([ \t]*):(?=::|[ \t]|[^\S\n]*$)/gm, '$1\\:')
      .replace(/(?<!\\)\$(?=[^$]*\$)/g, '\\$$')
      .replace(/(?<![a-z0-9])o(?=riginal(?:ly)? ur[li]\b)/gi, (letter) => `&#${letter.charCodeAt(0)};`),
  // Inline HTML. A pipe would end the cell of a table.
  mdxTextExpression: (node, _, state) =>
    state.stack.includes('tableCell') ? node.value.replaceAll('|', '&#124;') : node.value,
  // A link whose text is its address, which may become `<https://…>`.
  autolink: (node, parent, state, info) => markLink(state.handle({ ...node, type: 'link' }, parent, state, info)),
};

const writer = unified()
  .use(rehypeRemark, { handlers: preservedHtmlHandlers })
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkStringify, {
    bullet: '-',
    rule: '-',
    emphasis: '*',
    fences: true,
    // Our parser would read `<https://…>` after "Id:" as the id.
    resourceLink: true,
    handlers,
  });
