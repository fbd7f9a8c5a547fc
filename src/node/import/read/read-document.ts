import { isBlogger, isWordPress } from '../../published/parse-feed.ts';
import { adviceForPage } from '../../published/published-history.ts';
import { RefusedDocument } from '../../published/refused-document.ts';
import { dropRelativeAddresses } from './drop-relative-addresses.ts';
import { readBlogger } from './exports/blogger.ts';
import { ghostTables, readGhost } from './exports/ghost/ghost.ts';
import { parseRow } from './exports/json-rows.ts';
import { readArchive } from './exports/read-archive.ts';
import { nameUnsupported } from './exports/unsupported.ts';
import { readWordPress } from './exports/wordpress/wordpress.ts';
import type { ImportedFeed } from './imported-item.ts';
import { readOpml } from './opml.ts';
import { readFeed } from './read-feed.ts';

export interface DocumentOptions {
  /** Whether to import pages as articles. */
  readonly pages?: boolean;
  /** The address of the old site, for a file that leaves it out. */
  readonly url?: URL | undefined;
}

/**
 * Reads a feed, an export of another system or an OPML list. Throws if it is none of these, and says what it is if that
 * is known. `archive` is a zip file, which has no text.
 */
export function readDocument(
  text: string,
  location: URL,
  { pages = false, url: site }: DocumentOptions,
  archive?: Uint8Array,
): ImportedFeed {
  const options = { pages, site };
  const read = (one: string): ImportedFeed => readText(one, location, options);
  const feed = archive === undefined ? read(text) : readArchive(archive, options, read);
  return dropRelativeAddresses(feed);
}

interface TextOptions {
  readonly pages: boolean;
  readonly site: URL | undefined;
}

function readText(text: string, location: URL, options: TextOptions): ImportedFeed {
  const start = text.slice(0, 20_000);
  const isOpml = /<opml[\s>]/i.test(start) && !/<(?:rss|feed|rdf:rdf)[\s>]/i.test(start);
  if (isOpml) return readOpml(text);
  if (isWordPress(start)) return readWordPress(text, options);
  if (isBlogger(start)) return readBlogger(text, location, options);
  const json = /^\s*\{/.test(start) ? parseRow(text) : undefined;
  if (json !== undefined && ghostTables(json) !== undefined) return readGhost(text, options);
  try {
    // An address from the web is better known than what somebody says of it.
    return readFeed(text, location.protocol === 'file:' ? (options.site ?? location) : location);
  } catch (error) {
    const isPage = /<!doctype\s+html|<html[\s>]/i.test(start);
    const name = isPage ? `is an HTML page; ${adviceForPage(text, location)}` : nameUnsupported(text);
    throw name === undefined ? error : new RefusedDocument(name);
  }
}
