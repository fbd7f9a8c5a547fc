import { isWordPress } from '../../published/parse-feed.ts';
import { isOpml, readOpml } from '../opml.ts';
import { withoutBaseless } from './baseless.ts';
import type { ImportedFeed } from './imported-item.ts';
import { readFeed } from './read-feed.ts';
import { readWordPress } from './wordpress.ts';

export interface DocumentOptions {
  /** Whether WordPress's pages are articles, too. */
  readonly pages?: boolean;
}

/** Reads a document of another system, whichever it is. Throws where it is none that is known. */
export function readDocument(text: string, location: URL, { pages = false }: DocumentOptions): ImportedFeed {
  const start = text.slice(0, 20_000);
  if (isOpml(start)) return readOpml(text);
  if (isWordPress(start)) return withoutBaseless(readWordPress(text, { pages }));
  return withoutBaseless(readFeed(text, location));
}
