import { setImmediate, setTimeout } from 'node:timers/promises';
import type { ArticleSource, Instant } from '../../article/article.ts';
import { once } from '../../article/once.ts';
import { instantOf } from '../../article/seed/date.ts';
import { publish } from '../../publication/memory.ts';
import type { Edition } from '../../publication/publication.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import { forEachConcurrently } from '../terminal/progress.ts';
import { count } from '../terminal/report.ts';
import { checkVisible } from './check-visible.ts';
import { HubQueue } from './hub-queue.ts';
import { correctionTopics, currentPage, renderTopics, type Topic, type TopicSource } from './topics.ts';

/** A topic with its source, from which it is rendered again once it is out of date. */
export interface PublishedTopic extends Topic {
  readonly source: TopicSource;
}

/** Publishes a reading for rendering every page of it. An article is on many pages, but rendered once. */
export function editionOf({ site, sources }: Pick<FolderSnapshot, 'site' | 'sources'>, now: Instant): Edition {
  const renderedOnce = sources.map(
    (source): ArticleSource => ({ head: source.head, article: once(() => source.article()) }),
  );
  return publish(site, renderedOnce, now);
}

/** Renders every topic of an edition at the moment `now`. `onProgress` counts pages. */
export async function* allTopics(
  edition: Edition,
  now: Instant,
  onProgress: (done: number, total: number) => void,
): AsyncGenerator<PublishedTopic> {
  const sources: TopicSource[] = [undefined, ...(await edition.slices(now)).slices, 'corrections'];
  for (const [i, source] of sources.entries()) {
    await setImmediate();
    yield* await topicsOf(edition, source, now);
    onProgress(i + 1, sources.length);
  }
}

async function topicsOf(edition: Edition, source: TopicSource, now: Instant): Promise<PublishedTopic[]> {
  const page = source === 'corrections' ? undefined : await currentPage(edition, source, now);
  const topics = source === 'corrections' ? await correctionTopics(edition, now) : page && (await renderTopics(page));
  return (topics ?? []).map((topic) => ({ ...topic, source }));
}

export interface PingOptions {
  readonly hub: string;
  /** Milliseconds that feeds may take to become visible, and that the hub may then take to accept them. */
  readonly wait: number;
  /** Called with each topic that the hub accepted, as it was then. */
  readonly onAccepted: (topic: PublishedTopic) => void;
  readonly onWarning: (line: string) => void;
  /** Called with the number of topics that are visible so far. */
  readonly onVisible: (visible: number) => void;
}

/** Feeds that are checked at the same time. */
const concurrency = 8;
/** Milliseconds between two checks of a feed: at first, and at most. */
const firstPause = 500;
const longestPause = 10_000;

/**
 * Notifies a hub of topics, of each once it is visible at its public address (WebSub §6). Resolves when the hub has
 * accepted all, or has been given up; `onWarning` is called for the rest.
 */
export async function ping(
  edition: Edition,
  topics: readonly PublishedTopic[],
  { hub, wait, onAccepted, onWarning, onVisible }: PingOptions,
): Promise<void> {
  const visible = new Map<string, PublishedTopic>();
  const queue = new HubQueue(
    hub,
    {
      onAccepted: (url) => {
        const topic = visible.get(url);
        if (topic !== undefined) onAccepted(topic);
      },
      onWarning,
    },
    {
      timeout: Math.min(30_000, Math.max(1_000, wait)),
      firstWait: 1_000,
      longestWait: 30_000,
      giveUpAfter: wait,
    },
  );
  const deadline = Date.now() + wait;
  let pending = topics;
  let firstReason = '';
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    const late: PublishedTopic[] = [];
    await forEachConcurrently(pending, concurrency, async (known) => {
      const topic = await refresh(edition, known);
      const reason = await checkVisible(topic);
      if (reason === undefined) {
        visible.set(topic.url, topic);
        onVisible(visible.size);
        queue.add([topic.url]);
      } else {
        if (late.length === 0) firstReason = reason;
        late.push(topic);
      }
    });
    pending = late;
    const left = deadline - Date.now();
    if (pending.length === 0 || left <= 0) break;
    await setTimeout(Math.min(pause, left));
  }
  await queue.settled();
  queue.close();
  const [first, ...others] = pending;
  if (first === undefined) return;
  const more = others.length === 0 ? '' : `, and neither are ${count(others.length, 'other feed')}`;
  onWarning(`${first.url} is not up to date after ${wait / 1000} s: ${firstReason}${more}`);
}

/** Renders a topic again if an article has become due since. */
async function refresh(edition: Edition, topic: PublishedTopic): Promise<PublishedTopic> {
  const now: Instant = instantOf(Date.now()) ?? '';
  if (topic.until === undefined || topic.until > now) return topic;
  const rendered = await topicsOf(edition, topic.source, now);
  return rendered.find(({ url }) => url === topic.url) ?? topic;
}
