import { isSeq, type ParsedNode } from 'yaml';
import { canonicalUrl } from '../../article/web-address.ts';
import { type MarkdownUse, markdownUses } from '../site/markdown-uses.ts';
import { text } from './key-file.ts';
import { truth } from './value-readers.ts';

/** The keys below `machines` in `publication.yaml`. */
export const machineKeys = {
  search: { expects: 'true or false', read: truth },
  'ai-input': { expects: 'true or false', read: truth },
  'ai-train': { expects: 'true or false', read: truth },
  license: {
    expects: 'an absolute http or https address',
    read: (node: ParsedNode) => canonicalUrl(text(node) ?? ''),
  },
} as const;

export const expectsMarkdown = `true, false, or a list of ${markdownUses.join(', ')}`;

/** Reads where articles are in Markdown; `true` stands for pages. */
export function markdownUsesIn(node: ParsedNode): readonly MarkdownUse[] | undefined {
  const isOn = truth(node);
  if (isOn !== undefined) return isOn ? ['pages'] : [];
  if (!isSeq(node)) return undefined;
  const written = node.items.map((item) => text(item as ParsedNode));
  if (written.some((one) => !markdownUses.some((use) => use === one))) return undefined;
  return markdownUses.filter((use) => written.includes(use));
}
