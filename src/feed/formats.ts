import type { Page } from '../publication/page.ts';
import { writeAtom } from './atom.ts';
import type { DeltaFormat } from './delta.ts';
import { writeJsonFeed } from './json-feed.ts';
import type { FeedLinks } from './links.ts';
import { writeRss } from './rss/rss.ts';

/** A feed format, with everything that differs between formats. */
export interface Format {
  readonly name: 'rss' | 'atom' | 'json';
  /** Its name for people. */
  readonly label: string;
  /** The last segment of its feeds' addresses. NewsBlur parses JSON only if the address contains `json`. */
  readonly file: string;
  /** Paths at which readers and people guess this format's feed. */
  readonly aliases: readonly string[];
  /** Media type, for links. */
  readonly type: string;
  /** Value of Content-Type. JSON is always UTF-8 and has no charset (RFC 8259 §11). */
  readonly contentType: string;
  /** Set if readers can request only new entries (RFC 3229). */
  readonly delta?: DeltaFormat;
  /** Writes the parts of a feed: its beginning, its items, and its end. */
  readonly write: (page: Page, links: FeedLinks) => readonly string[];
}

/** All feed formats, in the order in which pages offer them. */
export const formats: readonly Format[] = [
  {
    name: 'rss',
    label: 'RSS',
    file: 'rss.xml',
    aliases: ['/feed', '/feed/', '/feed.xml', '/rss', '/rss/', '/index.xml', '/index.rss', '/rss/feed.xml'],
    type: 'application/rss+xml',
    contentType: 'application/rss+xml; charset=utf-8',
    delta: 'rss',
    write: writeRss,
  },
  {
    name: 'atom',
    label: 'Atom',
    file: 'atom.xml',
    aliases: ['/atom', '/feed.atom', '/feeds/posts/default'],
    type: 'application/atom+xml',
    contentType: 'application/atom+xml; charset=utf-8',
    delta: 'atom',
    write: writeAtom,
  },
  {
    name: 'json',
    label: 'JSON Feed',
    file: 'feed.json',
    aliases: [],
    type: 'application/feed+json',
    contentType: 'application/feed+json',
    write: writeJsonFeed,
  },
];
