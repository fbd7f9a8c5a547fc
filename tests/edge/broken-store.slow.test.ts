import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build, edgeFolder } from '../../src/node/build/build.ts';
import { editionPath } from '../../src/publication/stored/stored.ts';
import { type Answer, ask } from '../http/targets.ts';
import { type Files, makeFolder } from '../node/temporary-folder.ts';
import { articles, site } from '../publication/articles.ts';
import { type Bound, fillStore, type RunningWorker, startWorker, storedObjects } from './workerd.ts';

const now = '2026-03-10T12:00:00Z';

/** Builds this many articles and returns the stored objects. */
async function objectsOf(count: number): Promise<Files> {
  const out = join(makeFolder(), 'out');
  await build({ ...site, items: 2 }, articles(count), out, now, now);
  return storedObjects(edgeFolder(out));
}

/** Starts a worker that ends with the block of its variable. */
async function start(bound: Bound): Promise<RunningWorker & AsyncDisposable> {
  const worker = await startWorker(makeFolder(), bound);
  return { ...worker, [Symbol.asyncDispose]: () => worker.close() };
}

/** Sends a request under a fixed host name, so that a restarted worker finds its cache despite another port. */
function get({ url }: RunningWorker, path: string, headers = {}): Promise<Answer> {
  return ask(url, path, { headers: { Host: 'daily.example', ...headers } });
}

/** With `isPage`, the edition is known, so that people get a page of the publication. */
function expectUnavailable({ status, headers, body }: Answer, isPage = false): void {
  expect({ status, headers }).toMatchObject({
    status: 503,
    headers: {
      'content-type': `text/${isPage ? 'html' : 'plain'}; charset=utf-8`,
      'retry-after': '60',
      'cache-control': 'no-store',
    },
  });
  expect(headers).not.toHaveProperty('etag');
  if (isPage) expect(body.toString()).toMatch(/<p class="name"><a href="[./]+">[\s\S]*<h1>Out of order<\/h1>/);
  else expect(body.toString()).toBe('The publication cannot be read right now. Try again in a minute.\n');
}

const everyKind = ['/rss.xml', '/archive/1/atom.xml', '/', '/articles/0001', '/feeds.opml', '/languages/en'];

/** Ways in which static assets fail: each answers the request for an object, or does not. */
const breaks: Readonly<Record<string, (content: Uint8Array) => Response | Promise<Response>>> = {
  'is missing': () => new Response('Not found', { status: 404 }),
  'is cut off': (content) => new Response(content.slice(0, -9)),
  'is another page': () => new Response('<!doctype html><title>Sorry</title>'),
  'is an empty list': () => new Response('[]'),
  'answers with an error': () => new Response('{}', { status: 500 }),
};

// Most of them wait for a time limit.
describe.concurrent('a worker whose store fails', () => {
  it.each(Object.keys(breaks))('answers 503, then recovers: an object %s', async (way) => {
    const objects = await objectsOf(5);
    let broken = true;
    await using worker = await start({
      assets: async (request) => {
        const path = new URL(request.url).pathname.slice(1);
        const content = objects[path] as Uint8Array<ArrayBuffer> | undefined;
        if (content === undefined) return new Response(null, { status: 404 });
        const broke = broken && path !== editionPath ? breaks[way]?.(content) : undefined;
        return broke ?? new Response(content);
      },
    });
    for (const path of everyKind) expectUnavailable(await get(worker, path), !/\.\w+$/.test(path));
    broken = false;
    for (const path of everyKind) expect((await get(worker, path)).status).toBe(200);
  });

  it.each(['/rss.xml', '/nothing', '/healthz'])('answers 503 at %s without an edition', async (path) => {
    await using worker = await start({ assets: async () => new Response(null, { status: 500 }) });
    expectUnavailable(await get(worker, path));
  });

  it('times out', async () => {
    await using worker = await start({ assets: () => new Promise(() => {}) });
    expectUnavailable(await get(worker, '/rss.xml'));
  }, 15_000);

  it('answers from memory while the store fails', async () => {
    const objects = await objectsOf(5);
    let broken = false;
    await using worker = await start({
      assets: async (request) => {
        const content = objects[new URL(request.url).pathname.slice(1)];
        return broken || content === undefined
          ? new Response(null, { status: 500 })
          : new Response(content as Uint8Array<ArrayBuffer>);
      },
    });
    const before = await get(worker, '/rss.xml');
    broken = true;
    expect(before.status).toBe(200);
    expect(await get(worker, '/rss.xml')).toEqual(before);
  });
});

