import { isSeq, type ParsedNode } from 'yaml';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { canonicalUrl, isMailAddress } from '../../article/web-address.ts';
import type { MachinePolicy } from '../site/machine-policy.ts';
import { type MarkdownUse, markdownUses } from '../site/markdown-uses.ts';
import { text, type Values } from './key-file.ts';
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
  contact: { expects: 'a mail address, or an absolute http or https address', read: contact },
} as const;

function contact(node: ParsedNode): string | undefined {
  const written = text(node)?.replace(/^mailto:/, '') ?? '';
  return isMailAddress(written) ? `mailto:${written}` : canonicalUrl(written);
}

/** Makes the policy of the written keys; `undefined` if none is set. */
export function machinesOf(written: Values<typeof machineKeys> = {}): MachinePolicy | undefined {
  if (Object.keys(written).length === 0) return undefined;
  const { search, license, contact, 'ai-input': aiInput, 'ai-train': aiTrain } = written;
  return omitUndefined({ search, aiInput, aiTrain, license, contact });
}

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
