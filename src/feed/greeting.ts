import type { Site } from '../publication/site/site.ts';
import { directionOf } from '../publication/words/direction.ts';
import { wordsFor } from '../publication/words/words.ts';
import type { FeedLinks } from './links.ts';
import { type Xml, xml } from './xml.ts';

/**
 * Writes a paragraph for people who open a feed in a browser: what a feed is, and links to the pages. The viewport
 * makes phones show the whole feed at a readable size.
 *
 * It is XHTML, the only links in XML that browsers follow. Both formats allow elements of other namespaces (RSS 2.0,
 * "Extending RSS"; RFC 4287 §6.4.2). The W3C validator accepts them in the feed, though not in entries, and readers
 * ignore them.
 */
export function greeting({ language }: Site, { alternate, subscribe }: FeedLinks): Xml {
  const { words, language: spoken } = wordsFor(language);
  const more = subscribe === undefined ? '' : xml` <a href="${subscribe}">${words.subscribe}</a>`;
  return xml`<div xmlns="http://www.w3.org/1999/xhtml" xml:lang="${spoken}" dir="${directionOf(spoken)}"><meta name="viewport" content="width=device-width"/><p>${words.thisIsAFeed}</p><p><a href="${alternate}">${words.readOn}</a>${more}</p></div>`;
}

/** Links the stylesheets for browsers (Associating Style Sheets with XML documents 1.0 §2). */
export function styled({ stylesheets }: FeedLinks): Xml[] {
  return stylesheets.map((href) => xml`<?xml-stylesheet type="text/css" href="${href}"?>\n`);
}
