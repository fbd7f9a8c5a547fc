import type { ParsedNode } from 'yaml';
import { text } from './key-file.ts';
import { language, truth, whole } from './value-readers.ts';

/** The keys that a publication and a named feed share. */
export const pageKeys = {
  language: { expects: 'a language tag such as en or pt-BR', read: language },
  items: { expects: 'a whole number from 1 to 1000', read: whole(1, 1000) },
  content: { expects: '"full" or "summary"', read: content },
  aggregators: { expects: 'true or false', read: truth },
} as const;

function content(node: ParsedNode): 'full' | 'summary' | undefined {
  const value = text(node);
  return value === 'full' || value === 'summary' ? value : undefined;
}
