import { omitUndefined } from '../../../article/omit-undefined.ts';
import { absolute, type FeedBases, feedBases } from '../../published/feed-bases.ts';
import { type ParsedFeed, parseWholeFeed } from '../../published/parse-feed.ts';
import { type PublishedItem, toPublishedFeed } from '../../published/published-feed.ts';
import { withAddresses } from './episode-facts.ts';
import { fromAtom } from './from-atom.ts';
import { fromJsonFeed } from './from-json-feed.ts';
import { fromRss } from './from-rss.ts';
import { looseText } from './import-facts.ts';
import type { FeedFacts, ImportedFeed, ImportedItem, ItemFacts } from './imported-item.ts';

/** Reads RSS, RDF, Atom and JSON Feed found at `location`. Throws where the text is none of these. */
export function readFeed(text: string, location: URL): ImportedFeed {
  const parsed = parseWholeFeed(text);
  // The ids are those that `check --against` reads.
  const { self, older, items: published } = toPublishedFeed(parsed, text, location);
  const { base, ...facts } = factsOf(parsed, feedBases(parsed, text, location, self));
  return {
    ...facts,
    ...omitUndefined({ self }),
    older,
    items: facts.items.map((item, index) => withAddress(item, published[index], base)),
  };
}

function factsOf(parsed: ParsedFeed, bases: FeedBases): FeedFacts {
  switch (parsed.format) {
    case 'rss':
    case 'rdf':
      return fromRss(parsed.feed, bases);
    case 'atom':
      return fromAtom(parsed.feed, bases);
    default:
      return fromJsonFeed(parsed.feed, bases);
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
    ...omitUndefined({ image: facts.image === undefined ? undefined : resolved(facts.image) }),
    files: facts.files.map(resolved),
    ...omitUndefined({
      episode:
        facts.episode === undefined
          ? undefined
          : withAddresses(facts.episode, (address) => absolute(address, own) ?? address),
    }),
    title: looseLength(facts.title),
    ...omitUndefined({ id }),
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
