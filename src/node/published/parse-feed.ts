import { parseFeed } from 'feedsmith';

/** A feed as feedsmith parses it, with everything in it. */
export type ParsedFeed = ReturnType<typeof parseFeed<string>>;

/** Parses RSS 2.0 and older, RSS 1.0, Atom 1.0 or JSON Feed. Throws if the text is none of these. */
export function parseWholeFeed(text: string): ParsedFeed {
  const parsed = parseFeed<string>(text);
  return parsed.format === 'rdf' ? withUnlisted(parsed, text) : parsed;
}

/** The namespace of WordPress's own elements in an export, in any version. */
export const wordPressNamespace = /^https?:\/\/wordpress\.org\/export\/[\d.]+\/?$/;

/**
 * Reports whether a text begins like a WordPress export: RSS that also holds unpublished posts. The namespace decides,
 * whatever its prefix. Only a file that declares none is known by its version element.
 */
export function isWordPress(start: string): boolean {
  const markup = start.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)/g, '');
  const tags = [...markup.matchAll(/<[a-z][^<>]*>/gi)].map(([tag]) => tag);
  if (!tags.some((tag) => /^<rss[\s>]/i.test(tag))) return false;
  const declared = tags.flatMap((tag) => [...tag.matchAll(/\sxmlns:([\w.-]+)\s*=\s*(["'])(.*?)\2/g)]);
  if (declared.some(([, , , value = '']) => wordPressNamespace.test(value.trim()))) return true;
  return tags.includes('<wp:wxr_version>') && !declared.some(([, prefix]) => prefix === 'wp');
}

/** The namespace of Blogger's own elements in an export of Google Takeout. */
export const bloggerNamespace = /^http:\/\/schemas\.google\.com\/blogger\/2018$/;

/**
 * Reports whether a text begins like a backup of Blogger: Atom that also holds drafts, comments and settings. Older
 * backups give each entry a kind; those of Google Takeout have a namespace of their own. Feeds of Blogger have an older
 * one.
 */
export function isBlogger(start: string): boolean {
  const tags = [...start.matchAll(/<[a-z][^<>]*>/gi)].map(([tag]) => tag);
  return (
    tags.some((tag) => /^<(?:[\w.-]+:)?feed[\s>]/.test(tag)) &&
    tags.some((tag) => /=\s*["']http:\/\/schemas\.google\.com\/(?:blogger\/2018|g\/2005#kind)["']/.test(tag))
  );
}

type Rdf = Extract<ParsedFeed, { readonly format: 'rdf' }>;

/**
 * Adds the items that the channel's list does not name. Feedsmith silently drops them if the list names any. Listed
 * items come first, in the order of the list (RSS 1.0 §5.3.5).
 */
function withUnlisted(parsed: Rdf, text: string): Rdf {
  const unlisted = parseFeed<string>(text.replace(listOfItems, ''));
  if (unlisted.format !== 'rdf') return parsed;
  const { items = [] } = parsed.feed;
  const known = new Set(items.map((item) => JSON.stringify(item)));
  const rest = (unlisted.feed.items ?? []).filter((item) => !known.has(JSON.stringify(item)));
  return { ...parsed, feed: { ...parsed.feed, items: [...items, ...rest] } };
}

const listOfItems = /<((?:[\w.-]+:)?items)(?:\s[^<>]*)?>.*?<\/\1\s*>/s;
