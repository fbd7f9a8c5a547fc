import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { tagsIn } from '../../article/body/tags/tags-in.ts';
import { type Problem, quote } from '../../article/problem.ts';
import { withoutPasswords } from '../../article/web-address.ts';
import { unreadable } from '../disk/read-text.ts';
import { type LoadedDocument, loadDocument, standardInput } from './load-document.ts';
import type { FeedLinks, PublishedFeed } from './published-feed.ts';
import { RefusedDocument } from './refused-document.ts';
import { type AnswerLimits, WebClient, type WebLimits, type WebOptions } from './web-client.ts';

/** A feed document and where it was loaded from. */
export interface FeedDocument<Feed = PublishedFeed> {
  readonly feed: Feed;
  /** Its path or URL, as messages show it. */
  readonly shown: string;
  /** The base for its relative URLs. */
  readonly location: URL;
}

/** A feed and the documents with its older items, newest first. */
export interface PublishedHistory<Feed = PublishedFeed> {
  readonly feeds: readonly FeedDocument<Feed>[];
  /** Documents that could not be read, in full or at all. */
  readonly problems: readonly Problem[];
}

export interface HistoryLimits extends AnswerLimits {
  readonly documents: number;
}

/** A publication of 100,000 articles has 2,000 archive documents of 50 items. */
export const historyLimits: HistoryLimits = { documents: 4000, timeout: 10_000, size: 20_000_000 };

/** What the documents of one run may cost in total: those of a feed, or of all feeds of a list. */
const historyTotals: WebLimits = {
  requests: 10_000,
  bytes: 500_000_000,
  time: 30 * 60_000,
  advice: 'give what is left as a file, or in another run',
};

/** Creates the client for the documents of one run. */
export function historyClient(options?: WebOptions): WebClient {
  return new WebClient(historyTotals, options);
}

/** Parses a document, which may be a zip file without text. Throws if it is not a feed. */
export type ParseFeed<Feed> = (text: string, location: URL, archive?: Uint8Array) => Feed | Promise<Feed>;

/**
 * Reads the feed at a URL or in a file, and follows its links to older items. Each document is read once, so a loop
 * ends. Reading stops at the limits.
 */
export async function followHistory<Feed extends FeedLinks>(
  start: string,
  parse: ParseFeed<Feed>,
  limits = historyLimits,
  web = historyClient(),
): Promise<PublishedHistory<Feed>> {
  const feeds: FeedDocument<Feed>[] = [];
  const problems: Problem[] = [];
  const report = (shown: string, message: string) => problems.push(unreadable(shown, new Error(message)));
  const startUrl = urlOf(start);
  if (startUrl === undefined) {
    const shown = withoutPasswords(start);
    report(shown, `expected a file or an http:// or https:// URL, got ${quote(shown)}`);
    return { feeds, problems };
  }
  const seen = new Set<string>();
  /** For each document, the URLs it may have. */
  const pending: (readonly URL[])[] = [[startUrl]];
  for (let urls = pending.shift(); urls !== undefined; urls = pending.shift()) {
    const [first] = urls;
    if (first === undefined || urls.some((url) => seen.has(withoutHash(url)))) continue;
    const shown = seen.size === 0 ? withoutPasswords(start) : shownUrl(first);
    if (feeds.length >= limits.documents) {
      report(shown, `there are more than ${limits.documents} documents; older ones were not read`);
      break;
    }
    try {
      const document = await loadFirst(urls, limits, web);
      const { location, warning } = document;
      // Two URLs may redirect to the same document.
      if (seen.has(withoutHash(location))) continue;
      seen.add(withoutHash(location));
      const feed = await parseDocument(document, parse);
      feeds.push({ feed, shown, location });
      if (warning !== undefined) problems.push({ file: shown, severity: 'warning', code: 'not-utf8', ...warning });
      for (const link of feed.older) {
        const older = urlsOf(link, feed.self, location);
        if (older.length > 0) pending.push(older);
        else report(shown, `its link to older items, ${quote(link)}, is not a web address`);
      }
    } catch (error) {
      problems.push(unreadable(shown, error));
    } finally {
      for (const url of urls) seen.add(withoutHash(url));
    }
  }
  return { feeds, problems };
}

/** Returns the URL of a web address or a path. A letter and a colon begin a path on Windows. */
function urlOf(start: string): URL | undefined {
  if (start === '-') return standardInput;
  if (!/^(?:[a-z][a-z0-9+.-]+:\/\/|(?:https?|ftp|wss?):)/i.test(start)) return pathToFileURL(resolve(start));
  return /^(?:https?|file):/i.test(start) && URL.canParse(start) ? new URL(start) : undefined;
}

function shownUrl(url: URL): string {
  return url.protocol === 'file:' ? relative('', fileURLToPath(url)) : withoutPasswords(url.href);
}

function withoutHash({ href }: URL): string {
  return href.replace(/#.*$/s, '');
}

async function loadFirst(urls: readonly URL[], limits: AnswerLimits, web: WebClient): Promise<LoadedDocument> {
  let failure: unknown;
  for (const url of urls) {
    try {
      return await loadDocument(url, limits, web);
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

async function parseDocument<Feed>({ text, location, archive }: LoadedDocument, parse: ParseFeed<Feed>): Promise<Feed> {
  try {
    return await parse(text, location, archive);
  } catch (error) {
    if (error instanceof RefusedDocument) throw error;
    const advice = adviceForPage(text, location);
    throw new Error(`is not an RSS, RDF, Atom or JSON feed; ${advice}`, { cause: error });
  }
}

/** Says which feed to give instead of a page. */
export function adviceForPage(page: string, location: URL): string {
  const linked = feedsOfPage(page, location);
  return linked.length === 0
    ? 'give the address of the feed itself'
    : `give the feed that the page links to: ${linked.join(', ')}`;
}

/**
 * Returns the URLs that a link to older items may mean, likeliest first. A feed that is not at the URL it states, as on
 * a staging server or in a build folder, has its archive beside it.
 */
function urlsOf(link: string, self: string | undefined, location: URL): readonly URL[] {
  if (!URL.canParse(link, location.href)) return [];
  const written = new URL(link, location);
  // A document from the web never leads to a file of this machine.
  const allowed = /^https?:$/.test(written.protocol) || written.protocol === location.protocol ? [written] : [];
  if (self === undefined || !URL.canParse(self, location.href)) return allowed;
  const stated = new URL(self, location);
  if (stated.origin !== written.origin || stated.href === location.href || !/^https?:$/.test(stated.protocol))
    return allowed;
  const target = written.pathname + written.search;
  if (location.pathname.endsWith(stated.pathname)) {
    const root = location.pathname.slice(0, -stated.pathname.length);
    return [new URL(`${location.protocol}//${location.host}${root}${target}`), ...allowed];
  }
  return location.protocol === 'file:' ? allowed : [new URL(location.origin + target), ...allowed];
}

/** Lists the first few feeds that a page links to (RSS autodiscovery). WordPress links its API as plain JSON. */
function feedsOfPage(page: string, location: URL): readonly string[] {
  return tagsIn(page)
    .filter(
      ({ name, attributes: { rel = '', type = '' } }) =>
        name === 'link' && /(?:^|\s)alternate(?:\s|$)/i.test(rel) && feedType.test(type),
    )
    .map(({ attributes: { href = '' } }) => href.trim())
    .filter((href) => href !== '' && URL.canParse(href, location.href))
    .map((href) => new URL(href, location).href)
    .slice(0, 5);
}

const feedType = /^\s*application\/(?:(?:rss|atom|rdf)\+xml|feed\+json)\s*(?:;|$)/i;
