import { parseOpml } from 'feedsmith';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import { oneLine } from '../../../article/plain-text.ts';
import { isWordPress } from '../../published/parse-feed.ts';
import { withoutBaseless } from './baseless.ts';
import type { ImportedFeed, ListedFeed } from './imported-item.ts';
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

function isOpml(start: string): boolean {
  return /<opml[\s>]/i.test(start) && !/<(?:rss|feed|rdf:rdf)[\s>]/i.test(start);
}

type Outline = NonNullable<NonNullable<ReturnType<typeof parseOpml<string>>['body']>['outlines']>[number];

/** Reads a list of feeds, whatever folders it has them in; each feed once. */
function readOpml(text: string): ImportedFeed {
  const { head, body } = parseOpml<string>(text);
  const listed = new Map<string, ListedFeed>();
  const gather = (outlines: readonly Outline[], depth: number): void => {
    for (const { xmlUrl, text, title, outlines: inner = [] } of outlines) {
      const name = oneLine(title ?? text ?? '');
      if (xmlUrl !== undefined && !listed.has(xmlUrl)) listed.set(xmlUrl, { title: name, url: xmlUrl });
      if (depth < 50) gather(inner, depth + 1);
    }
  };
  gather(body?.outlines ?? [], 0);
  if (listed.size === 0) throw new Error('names no feeds');
  const title = oneLine(head?.title ?? '');
  return omitUndefined({
    title: title === '' ? undefined : title,
    authors: [],
    older: [],
    items: [],
    listed: [...listed.values()],
  });
}