describe.concurrent.each(['KV', 'R2'] as const)('a worker that reads %s', (store) => {
  it('shows a new edition without a deploy, and the last one while an object of the new one is missing', async ({
    expect,
  }) => {
    const [one, two, three] = [await objectsOf(5), await objectsOf(6), await objectsOf(7)];
    await using worker = await start({ store });
    expectUnavailable(await get(worker, '/rss.xml'));
    await fillStore(worker, store, one);
    const first = await get(worker, '/rss.xml');
    expect(first.status).toBe(200);
    await fillStore(worker, store, two);
    await expect
      .poll(async () => (await get(worker, '/rss.xml')).headers.etag, { timeout: 30_000, interval: 500 })
      .not.toBe(first.headers.etag);
    const second = await get(worker, '/rss.xml');
    expect(second.body.toString()).toContain('Title of 0006');
    // Only the pointer, so that the new objects can't be read.
    await fillStore(worker, store, { [editionPath]: three[editionPath] ?? '' });
    const isStale = async (): Promise<boolean> =>
      (await get(worker, '/rss.xml')).headers['cache-control'] === 'public, max-age=60';
    await expect.poll(isStale, { timeout: 30_000, interval: 500 }).toBe(true);
    const stale = await get(worker, '/rss.xml');
    expect({ ...stale, headers: { ...stale.headers, 'cache-control': '' } }).toEqual({
      ...second,
      headers: { ...second.headers, 'cache-control': '' },
    });
    const { etag = '' } = second.headers;
    expect(await get(worker, '/rss.xml', { 'If-None-Match': etag })).toMatchObject({ status: 304 });
    expectUnavailable(await get(worker, '/articles/0007'), true);
    await fillStore(worker, store, three);
    expect((await get(worker, '/rss.xml')).body.toString()).toContain('Title of 0007');
  }, 120_000);

  it('answers from the cache after a restart while its store fails', async () => {
    const state = makeFolder();
    await using worker = await start({ store, state });
    await fillStore(worker, store, await objectsOf(5));
    const before = await get(worker, '/rss.xml');
    expect(before.status).toBe(200);
    await worker.close();
    await using anew = await start({ store, state });
    // Nothing is readable any more, not even the pointer.
    const broken = Object.fromEntries(Object.keys(await objectsOf(5)).map((path) => [path, '']));
    await fillStore(anew, store, broken);
    expect(await get(anew, '/rss.xml')).toEqual(before);
    const navigation = await get(anew, '/rss.xml', { 'Sec-Fetch-Dest': 'document' });
    expect(navigation.headers).toMatchObject({
      'content-type': 'application/xml; charset=utf-8',
      'cache-control': expect.stringMatching(/^private, /),
    });
    expect((await get(anew, '/rss.xml')).headers).toEqual(before.headers);
    expectUnavailable(await get(anew, '/atom.xml'));
  });

  it('never serves a stored object', async () => {
    const objects = await objectsOf(3);
    await using worker = await start({ store });
    await fillStore(worker, store, objects);
    for (const path of [...Object.keys(objects), '_dateline/documents/rss.xml']) {
      await get(worker, '/rss.xml');
      expect((await get(worker, `/${path}`)).status).toBe(404);
    }
  });

  /** How each object, the pointer included, is damaged. */
  const damages: Readonly<Record<string, (content: Uint8Array) => Uint8Array | string>> = {
    'are cut off': (content) => content.slice(0, -9),
    'are empty': () => '',
    'are another page': () => '<!doctype html><title>Sorry</title>',
    'are those of another publication': () => '[]',
  };
  it.each(Object.keys(damages))('answers 503, then recovers: objects %s', async (way) => {
    const objects = await objectsOf(5);
    const damaged = Object.entries(objects).filter(([path]) => path !== editionPath);
    await using worker = await start({ store });
    const damage = ([path, content]: [string, string | Uint8Array]) =>
      [path, damages[way]?.(Buffer.from(content)) ?? ''] as const;
    await fillStore(worker, store, { ...objects, ...Object.fromEntries(damaged.map(damage)) });
    for (const path of everyKind) expectUnavailable(await get(worker, path), !/\.\w+$/.test(path));
    await fillStore(worker, store, objects);
    for (const path of everyKind) expect((await get(worker, path)).status).toBe(200);
  });

  it('lets no request wait for a store that hangs, if there is an older answer', async () => {
    const state = makeFolder();
    /** Half the time limit of a read. */
    const soon = async (worker: RunningWorker): Promise<Answer> => {
      const late = new Promise<never>((_, reject) => setTimeout(reject, 2500, new Error('waited for the store')));
      return Promise.race([get(worker, '/rss.xml'), late]);
    };
    await using worker = await start({ store, state, breaks: true });
    await fillStore(worker, store, await objectsOf(5));
    const before = await get(worker, '/rss.xml');
    await fillStore(worker, store, { break: 'all answers-late' });
    // Each of these requests is due to look for a newer edition.
    for (let i = 0; i < 2; i++) {
      await new Promise((resolve) => setTimeout(resolve, 11_000));
      expect(await soon(worker)).toEqual(before);
    }
    await worker.close();
    await using anew = await start({ store, state, breaks: true });
    expect(await soon(anew)).toEqual(before);
  }, 120_000);

  const failures = ['refuses', 'answers-late', ...(store === 'R2' ? ['stops-within'] : [])];
  it.each(failures.flatMap((way) => [`all ${way}`, `objects ${way}`]))(
    'answers 503 after a timeout, then from the cache: %s',
    async (way) => {
      await using worker = await start({ store, breaks: true });
      await fillStore(worker, store, { ...(await objectsOf(5)), break: way });
      expectUnavailable(await get(worker, '/rss.xml'));
      await fillStore(worker, store, { break: '' });
      const before = await get(worker, '/rss.xml');
      expect(before.status).toBe(200);
      await fillStore(worker, store, { break: way });
      expect(await get(worker, '/rss.xml')).toEqual(before);
      expectUnavailable(await get(worker, '/articles/0001'), true);
    },
    60_000,
  );
});
