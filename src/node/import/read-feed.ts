import { type ParsedFeed, parseWholeFeed } from '../parse-feed.ts';
import type { PublishedItem } from '../published-feed.ts';
import { publishedFeedOf } from '../published-feed.ts';
import { withAddresses } from './episode-facts.ts';
import { fromAtom } from './from-atom.ts';
import { fromJsonFeed } from './from-json-feed.ts';
import { fromRss } from './from-rss.ts';
import { absolute, looseText } from './import-facts.ts';
import type { ImportedFeed, ImportedItem } from './imported-item.ts';

/** What one item says, but for what every format tells by the same rules: its id, its links. */
export type ItemFacts = Omit<ImportedItem, 'id' | 'isAtom' | 'url' | 'base'> & {
  /** The absolute base that it sets itself, or what is around it. */
  readonly said?: string | undefined;
  /** Likewise of its content, which may set another. */
  readonly base?: string | undefined;
};

/** What a feed says, its items in the order of the document. */
export type FeedFacts = Omit<ImportedFeed, 'items' | 'self' | 'older'> & {
  readonly items: readonly ItemFacts[];
  /** Absolute. */
  readonly base?: string | undefined;
};

/** Reads RSS, RDF, Atom and JSON Feed found at `location`. Throws where the text is none of these. */
export function readFeed(text: string, location: URL): ImportedFeed {
  const parsed = parseWholeFeed(text);
  // The ids are those that `check --against` reads.
  const { self, older, items: published } = publishedFeedOf(parsed);
  const document = location.protocol === 'file:' ? absolute(self, undefined) : location.href;
  const { base, ...facts } = factsOf(parsed, document, channelBase(text));
  return {
    ...facts,
    ...(self === undefined ? {} : { self }),
    older,
    items: facts.items.map((item, index) => withAddress(item, published[index], base)),
  };
}

/** The library drops the base that a channel sets, and keeps that of the root around it. */
function channelBase(text: string): string | undefined {
  const [, tag = ''] = /<channel\s([^<>]*)/i.exec(text.slice(0, 20_000)) ?? [];
  const [, , written] = /(?:^|\s)xml:base\s*=\s*(["'])(.*?)\1/s.exec(tag) ?? [];
  return written?.replaceAll('&amp;', '&');
}

function factsOf(
  parsed: ParsedFeed,
  document: string | undefined,
  channelBase: string | undefined,
): FeedFacts {
  switch (parsed.format) {
    case 'rss':
    case 'rdf':
      return fromRss(parsed.feed, document, channelBase);
    case 'atom':
      return fromAtom(parsed.feed, document);
    default:
      return fromJsonFeed(parsed.feed, document);
  }
}

function withAddress(
  item: ItemFacts,
  published: PublishedItem | undefined,
  feedBase: string | undefined,
): ImportedItem {
  const { links = [], id, hasId, isAtom = false } = published ?? {};
  const { said, base, ...facts } = item;
  // RSS takes an id for a link unless it says otherwise, be it one or not.
  const likely = links.filter((link) => link !== id || hasId === false || /^https?:/i.test(link));
  const url = likely
    .map((link) => absolute(link, said ?? feedBase))
    .find((one) => /^https?:/.test(one ?? ''));
  const lostUrl = likely.find((link) => absolute(link, said ?? feedBase) === undefined);
  const own = said ?? url ?? feedBase;
  const resolved = <T extends { readonly url: string }>(file: T): T => ({
    ...file,
    url: absolute(file.url, own) ?? file.url,
  });
  return {
    ...facts,
    ...(facts.image === undefined ? {} : { image: resolved(facts.image) }),
    files: facts.files.map(resolved),
    ...(facts.episode === undefined
      ? {}
      : { episode: withAddresses(facts.episode, (address) => absolute(address, own) ?? address) }),
    title: looseLength(facts.title),
    ...(id === undefined ? {} : { id }),
    isAtom,
    ...(url === undefined ? (lostUrl === undefined ? {} : { lostUrl }) : { url }),
    base: base ?? own ?? '',
  };
}

/** A title that fills pages is no title; front matter has room for one that fills lines. */
function looseLength(title: string): string {
  return title.length > longestTitle ? `${looseText(title.slice(0, longestTitle)).trimEnd()}…` : title;
}

const longestTitle = 1000;
