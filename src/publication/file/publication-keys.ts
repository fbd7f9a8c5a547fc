import { isMap, type ParsedNode } from 'yaml';
import { isTimezone } from '../../article/seed/date.ts';
import { canonicalUrl, expectsSiteAddress, siteAddress, withoutPasswords } from '../../article/web-address.ts';
import { normalizePath } from '../addresses/address.ts';
import { isTagBase } from '../site/identity.ts';
import { type CacheInFront, goneTarget } from '../site/site.ts';
import { expectsAuthors, readAuthors } from './author-keys.ts';
import { besideKeys } from './beside-keys.ts';
import { brandKeys } from './brand-keys.ts';
import { describedSlices, expectsSlices } from './described-slices.ts';
import { namedFeedKeys } from './feed-keys.ts';
import { describe, text, type Wrong } from './key-file.ts';
import { expectsMarkdown, machineKeys, markdownUsesIn } from './machine-keys.ts';
import { pageKeys } from './page-keys.ts';
import { podcastKeys } from './podcast-keys.ts';
import { address, resource, truth, whole } from './value-readers.ts';

const expectsPurge =
  'cloudflare:<zone id>, fastly:<service id> or an absolute http or https address without a password';

/** The keys of `publication.yaml`: for each, the expected value in words, and how it is read. */
export const publicationKeys = {
  title: { expects: 'text', read: text },
  description: { expects: 'text', read: text },
  url: { expects: expectsSiteAddress, read: (node: ParsedNode) => siteAddress(text(node) ?? '') },
  language: pageKeys.language,
  authors: { expects: expectsAuthors, read: readAuthors },
  timezone: { expects: 'a time zone such as Europe/Berlin', read: timezone },
  items: pageKeys.items,
  content: pageKeys.content,
  aggregators: pageKeys.aggregators,
  ttl: { expects: 'a whole number of minutes from 1 to 10080', read: whole(1, 10_080) },
  hub: { expects: 'an absolute http or https address', read: address },
  purge: { expects: expectsPurge, read: purge },
  audience: { expects: 'true or false', read: truth },
  patience: { expects: 'a whole number of answers from 3 to 1000', read: whole(3, 1000) },
  icon: { expects: 'an address or a path on this site', read: resource },
  favicon: { expects: 'an address or a path on this site', read: resource },
  copyright: { expects: 'text', read: text },
  id: { expects: 'the beginning of a tag URI, such as "tag:example.org,2026:"', read: tag },
  machines: { expects: `a map of ${Object.keys(machineKeys).join(', ')}`, keys: machineKeys },
  markdown: { expects: expectsMarkdown, read: markdownUsesIn },
  news: { expects: 'true or false', read: truth },
  tombstones: { expects: 'true or false', read: truth },
  redirects: {
    expects: 'a map of old paths, each with the path or address to which it moved, or "gone"',
    read: redirects,
  },
  sections: { expects: expectsSlices, read: describedSlices },
  tags: { expects: expectsSlices, read: describedSlices },
  ...besideKeys,
  feeds: { expects: 'a map of names, each with the articles that the feed has', each: namedFeedKeys },
  ...brandKeys,
  podcast: { expects: `a map of ${Object.keys(podcastKeys).join(', ')}`, keys: podcastKeys },
} as const;

function purge(node: ParsedNode): CacheInFront | undefined {
  const value = text(node) ?? '';
  const [, kind, service = ''] = /^(cloudflare|fastly):([A-Za-z0-9]{1,64})$/.exec(value) ?? [];
  if (kind === 'cloudflare' || kind === 'fastly') return { kind, id: service };
  const id = withoutPasswords(value) === value ? canonicalUrl(value) : undefined;
  return id === undefined ? undefined : { kind: 'other', id };
}

function timezone(node: ParsedNode): string | undefined {
  const name = text(node);
  return name !== undefined && isTimezone(name) ? name : undefined;
}

function tag(node: ParsedNode): string | undefined {
  const base = text(node);
  return base !== undefined && isTagBase(base) ? base : undefined;
}

function redirects(node: ParsedNode, wrong: Wrong): Readonly<Record<string, string>> | undefined {
  if (!isMap(node)) return undefined;
  const all = node.items.map(({ key, value }) => redirect(key, value, wrong));
  const read = all.filter((one) => one !== undefined);
  const table = Object.fromEntries(read.map(({ from, to }) => [from, to]));
  const [circular] = circularPaths(table);
  const key = read.findLast(({ from }) => from === circular)?.key;
  if (key !== undefined)
    return wrong(
      key,
      `${describe(key)} redirects to itself; change the target to an existing page, or to "${goneTarget}"`,
    );
  return read.length === all.length ? table : undefined;
}

/** Reads a redirect: an old path, and the path or address that it moved to. */
function redirect(key: ParsedNode, value: ParsedNode | null, wrong: Wrong) {
  const from = text(key);
  const to = value === null ? undefined : text(value);
  const base = 'https://site.example';
  if (from === undefined || !/^\/(?!\/)[^?#]*$/.test(from))
    return wrong(key, `expected an old path that begins with "/" and has no query, got ${describe(key)}`);
  const isPath = to !== undefined && /^\/(?!\/)/.test(to) && URL.canParse(to, base);
  if (to === undefined || (to !== goneTarget && !isPath && canonicalUrl(to) === undefined)) {
    const got = value === null ? 'nothing' : describe(value);
    return wrong(value ?? key, `expected a path that begins with "/", an address, or "${goneTarget}", got ${got}`);
  }
  // Relative, since the site may be served below a path.
  return { key, from: new URL(from, base).pathname, to: isPath ? `.${to}` : to };
}

/** Lists the paths that redirect to themselves, in any number of steps and however they are spelled. */
function circularPaths(table: Readonly<Record<string, string>>): string[] {
  const steps = new Map(
    Object.entries(table).map(([from, to]) => [comparablePath(from), comparablePath(to.replace(/^\.(?=\/)/, ''))]),
  );
  return Object.keys(table).filter((from) => {
    const seen = new Set<string>();
    let path = steps.get(comparablePath(from));
    while (path !== undefined && !seen.has(path) && path !== comparablePath(from)) {
      seen.add(path);
      path = steps.get(path);
    }
    return path === comparablePath(from);
  });
}

/** Normalizes a path as requests are: its encoding, without a query or a trailing slash. */
function comparablePath(path: string): string {
  if (!path.startsWith('/')) return path;
  return normalizePath(new URL(path, 'https://site.example').pathname).replace(/(?<=.)\/$/, '');
}
