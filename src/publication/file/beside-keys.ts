import type { ParsedNode } from 'yaml';
import { generators } from '../../article/permalink/names.ts';
import { placeholders, unknownPlaceholder } from '../../article/permalink/parts.ts';
import { quote } from '../../article/problem.ts';
import { expectsSiteAddress, siteAddress } from '../../article/web-address.ts';
import { type Read, text, type Wrong } from './key-file.ts';
import { truth } from './value-readers.ts';

/** The keys of a publication beside a site that has pages of its own. */
export const besideKeys = {
  articles: { expects: 'a folder inside that of this file, such as content/posts', read: folder },
  static: { expects: 'a folder inside that of this file, such as static', read: folder },
  site: { expects: expectsSiteAddress, read: (node: ParsedNode) => siteAddress(text(node) ?? '') },
  permalink: { expects: 'a path with placeholders that begins with "/", such as /posts/:slug/', read: permalink },
  generator: { expects: `one of ${generators.join(', ')}`, read: oneOf(generators) },
  ids: { expects: '"name", "address" or "jekyll-feed"', read: oneOf(['name', 'address', 'jekyll-feed'] as const) },
  pages: { expects: 'true or false', read: truth },
} as const;

function folder(node: ParsedNode): string | undefined {
  const path = text(node)
    ?.replace(/^(?:\.\/+)+|\/+$/g, '')
    .replace(/\/{2,}/g, '/');
  if (path === undefined || /^\/|\\|:/.test(path) || path.split('/').includes('..')) return undefined;
  return path === '' ? '.' : path;
}

function permalink(node: ParsedNode, wrong: Wrong): string | undefined {
  const pattern = text(node);
  if (pattern === undefined || !/^\/(?!\/)[^?#\s]*$/.test(pattern)) return undefined;
  const unknown = unknownPlaceholder(pattern);
  if (unknown !== undefined) {
    const all = placeholders.map((name) => `:${name}`).join(', ');
    return wrong(node, `${quote(unknown)} stands for nothing; the placeholders are ${all}`);
  }
  return pattern;
}

function oneOf<const T extends string>(words: readonly T[]): Read<T> {
  return (node) => words.find((word) => word === text(node));
}
