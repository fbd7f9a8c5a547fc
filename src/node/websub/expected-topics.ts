import type { Instant } from '../../article/article.ts';
import { publish } from '../../publication/memory.ts';
import type { Edition } from '../../publication/publication.ts';
import { renderedOnce } from '../build/build.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { currentPage, giveWay, renderTopics, type Topic, type TopicSource } from './topics.ts';

/** A subscription document that a folder's publication has, and how to make it anew when its time is over. */
export interface ExpectedTopic extends Topic {
  readonly source: TopicSource;
}

/** Makes every subscription document that a folder comes to at the moment `now`; `onProgress` counts the pages done. */
export async function* expectedTopics(
  edition: Edition,
  now: Instant,
  onProgress: (done: number, all: number) => void,
): AsyncGenerator<ExpectedTopic> {
  const sources: TopicSource[] = [undefined, ...(await edition.slices(now)).slices];
  for (const [i, source] of sources.entries()) {
    await giveWay();
    yield* await topicsAt(edition, source, now);
    onProgress(i + 1, sources.length);
  }
}

/** Makes the documents of one page as they are at the moment `now`. */
export async function topicsAt(
  edition: Edition,
  source: TopicSource,
  now: Instant,
): Promise<ExpectedTopic[]> {
  const page = await currentPage(edition, source, now);
  return page === undefined ? [] : (await renderTopics(page)).map((topic) => ({ ...topic, source }));
}

/** Publishes what was read for pages to be made of all of it: an article stands on many of them. */
export function editionOf(
  { site, sources }: Pick<FolderSnapshot, 'site' | 'sources'>,
  now: Instant,
): Edition {
  return publish(site, sources.map(renderedOnce), now);
}
