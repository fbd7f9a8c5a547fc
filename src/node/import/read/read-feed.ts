import { omitUndefined } from '../../../article/omit-undefined.ts';
import { absolute, type FeedBases, feedBases } from '../../published/feed-bases.ts';
import { type ParsedFeed, parseWholeFeed } from '../../published/parse-feed.ts';
import { type PublishedItem, toPublishedFeed } from '../../published/published-feed.ts';
import { readAtom } from './atom.ts';
import { plainLine } from './html-text.ts';
import type { FeedFacts, ImportedFeed, ImportedItem, ItemFacts } from './imported-item.ts';
import { readJsonFeed } from './json-feed.ts';
import { changeEpisodeAddresses } from './podcast.ts';
import { readRss } from './rss.ts';

/** Reads RSS, RDF, Atom and JSON Feed found at `location`. Throws if the text is none of these. */
export function readFeed(text: string, location: URL): ImportedFeed {
  const parsed = parseWholeFeed(text);
  // The ids are those that `check --against` reads.
  const { self, older, items: published } = toPublishedFeed(parsed, text, location);
  const { base, ...facts } = readFacts(parsed, feedBases(parsed, text, location, self));
  return {
    ...facts,
    ...omitUndefined({ self, older }),
    items: facts.items.map((item, index) => completeItem(item, published[index], base)),
  };
}

function readFacts(parsed: ParsedFeed, bases: FeedBases): FeedFacts {
  switch (parsed.format) {
    case 'rss':
    case 'rdf':
      return readRss(parsed.feed, bases);
    case 'atom':
      return readAtom(parsed.feed, bases);
    default:
      return readJsonFeed(parsed.feed, bases);
  }
}

/** Adds the id and address, and resolves the item's own addresses. Those in its content stay as written. */
function completeItem(
  { itemBase, contentBase, ...facts }: ItemFacts,
  published: PublishedItem | undefined,
  feedBase: string | undefined,
): ImportedItem {
  const { links = [], id, hasId, isAtom = false } = published ?? {};
  // RSS says that an id is a link by default, even if it isn't one.
  const likely = links.filter((link) => link !== id || hasId === false || /^https?:/i.test(link));
  const resolvedLinks = likely.map((link) => absolute(link, itemBase ?? feedBase));
  const url = resolvedLinks.find((link) => /^https?:/.test(link ?? ''));
  const base = itemBase ?? url ?? feedBase;
  const resolve = (address: string): string => absolute(address, base) ?? address;
  return {
    ...facts,
    id,
    isAtom,
    url,
    lostUrl: url === undefined ? likely[resolvedLinks.indexOf(undefined)] : undefined,
    title: limitLength(facts.title),
    image: facts.image && { ...facts.image, url: resolve(facts.image.url) },
    files: facts.files.map((file) => ({ ...file, url: resolve(file.url) })),
    episode: facts.episode && changeEpisodeAddresses(facts.episode, resolve),
    base: contentBase ?? base ?? '',
  };
}

/** Shortens titles that front matter has no room for. */
function limitLength(title: string): string {
  return title.length > longestTitle ? `${plainLine(title.slice(0, longestTitle)).trimEnd()}…` : title;
}

const longestTitle = 1000;
