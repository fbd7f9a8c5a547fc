import { omitUndefined } from '../../article/omit-undefined.ts';
import { oneLine } from '../../article/plain-text.ts';
import { absolute, type FeedBases, feedBases, innerBase } from './feed-bases.ts';
import { type ParsedFeed, parseWholeFeed } from './parse-feed.ts';

/** What a feed that is published already says of itself and of its articles, whatever its format. */
export interface PublishedFeed {
  /** The feed's own id, which only Atom has. */
  readonly id?: string;
  /** The address that it states for itself. */
  readonly self?: string;
  /** Where older articles are: `prev-archive` and `next` (RFC 5005 §3, §4), `next_url` in JSON Feed. */
  readonly older: readonly string[];
  readonly items: readonly PublishedItem[];
}

export interface PublishedItem {
  /** What readers know it by: its id, and where it has none its link, made whole; byte by byte but for white space around it. */
  readonly id?: string;
  /** Whether that is an id, and not the link that stands for one. */
  readonly hasId: boolean;
  /** Whether an Atom document says it, in which an id must be an IRI (RFC 4287 §4.2.6). */
  readonly isAtom: boolean;
  /** The addresses at which it is said to be. */
  readonly links: readonly string[];
  /** On one line; it may be HTML. */
  readonly title: string;
  /** Milliseconds since 1970; absent where there is no date, or none that can be read. */
  readonly published?: number;
}

/**
 * Reads RSS 2.0 (and its forerunners), RSS 1.0, Atom 1.0 and JSON Feed found at `location`. Throws where the text is none of
 * these.
 */
export function readPublishedFeed(text: string, location: URL): PublishedFeed {
  return publishedFeedOf(parseWholeFeed(text), text, location);
}

/** Takes what tells articles apart out of a feed: an item for each one of the feed, in the same order. */
export function publishedFeedOf(read: ParsedFeed, text: string, location: URL): PublishedFeed {
  const found = addressesOf(read);
  const bases = feedBases(read, text, location, found.self);
  switch (read.format) {
    case 'rss': {
      const { items = [] } = read.feed;
      return {
        ...found,
        items: items.map(({ guid, link, title, pubDate, dc, atom, xml }) => {
          const isLink = guid?.isPermaLink !== false;
          return item(
            guid?.value,
            [link, isLink ? guid?.value : undefined],
            title,
            pubDate ?? dc?.dates?.[0] ?? atom?.published,
            baseIn(bases, xml?.base),
          );
        }),
      };
    }
    case 'rdf': {
      const { items = [] } = read.feed;
      return {
        ...found,
        items: items.map(({ rdf, link, title, dc, xml }) =>
          item(rdf?.about, [link, rdf?.about], title, dc?.dates?.[0], baseIn(bases, xml?.base)),
        ),
      };
    }
    case 'atom': {
      const { id, entries = [] } = read.feed;
      return {
        ...(id === undefined ? {} : { id }),
        ...found,
        items: entries.map(({ id, links = [], title, published, updated, xml }) => {
          const alternates = links.filter(({ rel = 'alternate' }) => rel === 'alternate');
          // A page counts before other forms of the entry, such as a PDF, whatever their order (RFC 4287 §4.1.2).
          const inOrder = alternates.toSorted((a, b) => Number(isOtherForm(a)) - Number(isOtherForm(b)));
          return item(
            id,
            inOrder.map(({ href }) => href),
            title?.value,
            published ?? updated,
            baseIn(bases, xml?.base),
            true,
          );
        }),
      };
    }
    default: {
      const { items = [] } = read.feed;
      return {
        ...found,
        items: items.map(({ id, url, external_url, title, date_published, date_modified }) =>
          item(id, [url, external_url], title, date_published ?? date_modified, bases.base),
        ),
      };
    }
  }
}

function addressesOf(read: ParsedFeed): Pick<PublishedFeed, 'self' | 'older'> {
  if (read.format === 'json') {
    const { feed_url, next_url } = read.feed;
    return addresses([
      { rel: 'self', href: feed_url },
      { rel: 'next', href: next_url },
    ]);
  }
  const links = read.format === 'atom' ? read.feed.links : read.feed.atom?.links;
  return addresses(links, read.feed.xml?.base);
}

function baseIn({ document, said, base }: FeedBases, own: string | undefined): string | undefined {
  return innerBase(own, said, document) ?? base;
}

function isOtherForm({ type = 'text/html' }: { readonly type?: string | undefined }): boolean {
  return !/^(?:text\/html|application\/xhtml\+xml)\b/i.test(type);
}

type Link = { readonly rel?: string | undefined; readonly href?: string | undefined };

/** `base` is the root's `xml:base`; what is relative to the document's own address stays so. */
function addresses(links: readonly Link[] = [], base?: string): Pick<PublishedFeed, 'self' | 'older'> {
  const resolved = (href: string) =>
    base !== undefined && URL.canParse(href, base) ? new URL(href, base).href : href;
  const of = (...rels: readonly string[]) =>
    links.flatMap(({ rel, href }) =>
      href !== undefined && rels.includes(rel ?? '') ? [resolved(href)] : [],
    );
  const [self] = of('self');
  return omitUndefined({ self, older: of('prev-archive', 'next') });
}

function item(
  id: string | undefined,
  links: readonly (string | undefined)[],
  title = '',
  date: string | undefined,
  base: string | undefined,
  isAtom = false,
): PublishedItem {
  // What is an id, too, need be no address; what is whole stays to the byte.
  const whole = (link: string) => (link === id || URL.canParse(link) ? link : absolute(link, base));
  const known = links.flatMap((link) => (link === undefined ? [] : [whole(link) ?? link]));
  const published = Date.parse(date ?? '');
  const name = id ?? known[0];
  return omitUndefined({
    id: name,
    hasId: id !== undefined,
    isAtom,
    links: known,
    title: oneLine(title),
    published: Number.isNaN(published) ? undefined : published,
  });
}

/** A document that names itself and the documents that hold what is older. */
export type Followed = Pick<PublishedFeed, 'self' | 'older'>;
