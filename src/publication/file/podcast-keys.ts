import { isSeq, type ParsedNode } from 'yaml';
import type { PodcastCategory } from '../podcast.ts';
import { text } from './key-file.ts';
import { readPodcastCategory } from './podcast-categories.ts';
import { mailAddress, resource, truth } from './value-readers.ts';

/** The keys below `podcast` in `publication.yaml`. */
export const podcastKeys = {
  category: {
    expects: 'one of Apple’s categories, such as Technology or "Society & Culture > Documentary", or a list of them',
    read: categories,
  },
  explicit: { expects: 'true or false', read: truth },
  image: { expects: 'an address or a path on this site', read: resource },
  author: { expects: 'text', read: text },
  owner: {
    expects: 'a map of name and email',
    keys: {
      name: { expects: 'text', read: text },
      email: { expects: 'a mail address', read: mailAddress },
    },
  },
  type: { expects: '"episodic" or "serial"', read: type },
  guid: { expects: 'a UUID such as 917393e3-1b1e-5cef-ace4-edaa54e1f810', read: uuid },
  locked: { expects: 'true or false', read: truth },
} as const;

function categories(node: ParsedNode): readonly PodcastCategory[] | undefined {
  const all = (isSeq(node) ? node.items : [node]).map((item) => readPodcastCategory(text(item) ?? ''));
  return all.length > 0 && all.every((one) => one !== undefined) ? all : undefined;
}

function type(node: ParsedNode): 'episodic' | 'serial' | undefined {
  const value = text(node);
  return value === 'episodic' || value === 'serial' ? value : undefined;
}

function uuid(node: ParsedNode): string | undefined {
  const written = text(node)?.toLowerCase();
  return written !== undefined && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(written) ? written : undefined;
}
