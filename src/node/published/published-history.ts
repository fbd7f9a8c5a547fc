import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { tagsIn } from '../../article/body/tags-in.ts';
import { type Problem, quote } from '../../article/problem.ts';
import { unreadable } from '../disk/read-text.ts';
import { type LoadedDocument, type LoadLimits, loadDocument } from './load-document.ts';
import type { Followed, PublishedFeed } from './published-feed.ts';

/** A feed's document and where it was found. */
export interface FoundFeed<Feed = PublishedFeed> {
  readonly feed: Feed;
  /** As it should be shown. */
  readonly shown: string;
  /** Against which its relative addresses are resolved. */
  readonly location: URL;
}

/** A feed with all documents behind it that hold older articles, newest first. */
export interface PublishedHistory<Feed = PublishedFeed> {
  readonly feeds: readonly FoundFeed<Feed>[];
  /** What of it couldn't be read. */
  readonly problems: readonly Problem[];
}

export interface HistoryLimits extends LoadLimits {
  readonly documents: number;
}

/** A publication of 100,000 articles has 2,000 archive documents of 50. */
export const historyLimits: HistoryLimits = { documents: 4000, timeout: 10_000, size: 20_000_000 };

/**
 * Reads the document at a web address or in a file and follows its links to older articles to their end: each document
 * once, so that a loop ends, and no more than the limits allow. `read` throws where a text is no such document.
 */
export async function followHistory<Feed extends Followed>(
  start: string,
  read: (text: string, location: URL) => Feed | Promise<Feed>,
  limits = historyLimits,
): Promise<PublishedHistory<Feed>> {
  const feeds: FoundFeed<Feed>[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const first = addressOf(start);
  if (first === undefined) {
    const message = `expected a file, or an address that begins with http:// or https://, got ${quote(start)}`;
    return { feeds, problems: [unreadable(start, new Error(message))] };
  }
  const ahead: (readonly URL[])[] = [[first]];
  for (let places = ahead.shift(); places !== undefined; places = ahead.shift()) {
    const [first] = places;
    if (first === undefined || places.some((place) => seen.has(key(place)))) continue;
    const shown = seen.size === 0 ? start : showing(first);
    if (feeds.length >= limits.documents) {
      const message = `there are more than ${limits.documents} documents; what is older was not read`;
      problems.push(unreadable(shown, new Error(message)));
      break;
    }
    for (const place of places) seen.add(key(place));
    try {
      const { text, location, doubt } = await loadFirst(places, limits);
      // Two addresses may lead to one document.
      if (
        key(location) !== key(first) &&
        seen.has(key(location)) &&
        !places.some((place) => key(place) === key(location))
      )
        continue;
      seen.add(key(location));
      const feed = await parsed(text, location, read);
      feeds.push({ feed, shown, location });
      if (doubt !== undefined)
        problems.push({ file: shown, severity: 'warning', code: 'not-utf8', ...doubt });
      for (const link of feed.older) {
        const places = placesOf(link, feed.self, location);
        if (places.length > 0) ahead.push(places);
        else
          problems.push(
            unreadable(shown, new Error(`its older articles are at ${quote(link)}, which is no web address`)),
          );
      }
    } catch (error) {
      problems.push(unreadable(shown, error));
    }
  }
  return { feeds, problems };
}

/** A letter and a colon begin a path on Windows. */
function addressOf(start: string): URL | undefined {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(start)) return pathToFileURL(resolve(start));
  return /^(?:https?|file):/i.test(start) && URL.canParse(start) ? new URL(start) : undefined;
}

function showing(place: URL): string {
  return place.protocol === 'file:' ? relative('', fileURLToPath(place)) : place.href;
}

function key({ href }: URL): string {
  return href.replace(/#.*$/s, '');
}

async function parsed<Feed>(
  text: string,
  location: URL,
  read: (text: string, location: URL) => Feed | Promise<Feed>,
): Promise<Feed> {
  try {
    return await read(text, location);
  } catch (error) {
    const named = feedsOfPage(text, location);
    const advice =
      named.length === 0
        ? 'give the address of the feed itself'
        : `give the feed that it names: ${named.join(', ')}`;
    throw new Error(`is no RSS, RDF, Atom or JSON Feed; ${advice}`, { cause: error });
  }
}

async function loadFirst(places: readonly URL[], limits: LoadLimits): Promise<LoadedDocument> {
  let failure: unknown;
  for (const place of places) {
    try {
      return await loadDocument(place, limits);
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

/**
 * Gives the addresses that a link may mean, likeliest first. A feed that lies elsewhere than it says, as on a server that
 * tries out what is to be published or in a folder that was built, has its archive beside it.
 */
function placesOf(link: string, self: string | undefined, location: URL): readonly URL[] {
  if (!URL.canParse(link, location.href)) return [];
  const written = new URL(link, location);
  // A document from the web never leads to a file of this machine.
  const allowed =
    /^https?:$/.test(written.protocol) || written.protocol === location.protocol ? [written] : [];
  if (self === undefined || !URL.canParse(self, location.href)) return allowed;
  const said = new URL(self, location);
  if (said.origin !== written.origin || said.href === location.href || !/^https?:$/.test(said.protocol))
    return allowed;
  const target = written.pathname + written.search;
  if (location.pathname.endsWith(said.pathname)) {
    const root = location.pathname.slice(0, -said.pathname.length);
    return [new URL(`${location.protocol}//${location.host}${root}${target}`), ...allowed];
  }
  return location.protocol === 'file:' ? allowed : [new URL(location.origin + target), ...allowed];
}

/** Lists the feeds that a page names for readers to find (RSS autodiscovery), the first few; in WordPress plain JSON is none. */
function feedsOfPage(page: string, location: URL): readonly string[] {
  const named = tagsIn(page).filter(
    ({ name, attributes: { rel = '', type = '' } }) =>
      name === 'link' && /(?:^|\s)alternate(?:\s|$)/i.test(rel) && feedType.test(type),
  );
  return named
    .map(({ attributes: { href = '' } }) => href.trim())
    .filter((href) => href !== '' && URL.canParse(href, location.href))
    .map((href) => new URL(href, location).href)
    .slice(0, 5);
}

const feedType = /^\s*application\/(?:(?:rss|atom|rdf)\+xml|feed\+json)\s*(?:;|$)/i;
