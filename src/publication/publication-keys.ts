import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { Author } from '../article/article.ts';
import { isTimezone } from '../article/date.ts';
import { canonicalUrl } from '../article/original-url.ts';
import { spellPath } from './address.ts';
import { isTagBase } from './identity.ts';
import { resource, text } from './key-values.ts';
import { podcastKeys } from './podcast-keys.ts';
import { goneTarget } from './site.ts';

/** Every key of `publication.yaml`: what it takes, in words and as the function that reads it or as keys of its own. */
export const publicationKeys = {
  title: { expects: 'text', read: text },
  description: { expects: 'text', read: text },
  url: { expects: 'an absolute http or https address', read: address },
  language: { expects: 'a language tag such as en or pt-BR', read: language },
  authors: { expects: 'a list of authors, each a name or a map of name, email and url', read: authors },
  timezone: { expects: 'a time zone such as Europe/Berlin', read: timezone },
  items: { expects: 'a whole number from 1 to 1000', read: whole(1, 1000) },
  content: { expects: '"full" or "summary"', read: content },
  ttl: { expects: 'a whole number of minutes from 1 to 10080', read: whole(1, 10_080) },
  hub: { expects: 'an absolute http or https address', read: address },
  icon: { expects: 'an address or a path on this site', read: resource },
  favicon: { expects: 'an address or a path on this site', read: resource },
  copyright: { expects: 'text', read: text },
  id: { expects: 'the beginning of a tag URI, such as "tag:example.org,2026:"', read: tag },
  redirects: {
    expects: 'a map of old paths, each with the path or address to which it moved, or "gone"',
    read: redirects,
  },
  podcast: { expects: `a map of ${Object.keys(podcastKeys).join(', ')}`, keys: podcastKeys },
} as const;

type Read<T> = (node: ParsedNode) => T | undefined;

function address(node: ParsedNode): string | undefined {
  return canonicalUrl(text(node) ?? '');
}

function whole(least: number, most: number): Read<number> {
  return (node) => {
    const value = isScalar(node) ? node.value : undefined;
    return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? value
      : undefined;
  };
}

function content(node: ParsedNode): 'full' | 'summary' | undefined {
  const value = text(node);
  return value === 'full' || value === 'summary' ? value : undefined;
}

function timezone(node: ParsedNode): string | undefined {
  const name = text(node);
  return name !== undefined && isTimezone(name) ? name : undefined;
}

function language(node: ParsedNode): string | undefined {
  try {
    return Intl.getCanonicalLocales(text(node) ?? '-')[0];
  } catch {
    return undefined;
  }
}

function tag(node: ParsedNode): string | undefined {
  const base = text(node);
  return base !== undefined && isTagBase(base) ? base : undefined;
}

function authors(node: ParsedNode): readonly Author[] | undefined {
  if (!isSeq(node)) return undefined;
  const all = node.items.map(author);
  return all.every((one) => one !== undefined) ? all : undefined;
}

function author(node: ParsedNode): Author | undefined {
  if (!isMap(node)) {
    const name = text(node);
    return name === undefined ? undefined : { name };
  }
  const fields: { name?: string; email?: string; url?: string } = {};
  for (const { key, value } of node.items) {
    const written = value === null ? undefined : text(value);
    const field = text(key);
    if (written === undefined) return undefined;
    if (field === 'name') fields.name = written;
    else if (field === 'email' && /^[^\s@<>()]+@[^\s@<>()]+$/.test(written)) fields.email = written;
    else if (field === 'url' && canonicalUrl(written) !== undefined)
      fields.url = canonicalUrl(written) ?? written;
    else return undefined;
  }
  return fields.name === undefined ? undefined : { ...fields, name: fields.name };
}

function redirects(node: ParsedNode): Readonly<Record<string, string>> | undefined {
  if (!isMap(node)) return undefined;
  const table: Record<string, string> = {};
  for (const { key, value } of node.items) {
    const from = text(key);
    const to = value === null ? undefined : text(value);
    const base = 'https://site.example';
    if (from === undefined || !/^\/(?!\/)[^?#]*$/.test(from) || to === undefined) return undefined;
    const isPath = /^\/(?!\/)/.test(to) && URL.canParse(to, base);
    if (to !== goneTarget && !isPath && canonicalUrl(to) === undefined) return undefined;
    // A site may be served below a path, so its own paths are kept relative to its address.
    table[new URL(from, base).pathname] = isPath ? `.${to}` : to;
  }
  return isCircular(table) ? undefined : table;
}

/** Tells whether a path leads back to itself over any number of steps, however it is spelled. */
function isCircular(table: Readonly<Record<string, string>>): boolean {
  const steps = new Map(
    Object.entries(table).map(([from, to]) => [samePath(from), samePath(to.replace(/^\.(?=\/)/, ''))]),
  );
  return [...steps.keys()].some((start) => {
    const seen = new Set<string>();
    let path: string | undefined = start;
    while (path !== undefined && !seen.has(path)) {
      seen.add(path);
      path = steps.get(path);
    }
    return path !== undefined;
  });
}

/** One spelling for a path as requests are compared: encoded alike, without query and trailing stroke. */
function samePath(path: string): string {
  if (!path.startsWith('/')) return path;
  return spellPath(new URL(path, 'https://site.example').pathname).replace(/(?<=.)\/$/, '');
}
