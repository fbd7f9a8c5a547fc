import { parseOpml } from 'feedsmith';
import { oneLine } from '../../article/plain-text.ts';
import type { ImportedFeed, ListedFeed } from './read/imported-item.ts';

export function isOpml(start: string): boolean {
  return /<opml[\s>]/i.test(start) && !/<(?:rss|feed|rdf:rdf)[\s>]/i.test(start);
}

type Outline = NonNullable<NonNullable<ReturnType<typeof parseOpml<string>>['body']>['outlines']>[number];

/** Reads a list of feeds, whatever folders it has them in; each feed once. */
export function readOpml(text: string): ImportedFeed {
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
  return {
    ...(title === '' ? {} : { title }),
    authors: [],
    older: [],
    items: [],
    listed: [...listed.values()],
  };
}
