import type { ParsedFeed } from './parse-feed.ts';

/** Against what the relative addresses of a feed are resolved; each is absolute, and absent where nothing tells. */
export interface FeedBases {
  /** The address of the document. */
  readonly document?: string | undefined;
  /** The base that the feed sets itself. */
  readonly said?: string | undefined;
  /** The address of the site. */
  readonly siteUrl?: string | undefined;
  /** That of all that sets none of its own. */
  readonly base?: string | undefined;
}

/** Finds the bases of a feed with this text, which was found at `location` and calls itself `self`. */
export function feedBases(
  parsed: ParsedFeed,
  text: string,
  location: URL,
  self: string | undefined,
): FeedBases {
  const address = location.protocol === 'file:' ? absolute(self, undefined) : location.href;
  switch (parsed.format) {
    case 'rss':
    case 'rdf': {
      const { link, xml } = parsed.feed;
      const document = address ?? absolute(link, undefined);
      const said = innerBase(channelBase(text), innerBase(xml?.base, undefined, document), document);
      const siteUrl = absolute(link, said ?? document);
      return { document, said, siteUrl, base: said ?? siteUrl ?? document };
    }
    case 'atom': {
      const { links = [], xml } = parsed.feed;
      const home = links.find(({ rel = 'alternate' }) => rel === 'alternate')?.href;
      const document = address ?? absolute(home, undefined);
      const said = innerBase(xml?.base, undefined, document);
      const base = said ?? document;
      return { document, said, siteUrl: absolute(home, base), base };
    }
    default: {
      const siteUrl = absolute(parsed.feed.home_page_url, address);
      return { document: address, siteUrl, base: siteUrl ?? address };
    }
  }
}

/** The library drops the base that a channel sets, and keeps that of the root around it. */
function channelBase(text: string): string | undefined {
  const [, tag = ''] = /<channel\s([^<>]*)/i.exec(text.slice(0, 20_000)) ?? [];
  const [, , written] = /(?:^|\s)xml:base\s*=\s*(["'])(.*?)\1/s.exec(tag) ?? [];
  return written?.replaceAll('&amp;', '&');
}

/** Resolves an address as far as it can be, where a base may be unknown. */
export function absolute(written: string | undefined, base: string | undefined): string | undefined {
  const text = written?.trim() ?? '';
  if (text === '') return undefined;
  if (URL.canParse(text)) return new URL(text).href;
  return base !== undefined && URL.canParse(text, base) ? new URL(text, base).href : undefined;
}

/** The base that an element sets inside another's; one inside another is relative to that (XML Base §4.1, RFC 3986 §5.1). */
export function innerBase(
  written: string | undefined,
  outer: string | undefined,
  document: string | undefined,
): string | undefined {
  return absolute(written, outer ?? document) ?? outer;
}
