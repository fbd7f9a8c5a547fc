import { text } from '../front-matter/syntax/read.ts';
import { itemsOf, type Table, valueUnder } from '../front-matter/syntax/value.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { canonicalUrl } from '../web-address.ts';
import { namings } from './names.ts';
import {
  type AddressFacts,
  expand,
  languageFolder,
  nameParts,
  type Parts,
  type PermalinkRule,
  partsOf,
  textAt,
} from './parts.ts';

/** Where an article is on a site beside the publication. */
export interface PlaceOnSite {
  /** The absolute URL of its page there; absent without a rule. */
  readonly address?: string;
  /** The id that the site's own feed gives it; absent if the rule says nothing about ids. */
  readonly id?: string;
  /** Its old paths, below the site's address. */
  readonly aliases: readonly string[];
}

/** Computes the address of an article, its id and the addresses that its front matter names as old ones. */
export function placeOnSite(rule: PermalinkRule | undefined, facts: AddressFacts): PlaceOnSite {
  const written = ['aliases', 'redirect_from'].flatMap((name) => listAt(facts.frontMatter, name));
  if (rule === undefined) return { aliases: written.flatMap((path) => (isPath(path) ? path.slice(1) : [])) };
  const parts = partsOf(rule, facts);
  const path = wholePath(rule, facts, parts) ?? languageFolder(rule, facts.path) + patternPath(rule, parts);
  const { href } = new URL(relative(path.replace(/\/{2,}/g, '/')), rule.home);
  const address = canonicalUrl(href) ?? href;
  return omitUndefined({ address, id: idOf(rule, facts, address), aliases: aliasesOf(rule, written, address) });
}

function patternPath({ pattern, generator }: PermalinkRule, parts: Parts): string {
  const path = expand(pattern, parts);
  return generator === 'hugo' && !pattern.endsWith('.html') ? `${path}/` : path;
}

function idOf({ ids }: PermalinkRule, { path, frontMatter }: AddressFacts, address: string): string | undefined {
  if (ids !== 'jekyll-feed') return ids && address;
  // The folder of the address, and the name of the file even where front matter states another address.
  const slug = textAt(frontMatter, 'slug') ?? nameParts(path, namings.jekyll).name;
  return new URL(relative(slug), address.replace(/\/$/, '')).href;
}

function aliasesOf({ home, generator }: PermalinkRule, written: readonly string[], address: string): string[] {
  return written.flatMap((path) => {
    // Only Hugo reads them from the article's folder; other programs call the names of a note its aliases.
    if (!isPath(path) && (generator !== 'hugo' || /[\s:]/.test(path))) return [];
    const { href } = new URL(relative(path), isPath(path) ? home : new URL('..', address));
    return href.startsWith(home) && href !== address ? [href.slice(home.length)] : [];
  });
}

function isPath(written: string): boolean {
  return /^\/(?!\/)/.test(written);
}

/** Returns the address that front matter states as a whole. */
function wholePath({ generator }: PermalinkRule, { frontMatter }: AddressFacts, parts: Parts): string | undefined {
  const names = generator === undefined ? ['url', 'permalink'] : [namings[generator].whole ?? ''];
  const [written] = names.flatMap((name) => textAt(frontMatter, name) ?? []);
  if (written === undefined || /^[a-z]+:|^\/\//i.test(written)) return undefined;
  if (generator === undefined) return written.startsWith('/') ? written : undefined;
  const pattern = generator === 'eleventy' ? eleventyPattern(written) : written;
  if (pattern === undefined) return undefined;
  const path = `/${expand(pattern, parts)}`;
  if (generator === 'zola') return `${path}/`;
  // Hugo writes a page `x/index.html` for everything that does not name a file.
  if (generator === 'hugo') return /\.[^/]*$/.test(path) ? path : `${path}/`;
  return path;
}

/** Turns the few templates that most sites use into placeholders; `undefined` for all others. */
export function eleventyPattern(template: string): string | undefined {
  const pattern = template
    .replace(/\{\{-?\s*(?:page\.fileSlug|slug)(?:\s*\|\s*(?:slugify|slug|url))?\s*-?\}\}/g, ':filename')
    .replace(/\{\{-?\s*page\.filePathStem\s*-?\}\}/g, ':path')
    .replace(/\{\{-?\s*title\s*\|\s*(?:slugify|slug)\s*-?\}\}/g, ':title')
    .replace(/(?:^|(?<=\/))index\.html$/, '');
  return /\{[{%]/.test(pattern) ? undefined : pattern;
}

/** Makes a relative reference of a path, and encodes what would end it. */
function relative(path: string): string {
  return `./${path.replace(/^\/+/, '').replaceAll('?', '%3F').replaceAll('#', '%23')}`;
}

function listAt(table: Table | undefined, name: string): readonly string[] {
  const value = table && valueUnder(table, name);
  return value === undefined ? [] : itemsOf(value).flatMap((item) => text(item) ?? []);
}
