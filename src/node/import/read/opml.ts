import { parseOpml } from 'feedsmith';
import { oneLine } from '../../../article/plain-text.ts';
import { RefusedDocument } from '../../published/refused-document.ts';
import type { ImportedFeed, ListedFeed } from './imported-item.ts';

type Outline = NonNullable<NonNullable<ReturnType<typeof parseOpml<string>>['body']>['outlines']>[number];

/** Lists the feeds of all folders, each feed once. */
export function readOpml(text: string): ImportedFeed {
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
  if (listed.size === 0)
    throw new RefusedDocument(
      'is an OPML outline that lists no feeds; give a feed, or a list whose outlines have xmlUrl',
    );
  const title = oneLine(head?.title ?? '') || undefined;
  return { title, authors: [], older: [], items: [], listed: [...listed.values()] };
}
