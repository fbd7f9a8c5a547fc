import type { Instant } from '../../../article/article.ts';
import { IndexFolder, type StoredSegment } from '../../search/index-folder.ts';
import { SegmentIndexer } from '../../search/index-segment.ts';
import { openStored } from './open-stored.ts';

export interface SegmentsInput {
  /** The folder with the stored edition, and the path of its pointer in it. */
  readonly edge: string;
  readonly pointer: string;
  readonly now: Instant;
  /** The folder of the index. */
  readonly folder: string;
  readonly segments: readonly { readonly key: string | undefined; readonly slugs: readonly string[] }[];
}

/** Indexes segments of articles for the search. */
export async function indexSegments({ edge, pointer, now, folder, segments }: SegmentsInput): Promise<StoredSegment[]> {
  const edition = openStored(edge, pointer);
  const files = new IndexFolder(folder);
  const stored: StoredSegment[] = [];
  for (const { key, slugs } of segments) {
    const indexer = new SegmentIndexer(edition.site);
    for (const slug of slugs) {
      const page = await edition.article(slug, now);
      if (page !== undefined) indexer.add(page.article);
    }
    stored.push(await files.put(key, indexer.finish()));
  }
  return stored;
}
