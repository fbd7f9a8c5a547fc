import type { ParsedFeed } from './parse-feed.ts';

/** The base URLs for relative URLs in a feed. Each is absolute, and absent if unknown. */
export interface FeedBases {
  /** The URL of the document. */
  readonly document?: string | undefined;
  /** The `xml:base` of the feed itself. */
  readonly declared?: string | undefined;
  /** The URL of the site. */
  readonly siteUrl?: string | undefined;
  /** The base for everything without a base of its own. */
  readonly base?: string | undefined;
}

/** Finds the base URLs of a feed that was loaded from `location` and states `self` as its own URL. */
export function feedBases(parsed: ParsedFeed, text: string, location: URL, self: string | undefined): FeedBases {
  const address = location.protocol === 'file:' ? absolute(self, undefined) : location.href;
  switch (parsed.format) {
    case 'rss':
    case 'rdf': {
      const { link, xml } = parsed.feed;
      const document = address ?? absolute(link, undefined);
      const declared = innerBase(channelBase(text), innerBase(xml?.base, undefined, document), document);
      const siteUrl = absolute(link, declared ?? document);
      return { document, declared, siteUrl, base: declared ?? siteUrl ?? document };
    }
    case 'atom': {
      const { links = [], xml } = parsed.feed;
      const home = links.find(({ rel = 'alternate' }) => rel === 'alternate')?.href;
      const document = address ?? absolute(home, undefined);
      const declared = innerBase(xml?.base, undefined, document);
      const base = declared ?? document;
      return { document, declared, siteUrl: absolute(home, base), base };
    }
    default: {
      const siteUrl = absolute(parsed.feed.home_page_url, address);
      return { document: address, siteUrl, base: siteUrl ?? address };
    }
  }
}

/** Reads the `xml:base` of an RSS channel, which feedsmith drops; it keeps only that of the root. */
function channelBase(text: string): string | undefined {
  const [, tag = ''] = /<channel\s([^<>]*)/i.exec(text.slice(0, 20_000)) ?? [];
  const [, , written] = /(?:^|\s)xml:base\s*=\s*(["'])(.*?)\1/s.exec(tag) ?? [];
  return written?.replaceAll('&amp;', '&');
}

/** Resolves a URL; returns `undefined` if it is relative and the base is unknown. */
export function absolute(written: string | undefined, base: string | undefined): string | undefined {
  const text = written?.trim() ?? '';
  if (text === '') return undefined;
  if (URL.canParse(text)) return new URL(text).href;
  return base !== undefined && URL.canParse(text, base) ? new URL(text, base).href : undefined;
}

/** Resolves the `xml:base` of an element against that of its parent (XML Base §4.1, RFC 3986 §5.1). */
export function innerBase(
  written: string | undefined,
  outer: string | undefined,
  document: string | undefined,
): string | undefined {
  return absolute(written, outer ?? document) ?? outer;
}
