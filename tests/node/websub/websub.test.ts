/**
 * Rules W1–W5 of WebSub: a subscriber finds the hub in a feed's header, subscribes, and receives an article saved into
 * the folder of a running `dateline serve`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formats } from '../../../src/feed/formats.ts';
import { type Served, startServe } from '../command.ts';
import { makeFolder, manySeeds, seed, writeFiles } from '../temporary-folder.ts';
import { type Hub, startHub } from './hub.ts';
import { type Delivery, discover, type Subscriber, startSubscriber } from './subscriber.ts';

const soon = { timeout: 30_000, interval: 20 };
const feeds = formats.map(({ file }) => file);

describe('a subscriber of a feed that dateline serve publishes', () => {
  let dir: string;
  let hub: Hub;
  let served: Served;
  let subscriber: Subscriber;
  const load = (path: string): Promise<Response> => fetch(new URL(path, served.url));

  beforeAll(async () => {
    hub = await startHub();
    dir = makeFolder({
      ...manySeeds(3),
      'publication.yaml': `title: The Daily\nhub: ${hub.url}\nitems: 2\n`,
      'science/old.md': seed('Old', '2024-01-01'),
    });
    served = await startServe([dir]);
    subscriber = await startSubscriber();
  });
  afterAll(() => served?.stop());

  test.each(feeds)('W1: %s links to its hub and, once, to itself, in its header and its content', async (file) => {
    const response = await load(file);
    expect(discover(response.headers.get('link'))).toEqual({
      hub: [hub.url],
      self: [new URL(file, served.url).href],
    });
    expect(embedded(file, await response.text())).toEqual({
      hub: [hub.url],
      self: [new URL(file, served.url).href],
    });
  });

  test.each(feeds)('W1: an archive page in %s links to no hub, since none is notified of it', async (file) => {
    const response = await load(`archive/1/${file}`);
    const self = [new URL(`archive/1/${file}`, served.url).href];
    expect(discover(response.headers.get('link'))).toEqual({ hub: [], self });
    expect(embedded(file, await response.text())).toEqual({ hub: [], self });
  });

  test('W1: these links are enough to subscribe', async () => {
    for (const file of feeds) await subscriber.subscribe(discover((await load(file)).headers.get('link')));
    await expect.poll(() => hub.subscriptions.length, soon).toBe(3);
  });

  test('receives a saved article in every format', async () => {
    writeFiles(dir, { 'news.md': seed('It came by itself', '2026-03-03') });
    const titles = (): string[] =>
      subscriber.deliveries.filter(({ body }) => body.includes('It came by itself')).map(({ topic }) => topic);
    await expect.poll(() => titles().sort(), soon).toEqual(feeds.map((file) => new URL(file, served.url).href).sort());
  });

  test('W2: the header, the document and the ping have the same address', async () => {
    for (const file of feeds) {
      const response = await load(file);
      const { self } = discover(response.headers.get('link'));
      expect(embedded(file, await response.text()).self).toEqual(self);
      expect(hub.pings.map(({ topic }) => topic)).toContain(self[0]);
    }
  });

  test('W3: the hub gets only a form POST hub.mode=publish&hub.url=…', () => {
    for (const { method, contentType, topic, form } of hub.pings) {
      expect(method).toBe('POST');
      expect(contentType).toMatch(/^application\/x-www-form-urlencoded\b/);
      expect(form).toEqual({ 'hub.mode': 'publish', 'hub.url': topic });
    }
  });

  test('W4: the feed that the hub fetched on the ping already had the article', () => {
    const first = new Map<string, Delivery>();
    for (const delivery of subscriber.deliveries) if (!first.has(delivery.topic)) first.set(delivery.topic, delivery);
    expect(first.size).toBe(3);
    for (const { body } of first.values()) expect(body).toContain('It came by itself');
  });

  test('W5: the hub is notified once of each changed feed, and of no other', () => {
    const changed = ['', 'languages/en/'].flatMap((folder) =>
      feeds.map((file) => new URL(folder + file, served.url).href),
    );
    expect(hub.pings.map(({ topic }) => topic).sort()).toEqual(changed.sort());
  });

  test('W5: a hub that is gone breaks nothing, not even the shutdown', async () => {
    await hub.close();
    writeFiles(dir, { 'more.md': seed('Without a hub', '2026-03-04') });
    await expect.poll(async () => (await load('rss.xml')).text(), soon).toContain('Without a hub');
    const { code, stderr } = await served.stop();
    expect(code).toBe(0);
    expect(stderr.split('\n').length).toBeLessThanOrEqual(2);
  });
});

/** The links in a document: `atom:link` in RSS, `link` in Atom, `hubs` and `feed_url` in JSON Feed. */
function embedded(file: string, text: string): ReturnType<typeof discover> {
  if (file.endsWith('.json')) {
    const { hubs = [], feed_url } = JSON.parse(text);
    return { hub: hubs.map(({ url }: { url: string }) => url), self: [feed_url] };
  }
  const [head = ''] = text.split(/<item>|<entry>/);
  const links = [...head.matchAll(/<(?:atom:)?link ([^>]*)\/>/g)].map(([, attributes = '']) => attributes);
  const of = (rel: string): string[] =>
    links
      .filter((attributes) => attributes.includes(`rel="${rel}"`))
      .map((attributes) => /href="([^"]*)"/.exec(attributes)?.[1]?.replaceAll('&amp;', '&') ?? '');
  return { hub: of('hub'), self: of('self') };
}
