import { renderFeed } from '../../feed/document.ts';
import { formats } from '../../feed/formats.ts';
import { publish } from '../../publication/memory.ts';
import type { FolderReading } from '../seed-folder.ts';
import { type FiledFinding, publicationFile } from './lint.ts';
import type { SiteFacts } from './site-facts.ts';

/** Bytes beyond which FeedBurner and services like it refuse a feed. */
export const largestFeed = 512_000;

/** Finds that the current feed of the whole publication is longer than services take. */
export async function largeFeeds(
  { site, sources }: FolderReading,
  facts: SiteFacts,
): Promise<readonly FiledFinding[]> {
  const page = await publish(site, sources, facts.now).page({}, facts.now);
  if (page === undefined) return [];
  const large: string[] = [];
  for (const format of formats) {
    const { bytes } = await renderFeed(page, format);
    if (bytes.length > largestFeed) large.push(`/${format.file} (${Math.ceil(bytes.length / 1000)} kB)`);
  }
  if (large.length === 0) return [];
  const message = `over ${largestFeed / 1000} kB, which some services refuse: ${large.join(', ')}; set fewer "items" than ${site.items}, or "content: summary"`;
  return [{ file: publicationFile(facts), message }];
}
