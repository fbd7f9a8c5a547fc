import { setTimeout } from 'node:timers/promises';
import type { Instant } from '../../article/article.ts';
import { instantOf } from '../../article/seed/date.ts';
import type { Edition } from '../../publication/publication.ts';
import { count } from '../terminal/report.ts';
import { type ExpectedTopic, topicsAt } from './expected-topics.ts';
import { HubQueue } from './hub-queue.ts';
import { notVisible } from './visible.ts';

export interface PingOptions {
  readonly hub: string;
  /** How long feeds may take to be visible, and then the hub to take them, in milliseconds. */
  readonly wait: number;
  /** Is told of each topic that the hub took, as it was then. */
  readonly onTold: (topic: ExpectedTopic) => void;
  readonly onWarning: (line: string) => void;
  /** Is told how many of the topics were visible so far. */
  readonly onVisible: (done: number) => void;
}

/** How many feeds are looked at at once. */
const looks = 8;
/** Milliseconds between two looks at a feed: the first time and at most. */
const firstPause = 500;
const longestPause = 10_000;

/**
 * Tells a hub of topics, each once it can be seen at its public address (WebSub §6). Resolves when each is told or
 * given up; what is given up is told to `onWarning`.
 */
export async function ping(
  edition: Edition,
  topics: readonly ExpectedTopic[],
  { hub, wait, onTold, onWarning, onVisible }: PingOptions,
): Promise<void> {
  const seen = new Map<string, ExpectedTopic>();
  const queue = new HubQueue(
    hub,
    {
      onTold: (url) => {
        const topic = seen.get(url);
        if (topic !== undefined) onTold(topic);
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
  let waiting = topics;
  let firstReason = '';
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    const late: ExpectedTopic[] = [];
    await inTurns(waiting, async (known) => {
      const topic = await currentOf(edition, known);
      const reason = await notVisible(topic);
      if (reason === undefined) {
        seen.set(topic.url, topic);
        onVisible(seen.size);
        queue.tell([topic.url]);
      } else {
        if (late.length === 0) firstReason = reason;
        late.push(topic);
      }
    });
    waiting = late;
    const left = deadline - Date.now();
    if (waiting.length === 0 || left <= 0) break;
    await setTimeout(Math.min(pause, left));
  }
  await queue.settled();
  queue.close();
  const [first, ...others] = waiting;
  if (first === undefined) return;
  const more = others.length === 0 ? '' : `, and neither are ${count(others.length, 'other feed')}`;
  onWarning(`${first.url} is not visible as it should be after ${wait / 1000} s: ${firstReason}${more}`);
}

/** A document changes by itself when an article falls due. */
async function currentOf(edition: Edition, topic: ExpectedTopic): Promise<ExpectedTopic> {
  const now: Instant = instantOf(Date.now()) ?? '';
  if (topic.until === undefined || topic.until > now) return topic;
  const made = await topicsAt(edition, topic.source, now);
  return made.find(({ url }) => url === topic.url) ?? topic;
}

async function inTurns<T>(values: readonly T[], look: (value: T) => Promise<void>): Promise<void> {
  const left = values.values();
  await Promise.all(
    Array.from({ length: looks }, async () => {
      for (const value of left) await look(value);
    }),
  );
}
