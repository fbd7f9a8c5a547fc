import type { Author } from '../article/article.ts';
import type { Podcast } from './podcast.ts';

/** The facts of a publication that its feeds state. */
export interface Site {
  readonly title: string;
  readonly description: string;
  /** The public address, absolute, ending in `/`; every address of the site is resolved against it. */
  readonly url: string;
  /** BCP 47 tag. */
  readonly language: string;
  /** Stand for an article that names no author. */
  readonly authors: readonly Author[];
  /** IANA name of the zone in which a date without one is read. */
  readonly timezone: string;
  /** How many articles the current page shows, and how many an archive page holds. */
  readonly items: number;
  /** Whether feeds carry whole articles or their summaries. */
  readonly content: 'full' | 'summary';
  /** How long an answer stays fresh, in minutes (RSS `ttl`, and `max-age` in seconds). */
  readonly ttl: number;
  /** A WebSub hub that is told of changes. */
  readonly hub?: string;
  /** Absolute URL of a square picture of at least 512 pixels. */
  readonly icon?: string;
  /** Absolute URL of a square picture of at least 64 pixels. */
  readonly favicon?: string;
  readonly copyright?: string;
  /** What the ids of articles without an original URL begin with: `tag:authority,date:` (RFC 4151 §2.1). */
  readonly id: string;
  /** The feed's own id, which outlives a change of address (RFC 4287 §4.2.6). */
  readonly feedId: string;
  /** Old paths of a site that moved here, each with the path or absolute URL to which it moved, or {@link goneTarget}. */
  readonly redirects: Readonly<Record<string, string>>;
  /** Set where its recordings are a podcast. */
  readonly podcast?: Podcast;
  /** How the publisher changes the pages for people. */
  readonly theme?: Theme;
}

/** The publisher's own parts of every page for people, written as they are. */
export interface Theme {
  /** CSS that comes after the site's own. */
  readonly style?: string;
  /** HTML at the end of the pages' header. */
  readonly header?: string;
  /** HTML at the beginning of the pages' footer. */
  readonly footer?: string;
}

/** Stands in `redirects` for an address whose content has been withdrawn. */
export const goneTarget = 'gone';
