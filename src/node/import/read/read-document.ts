import { parseOpml } from 'feedsmith';
import { oneLine } from '../../../article/plain-text.ts';
import { isWordPress } from '../../published/parse-feed.ts';
import { dropRelativeAddresses } from './drop-relative-addresses.ts';
import type { ImportedFeed, ListedFeed } from './imported-item.ts';
import { readFeed } from './read-feed.ts';
import { readWordPress } from './wordpress.ts';

export interface DocumentOptions {
  /** Whether to import WordPress pages as articles. */
  readonly pages?: boolean;
}

/** Reads a feed, a WordPress export or an OPML list. Throws if the text is none of these. */
export function readDocument(text: string, location: URL, { pages = false }: DocumentOptions): ImportedFeed {
  const start = text.slice(0, 20_000);
  const isOpml = /<opml[\s>]/i.test(start) && !/<(?:rss|feed|rdf:rdf)[\s>]/i.test(start);
  if (isOpml) return readOpml(text);
  return dropRelativeAddresses(
    isWordPress(start) ? readWordPress(text, { pages }) : readFeed(text, location),
  );
}

type Outline = NonNullable<NonNullable<ReturnType<typeof parseOpml<string>>['body']>['outlines']>[number];

/** Lists the feeds of all folders, each feed once. */
function readOpml(text: string): ImportedFeed {
  const { head, body } = parseOpml<string>(text);
  const listed = new Map<string, ListedFeed>();
  const collect = (outlines: readonly Outline[], depth: number): void => {
    for (const { xmlUrl, text, title, outlines: inner = [] } of outlines) {
      const name = oneLine(title ?? text ?? '');
      if (xmlUrl !== undefined && !listed.has(xmlUrl)) listed.set(xmlUrl, { title: name, url: xmlUrl });
      if (depth < 50) collect(inner, depth + 1);
    }
  };
  collect(body?.outlines ?? [], 0);
  if (listed.size === 0) throw new Error('names no feeds');
  const title = oneLine(head?.title ?? '') || undefined;
  return { title, authors: [], older: [], items: [], listed: [...listed.values()] };
}
