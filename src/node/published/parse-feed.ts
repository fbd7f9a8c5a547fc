import { parseFeed } from 'feedsmith';

/** A feed as the parser reads it, with all that it says. */
export type ParsedFeed = ReturnType<typeof parseFeed<string>>;

/** Parses RSS 2.0 (and its forerunners), RSS 1.0, Atom 1.0 and JSON Feed. Throws where the text is none of these. */
export function parseWholeFeed(text: string): ParsedFeed {
  const parsed = parseFeed<string>(text);
  return parsed.format === 'rdf' ? withUnlisted(parsed, text) : parsed;
}

/** Tells, by the beginning of a text, an export of WordPress: RSS with much in it that isn't published. */
export function isWordPress(start: string): boolean {
  return /xmlns:wp\s*=|<wp:wxr_version>/.test(start);
}

type Rdf = Extract<ParsedFeed, { readonly format: 'rdf' }>;

/**
 * Adds the items that the channel's list doesn't name, which feedsmith drops without a word as soon as the list names any
 * one; those that it names come first, in its order (RSS 1.0 §5.3.5).
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
