import type { ParsedNode } from 'yaml';
import { canonicalUrl } from '../../article/web-address.ts';
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
