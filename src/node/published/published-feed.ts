import { omitUndefined } from '../../article/omit-undefined.ts';
import { oneLine } from '../../article/plain-text.ts';
import { absolute, type FeedBases, feedBases, innerBase } from './feed-bases.ts';
import { type ParsedFeed, parseWholeFeed } from './parse-feed.ts';

/** A published feed, in any format, reduced to what identifies it and its items. */
export interface PublishedFeed extends FeedLinks {
  /** The feed's own id; only Atom has one. */
  readonly id?: string;
  readonly items: readonly PublishedItem[];
}

/** The links of a feed to itself and to older documents. */
export interface FeedLinks {
  /** The URL that the feed states as its own. */
  readonly self?: string;
  /** URLs of documents with older items: `prev-archive` and `next` (RFC 5005 §3, §4), `next_url` in JSON Feed. */
  readonly older: readonly string[];
}

export interface PublishedItem {
  /**
   * What readers identify the item by: its id, or its absolute link if it has none. Only outer white space is trimmed.
   */
  readonly id?: string;
  /** Whether `id` is a real id and not a link. */
  readonly hasId: boolean;
  /** Whether the item is in an Atom document, where an id must be an IRI (RFC 4287 §4.2.6). */
  readonly isAtom: boolean;
  /** The URLs of its page. */
  readonly links: readonly string[];
  /** On one line; may contain HTML. */
  readonly title: string;
  /** Milliseconds since 1970; absent if the date is missing or unreadable. */
  readonly published?: number;
}

/** Parses RSS 2.0 and older, RSS 1.0, Atom 1.0 or JSON Feed. Throws if the text is none of these. */
export function readPublishedFeed(text: string, location: URL): PublishedFeed {
  return toPublishedFeed(parseWholeFeed(text), text, location);
}

/** Reduces a parsed feed to its links and what identifies its items, which keep their number and order. */
export function toPublishedFeed(parsed: ParsedFeed, text: string, location: URL): PublishedFeed {
  const links = linksOf(parsed);
  const id = parsed.format === 'atom' ? parsed.feed.id : undefined;
  const items = itemsOf(parsed, feedBases(parsed, text, location, links.self));
  return { ...omitUndefined({ id }), ...links, items };
}

function itemsOf({ format, feed }: ParsedFeed, bases: FeedBases): readonly PublishedItem[] {
  switch (format) {
    case 'rss':
      return (feed.items ?? []).map(({ guid, link, title, pubDate, dc, atom, xml }) => {
        const urls = [link, guid?.isPermaLink === false ? undefined : guid?.value];
        const date = pubDate ?? dc?.dates?.[0] ?? atom?.published;
        return item(guid?.value, urls, title, date, itemBase(bases, xml?.base));
      });
    case 'rdf':
      return (feed.items ?? []).map(({ rdf, link, title, dc, xml }) =>
        item(rdf?.about, [link, rdf?.about], title, dc?.dates?.[0], itemBase(bases, xml?.base)),
      );
    case 'atom':
      return (feed.entries ?? []).map(({ id, links = [], title, published, updated, xml }) => {
        // Pages come before other forms of the entry, such as a PDF (RFC 4287 §4.1.2).
        const urls = links
          .filter(({ rel = 'alternate' }) => rel === 'alternate')
          .toSorted((a, b) => Number(isOtherForm(a)) - Number(isOtherForm(b)))
          .map(({ href }) => href);
        return item(id, urls, title?.value, published ?? updated, itemBase(bases, xml?.base), true);
      });
    default:
      return (feed.items ?? []).map(({ id, url, external_url, title, date_published, date_modified }) =>
        item(id, [url, external_url], title, date_published ?? date_modified, bases.base),
      );
  }
}

function linksOf(parsed: ParsedFeed): FeedLinks {
  if (parsed.format === 'json') {
    const { feed_url: self, next_url: next } = parsed.feed;
    return omitUndefined({ self, older: next === undefined ? [] : [next] });
  }
  const base = parsed.feed.xml?.base;
  const links = (parsed.format === 'atom' ? parsed.feed.links : parsed.feed.atom?.links) ?? [];
  // Without an xml:base at the root, a URL stays relative to that of the document.
  const resolved = (href: string) => (base !== undefined && URL.canParse(href, base) ? new URL(href, base).href : href);
  const hrefs = (...rels: readonly string[]) =>
    links.flatMap(({ rel, href }) => (href !== undefined && rels.includes(rel ?? '') ? [resolved(href)] : []));
  const [self] = hrefs('self');
  return omitUndefined({ self, older: hrefs('prev-archive', 'next') });
}

function itemBase({ document, declared, base }: FeedBases, own: string | undefined): string | undefined {
  return innerBase(own, declared, document) ?? base;
}

function isOtherForm({ type = 'text/html' }: { readonly type?: string | undefined }): boolean {
  return !/^(?:text\/html|application\/xhtml\+xml)\b/i.test(type);
}

function item(
  id: string | undefined,
  links: readonly (string | undefined)[],
  title = '',
  date: string | undefined,
  base: string | undefined,
  isAtom = false,
): PublishedItem {
  // A link that is also the id need not be a URL, and an absolute URL stays as it is, byte by byte.
  const resolved = (link: string) => (link === id || URL.canParse(link) ? link : absolute(link, base));
  const urls = links.flatMap((link) => (link === undefined ? [] : [resolved(link) ?? link]));
  const published = undated.test(date ?? '') ? Number.NaN : Date.parse(date ?? '');
  return omitUndefined({
    id: id ?? urls[0],
    hasId: id !== undefined,
    isAtom,
    links: urls,
    title: oneLine(title),
    published: Number.isNaN(published) ? undefined : published,
  });
}

/** The year that Hugo writes for a page without a date. `Date.parse` takes 0001 for 2001. */
const undated = /^\s*0001-|\s0001\s/;
