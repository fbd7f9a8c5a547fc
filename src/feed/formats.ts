import type { Page } from '../publication/page.ts';
import { writeAtom } from './atom.ts';
import { writeJsonFeed } from './json-feed.ts';
import type { FeedLinks } from './links.ts';
import { writeRss } from './rss.ts';

/** A feed format: everything that depends on it, stated once. */
export interface Format {
  readonly name: 'rss' | 'atom' | 'json';
  /** What people call it. */
  readonly label: string;
  /** The last segment of its feeds' addresses. NewsBlur parses JSON only where the address contains `json`. */
  readonly file: string;
  /** Media type as links name it. */
  readonly type: string;
  /** Media type as responses name it: JSON is UTF-8 by definition and takes no charset (RFC 8259 §11). */
  readonly contentType: string;
  readonly write: (page: Page, links: FeedLinks) => string;
}

/** All formats, in the order in which pages offer them. */
export const formats: readonly Format[] = [
  {
    name: 'rss',
    label: 'RSS',
    file: 'rss.xml',
    type: 'application/rss+xml',
    contentType: 'application/rss+xml; charset=utf-8',
    write: writeRss,
  },
  {
    name: 'atom',
    label: 'Atom',
    file: 'atom.xml',
    type: 'application/atom+xml',
    contentType: 'application/atom+xml; charset=utf-8',
    write: writeAtom,
  },
  {
    name: 'json',
    label: 'JSON Feed',
    file: 'feed.json',
    type: 'application/feed+json',
    contentType: 'application/feed+json',
    write: writeJsonFeed,
  },
];
