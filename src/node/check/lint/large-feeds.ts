import { type ArticleSource, oldestFirst } from '../../../article/article.ts';
import { renderFeed } from '../../../feed/document.ts';
import { formats } from '../../../feed/formats.ts';
import { feedPath } from '../../../feed/links.ts';
import type { PageAddress } from '../../../publication/address.ts';
import { publish, slicesIn } from '../../../publication/memory.ts';
import { isDue } from '../../../publication/publication.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { FiledFinding } from './linted-article.ts';
import type { SiteFacts } from './site-facts.ts';

/** Bytes beyond which FeedBurner and services like it refuse a feed. */
export const largestFeed = 512_000;

/** Slices that are rendered, those with the most text first, and feeds that the message names. */
const mostRendered = 50;
const mostNamed = 6;

/** Finds current feeds, of the whole publication and of its slices, that are longer than services take. */
export async function largeFeeds(
  { site, sources }: FolderSnapshot,
  facts: SiteFacts,
): Promise<readonly FiledFinding[]> {
  const edition = publish(site, sources, facts.now);
  const large: string[] = [];
  for (const address of [{}, ...longSlices({ site, sources }, facts)]) {
    const page = await edition.page(address, facts.now);
    if (page === undefined) continue;
    for (const format of formats) {
      const { bytes } = await renderFeed(page, format);
      const path = feedPath(address, format.file);
      if (bytes.length > largestFeed) large.push(`/${path} (${Math.ceil(bytes.length / 1000)} kB)`);
    }
  }
  if (large.length === 0) return [];
  const more = large.length > mostNamed ? ` and ${large.length - mostNamed} more` : '';
  const message = `over ${largestFeed / 1000} kB, which some services refuse: ${large.slice(0, mostNamed).join(', ')}${more}; set fewer "items" than ${site.items}, or "content: summary"`;
  return [{ file: facts.publicationFile(), message }];
}

/** Lists the slices with so much text that their feeds may be too long; to render all would take too long. */
function longSlices(
  { site, sources }: Pick<FolderSnapshot, 'site' | 'sources'>,
  { now }: SiteFacts,
): readonly PageAddress[] {
  const due = sources.filter(({ head }) => isDue(head, now)).toSorted((a, b) => oldestFirst(a.head, b.head));
  const sizes = new Map(due.map((source) => [source, sizeOf(source)]));
  return [...slicesIn(due, site).values()]
    .map(({ slice, sources }) => ({
      slice,
      size: sources.slice(-site.items).reduce((sum, source) => sum + (sizes.get(source) ?? 0), 0),
    }))
    .filter(({ size }) => size > largestFeed / 2)
    .toSorted((a, b) => b.size - a.size)
    .slice(0, mostRendered)
    .map(({ slice }) => ({ slice }));
}

/** Bytes of Markdown, of which HTML has more. */
function sizeOf(source: ArticleSource): number {
  return Buffer.byteLength(source.written?.().body ?? '');
}
