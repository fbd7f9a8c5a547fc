import type { Root, RootContent } from 'hast';
import { blockNames, boxNames } from '../../../article/body/dropped-blocks.ts';

/** Reads the text of HTML that is no cleaner than it came, with white space wherever a browser parts words. */
export function sourceText(root: Root): string {
  const parts: string[] = [];
  read(root.children, parts);
  return parts.join('');
}

function read(nodes: readonly RootContent[], parts: string[]): void {
  for (const node of nodes) {
    if (node.type === 'text') parts.push(node.value);
    if (node.type !== 'element' || silent.test(node.tagName)) continue;
    const isApart = apart.test(node.tagName);
    if (isApart) parts.push(' ');
    read(node.children, parts);
    if (isApart) parts.push(' ');
  }
}

/** Elements whose text nobody sees. */
const silent = /^(?:iframe|noembed|noframes|script|style|template|textarea|title|xmp)$/;
/** What browsers show as a block, a box or a cell, and what stands between two words. */
const apart = new RegExp(
  `^(?:${[...blockNames, ...boxNames].join('|')}|address|article|aside|audio|blockquote|br|caption|d[dlt]|details|dir|div|fig(?:ure|caption)|footer|h[1-6r]|header|hgroup|img|li|listing|menu|[ou]l|p|picture|pre|section|summary|t(?:able|body|[dhr]|foot|head)|video)$`,
);
