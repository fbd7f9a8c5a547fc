import { afterEach, describe, expect, it } from 'vitest';
import { startServe } from '../node/command.ts';
import { makeFolder, writeFiles } from '../node/temporary-folder.ts';
import { gpodder, liferea, missingCommands, newsboat, readers, type Subscription } from './readers.ts';

const recording = 'https://media.example/talk.mp3';

/** An article as a podcast has it, for gPodder, with the film of the episode and notes. */
function article(title: string, text = 'Text.'): string {
  const files = `[{ url: "${recording}", type: audio/mpeg, length: 10 }, "${recording}.mp4", "${recording}.pdf"]`;
  return `---\ntitle: ${title}\ndate: 2026-01-01\nenclosures: ${files}\n---\n\n${text}\n`;
}

/** Readers that play recordings must find the same one in a feed for aggregators, which repeats it. */
const cases = [
  ...readers.map((reader) => ({ reader, settings: '' })),
  ...[newsboat, gpodder, liferea].map((reader) => ({ reader, settings: 'aggregators: true' })),
].map((one) => ({ ...one, missing: missingCommands(one.reader) }));

describe.each(cases)('a subscriber by $reader.name $settings', ({ reader, settings, missing }) => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  it.skipIf(missing.length > 0)(
    `gets every article once${missing.length > 0 ? ` (not installed: ${missing})` : ''}`,
    { timeout: 120_000 },
    async () => {
      const dir = makeFolder({ 'one.md': article('One'), 'publication.yaml': settings });
      const served = await startServe([dir]);
      closers.push(() => served.stop());
      const feed = new URL('rss.xml', served.url);
      const subscription = await reader.subscribe(makeFolder(), feed);
      closers.push(async () => subscription.close?.());

      const publish = async (file: string, text: string) => {
        const before = await (await fetch(feed)).text();
        writeFiles(dir, { [file]: text });
        await expect.poll(async () => (await fetch(feed)).text(), { timeout: 20_000 }).not.toBe(before);
      };
      const holds = async (...titles: string[]) => {
        // Some keep what they need for a conditional request only at the second poll.
        for (let poll = 0; poll < 3; poll++) await subscription.fetch();
        await expect.poll(() => subscription.titles().toSorted(), { timeout: 30_000 }).toEqual(titles);
      };
      await holds('One');
      await publish('two.md', article('Two'));
      await holds('One', 'Two');
      await publish('one.md', article('One', 'Corrected.'));
      await holds('One', 'Two');
      await publish('three.md', article('Three'));
      await holds('One', 'Three', 'Two');
      expect(new Set(subscription.recordings?.())).toEqual(new Set(subscription.recordings && [recording]));
      expectDeltas(subscription);
    },
  );
});

/** Liferea is known to take deltas, and tells: one for each change, then 304. */
function expectDeltas({ statuses }: Subscription): void {
  if (statuses !== undefined) expect(statuses().slice(-9)).toEqual([226, 304, 304, 226, 304, 304, 226, 304, 304]);
}
