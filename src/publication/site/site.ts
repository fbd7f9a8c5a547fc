import type { Author, Person } from '../../article/author.ts';
import type { PermalinkRule } from '../../article/permalink/parts.ts';
import type { MachinePolicy } from './machine-policy.ts';
import type { MarkdownUse } from './markdown-uses.ts';
import type { Podcast } from './podcast.ts';
import type { NamedFeed, Query } from './query.ts';
import type { DescribedSlices } from './slice-title.ts';

/** The facts of a publication that its feeds state. */
export interface Site {
  readonly title: string;
  readonly description: string;
  /** The public address: absolute, ends in `/`. Every address of the site is resolved against it. */
  readonly url: string;
  /** BCP 47 tag. */
  readonly language: string;
  /** The authors of articles without their own. */
  readonly authors: readonly Author[];
  /** The described authors, whom articles name by key or name. */
  readonly people?: readonly Person[];
  /** IANA name of the time zone for dates without one. */
  readonly timezone: string;
  /** The number of articles on the current page and on an archive page. */
  readonly items: number;
  /** Whether feeds carry whole articles or summaries. */
  readonly content: 'full' | 'summary';
  /** Minutes that a response stays fresh (RSS `ttl`; `max-age`, in seconds). */
  readonly ttl: number;
  /** Set if Atom feeds list withdrawn articles for 30 days (RFC 6721). */
  readonly tombstones?: true;
  /** Set if there is a sitemap of the last two days, for Google News. */
  readonly news?: true;
  /** Set if RSS has what aggregators look for: Media RSS of each recording, and pictures as enclosures. */
  readonly aggregators?: boolean;
  /** What programs may do with the articles; absent if nothing is stated. */
  readonly machines?: MachinePolicy;
  /** Where articles are in Markdown; absent if nowhere. */
  readonly markdown?: readonly MarkdownUse[];
  /** URL of the WebSub hub that is notified of changes. */
  readonly hub?: string;
  /** The cache in front of the site, in which changed answers are purged. */
  readonly purge?: CacheInFront;
  /** Set if readers are counted. */
  readonly audience?: true;
  /** How many identical whole answers a client without conditions gets in an hour; no limit if absent. */
  readonly patience?: number;
  /** Absolute URL of a square picture of at least 512 pixels. */
  readonly icon?: string;
  /** Absolute URL of a square picture of at least 64 pixels. */
  readonly favicon?: string;
  readonly copyright?: string;
  /** The start of the ids of articles without an original URL: `tag:authority,date:` (RFC 4151 §2.1). */
  readonly id: string;
  /** The feed's id, which survives a change of address (RFC 4287 §4.2.6). */
  readonly feedId: string;
  /** Old paths, each with the relative path or absolute URL that it moved to, or `gone`. */
  readonly redirects: Readonly<Record<string, string>>;
  /** The address of the site whose articles these are, if it is not `url`: absolute, ends in `/`. */
  readonly home?: string;
  /** How that site makes the addresses of its articles; absent if articles have pages only here. */
  readonly permalink?: Pick<PermalinkRule, 'pattern' | 'generator' | 'ids'>;
  /** Set if there are no HTML pages here, because that site has them. */
  readonly pages?: false;
  /** Feeds of chosen articles, in the order of the file. */
  readonly feeds?: readonly NamedFeed[];
  /** Chooses the articles of the main feed and the front page; absent if they have all. */
  readonly main?: Query;
  /** The color of the browser around the pages, in CSS; `dark` on a dark screen, by default the same. */
  readonly color?: { readonly light: string; readonly dark?: string };
  /** Set if people can search in the pages. */
  readonly search?: true;
  /** Set if link previews of articles without a picture show a card with their headline. */
  readonly cards?: true;
  /** What makes smaller versions of pictures for pages; absent if nothing does. */
  readonly pictures?: PictureService;
  /** Set if the publication is a podcast. */
  readonly podcast?: Podcast;
  /** What the publisher says about sections and tags. */
  readonly described?: DescribedSlices;
  /** The publisher's changes to the HTML pages. */
  readonly theme?: Theme;
}

/** How a publication gets smaller pictures: made by sharp on Node, or by Cloudflare when they are requested. */
export type PictureService = 'sharp' | 'cloudflare';

/** A shared cache in front of a site, in which changed answers are purged. */
export interface CacheInFront {
  readonly kind: 'cloudflare' | 'fastly' | 'other';
  /** The id of Cloudflare's zone or Fastly's service, or the address that takes the tags. */
  readonly id: string;
}

/** The publisher's own parts of the HTML pages; those in HTML may have placeholders. */
export interface Theme {
  /** CSS that is loaded after the site's own. */
  readonly style?: string;
  /** HTML at the end of `<head>`. */
  readonly head?: string;
  /** HTML at the end of the page header. */
  readonly header?: string;
  /** HTML at the start of the page footer. */
  readonly footer?: string;
  /** HTML above the text of an article. */
  readonly articleTop?: string;
  /** HTML below the text of an article and its files. */
  readonly articleBottom?: string;
}

/** The target in `redirects` of an address whose content was withdrawn. */
export const goneTarget = 'gone';

/** The address of the page that the feeds are about: the site's own, or that of the site which has the pages. */
export function homeOf({ home, url }: Pick<Site, 'home' | 'url'>): string {
  return home ?? url;
}

/** Reports whether another site has the pages, and with them what else that site has published. */
export function isBeside({ pages, permalink }: Pick<Site, 'pages' | 'permalink'>): boolean {
  return pages === false || permalink !== undefined;
}

/** Reports whether a publication has HTML pages. Those of a site beside it make its own needless. */
export function hasPages({ pages }: Pick<Site, 'pages'>): boolean {
  return pages !== false;
}
