import { directionOf } from '../publication/direction.ts';
import type { Site } from '../publication/site.ts';
import { wordsFor } from '../publication/words/words.ts';
import type { FeedLinks } from './links.ts';
import { type Xml, xml } from './xml.ts';

/**
 * Tells a person who opens a feed in a browser what it is, and leads on to the pages.
 *
 * It is XHTML, because browsers make links of nothing else in XML. As an element of another namespace it may stand in
 * both formats (RSS 2.0, "Extending RSS"; RFC 4287 §6.4.2), the W3C validator takes it there, in the feed and not in its
 * entries, and readers pass over it.
 */
export function greeting({ language }: Site, { alternate, subscribe }: FeedLinks): Xml {
  const { words, language: spoken } = wordsFor(language);
  return xml`<div xmlns="http://www.w3.org/1999/xhtml" xml:lang="${spoken}" dir="${directionOf(spoken)}"><p>${words.thisIsAFeed}</p><p><a href="${alternate}">${words.readOn}</a> <a href="${subscribe}">${words.subscribe}</a></p></div>`;
}

/** Names the stylesheets for browsers (Associating Style Sheets with XML documents 1.0 §2). */
export function styled({ stylesheets }: FeedLinks): Xml[] {
  return stylesheets.map((href) => xml`<?xml-stylesheet type="text/css" href="${href}"?>\n`);
}
