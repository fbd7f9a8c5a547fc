import { isMap, isSeq, type ParsedNode } from 'yaml';
import type { PodcastElement } from '../../article/media/episode.ts';
import { canonicalUrl } from '../../article/web-address.ts';
import type { PodcastCategory } from '../site/podcast.ts';
import { text, unknownKey, type Wrong } from './key-file.ts';
import { readPodcastCategory } from './podcast-categories.ts';
import { expectsLive, liveShows, podcastElementKeys } from './podcast-element-keys.ts';
import { address, mailAddress, resource, truth } from './value-readers.ts';

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
  title: { expects: 'text', read: text },
  description: { expects: 'text', read: text },
  apple: { expects: 'an absolute http or https address', read: address },
  spotify: { expects: 'an absolute http or https address', read: address },
  people: { expects: 'a list of people, each a name or a map of name, role, group, image and url', read: people },
  live: { expects: expectsLive, read: liveShows },
  ...podcastElementKeys,
} as const;

/** Reads who is in every episode. */
function people(node: ParsedNode, wrong: Wrong): readonly PodcastElement[] | undefined {
  const all = (isSeq(node) ? node.items : [node]).map((item) => person(item, wrong));
  return all.every((one) => one !== undefined) ? all : undefined;
}

function person(node: ParsedNode, wrong: Wrong): PodcastElement | undefined {
  if (!isMap(node)) {
    const name = text(node);
    return name === undefined ? undefined : { name: 'person', text: name };
  }
  const attributes: Record<string, string> = {};
  let name: string | undefined;
  for (const { key, value } of node.items) {
    const field = text(key) ?? '';
    const attribute = ({ role: 'role', group: 'group', image: 'img', url: 'href' } as Record<string, string>)[field];
    if (field !== 'name' && attribute === undefined)
      return wrong(key, unknownKey(field, ['name', 'role', 'group', 'image', 'url']), 'unknown-key');
    const written = value === null ? undefined : text(value);
    const read = field === 'image' || field === 'url' ? canonicalUrl(written ?? '') : written;
    if (read === undefined)
      return wrong(value ?? key, `expected ${field === 'name' ? 'a name' : 'an absolute address or text'}`);
    if (attribute === undefined) name = read;
    else attributes[attribute] = read;
  }
  return name === undefined ? wrong(node, 'expected a person with a name') : { name: 'person', attributes, text: name };
}

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
