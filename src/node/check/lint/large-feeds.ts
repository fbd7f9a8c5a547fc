import { type ArticleSource, oldestFirst } from '../../../article/article.ts';
import { renderFeed } from '../../../feed/document.ts';
import { formats } from '../../../feed/formats.ts';
import { feedPath } from '../../../feed/links.ts';
import type { PageAddress } from '../../../publication/addresses/address.ts';
import { publish, slicesIn } from '../../../publication/memory.ts';
import { isShown } from '../../../publication/publication.ts';
import { itemsOf } from '../../../publication/slices/slice.ts';
import type { FolderSnapshot } from '../../folder/folder-snapshot.ts';
import type { FileFinding } from './linted-article.ts';
import type { SiteFacts } from './site-facts.ts';

/** Bytes. FeedBurner and similar services refuse larger feeds. */
const maxFeed = 512_000;

/** How many slices are rendered, those with the most text first. */
const maxRendered = 50;
/** How many feeds a message names. */
const maxNamed = 6;

/** Finds current feeds, of the publication and its slices, that are too large for some services. */
export async function largeFeeds({ site, sources }: FolderSnapshot, facts: SiteFacts): Promise<readonly FileFinding[]> {
  const edition = publish(site, sources, facts.now);
  const large: string[] = [];
  for (const address of [{}, ...longSlices({ site, sources }, facts)]) {
    const page = await edition.page(address, facts.now);
    if (page === undefined) continue;
    for (const format of formats) {
      const { bytes } = await renderFeed(page, format);
      const path = feedPath(address, format.file);
      if (bytes.length > maxFeed) large.push(`/${path} (${Math.ceil(bytes.length / 1000)} kB)`);
    }
  }
  if (large.length === 0) return [];
  const more = large.length > maxNamed ? ` and ${large.length - maxNamed} more` : '';
  const message = `over ${maxFeed / 1000} kB, which some services refuse: ${large.slice(0, maxNamed).join(', ')}${more}; set fewer "items" than ${site.items}, or "content: summary"`;
  return [{ file: facts.publicationFile(), message }];
}

/** Lists the slices with so much text that their feeds may be too large. Rendering all slices would take too long. */
function longSlices(
  { site, sources }: Pick<FolderSnapshot, 'site' | 'sources'>,
  { now }: SiteFacts,
): readonly PageAddress[] {
  const shown = sources.filter(({ head }) => isShown(head, now)).toSorted((a, b) => oldestFirst(a.head, b.head));
  const sizes = new Map(shown.map((source) => [source, sizeOf(source)]));
  return [...slicesIn(shown, site).values()]
    .map(({ slice, sources }) => ({
      slice,
      size: sources.slice(-itemsOf(site, slice)).reduce((sum, source) => sum + (sizes.get(source) ?? 0), 0),
    }))
    .filter(({ size }) => size > maxFeed / 2)
    .toSorted((a, b) => b.size - a.size)
    .slice(0, maxRendered)
    .map(({ slice }) => ({ slice }));
}

/** Bytes of Markdown. The HTML is larger. */
function sizeOf(source: ArticleSource): number {
  return Buffer.byteLength(source.sourceText?.().body ?? '');
}
