import { parseFeed } from 'feedsmith';
import type { PublishedItem } from '../published-feed.ts';
import { type ParsedFeed, publishedFeedOf } from '../published-feed.ts';
import { fromAtom } from './from-atom.ts';
import { fromJsonFeed } from './from-json-feed.ts';
import { fromRss } from './from-rss.ts';
import { absolute, looseText } from './import-facts.ts';
import type { ImportedFeed, ImportedItem } from './imported-item.ts';

/** What one item says, but for what every format tells by the same rules: its id, its links. */
export type ItemFacts = Omit<ImportedItem, 'id' | 'isAtom' | 'url' | 'base'> & {
  readonly base?: string | undefined;
};

/** What a feed says, its items in the order of the document. */
export type FeedFacts = Omit<ImportedFeed, 'items' | 'self' | 'older'> & {
  readonly items: readonly ItemFacts[];
  readonly base?: string | undefined;
};

/** Reads RSS, RDF, Atom and JSON Feed found at `location`. Throws where the text is none of these. */
export function readFeed(text: string, location: URL): ImportedFeed {
  const parsed = parseFeed<string>(text);
  // The ids are those that `check --against` reads.
  const { self, older, items: published } = publishedFeedOf(parsed);
  const { base: written, ...facts } = factsOf(parsed);
  const home = location.protocol === 'file:' ? (self ?? facts.siteUrl) : location.href;
  const base = absolute(written, home ?? location.href) ?? home ?? location.href;
  return {
    ...facts,
    ...(self === undefined ? {} : { self }),
    older,
    items: facts.items.map((item, index) => withAddress(item, published[index], base)),
  };
}

function factsOf(parsed: ParsedFeed): FeedFacts {
  switch (parsed.format) {
    case 'rss':
    case 'rdf':
      return fromRss(parsed.feed);
    case 'atom':
      return fromAtom(parsed.feed);
    default:
      return fromJsonFeed(parsed.feed);
  }
}

function withAddress(item: ItemFacts, published: PublishedItem | undefined, feedBase: string): ImportedItem {
  const { links = [], id, hasId, isAtom = false } = published ?? {};
  const { base, ...facts } = item;
  // RSS takes an id for a link unless it says otherwise, be it one or not.
  const likely = links.filter((link) => link !== id || hasId === false || /^https?:/i.test(link));
  const url = likely.map((link) => absolute(link, feedBase)).find((one) => /^https?:/.test(one ?? ''));
  return {
    ...facts,
    title: looseLength(facts.title),
    ...(id === undefined ? {} : { id }),
    isAtom,
    ...(url === undefined ? {} : { url }),
    base: absolute(base, feedBase) ?? url ?? feedBase,
  };
}

/** A title that fills pages is no title; front matter has room for one that fills lines. */
function looseLength(title: string): string {
  return title.length > longestTitle ? `${looseText(title.slice(0, longestTitle)).trimEnd()}…` : title;
}

const longestTitle = 1000;
