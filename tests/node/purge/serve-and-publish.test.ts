import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningServer, serve } from '../../../src/node/serve/serve.ts';
import { dateline } from '../command.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';
import { type Cache, startCache } from './cache.ts';

const soon = { timeout: 30_000, interval: 10 };

let cache: Cache;
let dir: string;
let running: RunningServer | undefined;
beforeEach(async () => {
  cache = await startCache();
  dir = makeFolder({
    'a.md': seed('A'),
    'publication.yaml': `url: https://daily.example/\npurge: ${cache.url}/\n`,
  });
});
afterEach(() => running?.close());

const purged = (): unknown[] => cache.asked.map(({ body }) => (body as { tags: unknown }).tags);

describe('a server behind a cache', () => {
  it('purges everything at its start, then what a change of the folder made outdated', async () => {
    const warnings: string[] = [];
    running = await serve(dir, {
      port: 0,
      host: '127.0.0.1',
      watch: true,
      onRead: () => {},
      onError: (error) => warnings.push(String(error)),
      onPurgeWarning: (line) => warnings.push(line),
    });
    await expect.poll(purged, soon).toEqual([['daily.example']]);
    writeFiles(dir, { 'b.md': seed('B', '2026-03-01') });
    await expect.poll(purged, soon).toHaveLength(2);
    expect([...(purged()[1] as string[])].sort()).toEqual([
      // Its link to the next article.
      'daily.example/articles/a',
      'daily.example/articles/b',
      'daily.example/current',
      'daily.example/edition',
      'daily.example/languages/en',
    ]);
    expect(await (await fetch(`${running.url}rss.xml`)).text()).toContain('>B<');
    // Nothing that readers see changed.
    writeFiles(dir, { 'b.md': seed('B', '2026-03-01') });
    // What the cache refused is asked again with the next change.
    cache.statuses.push(403);
    writeFiles(dir, { 'a.md': seed('A', '2026-03-02', 'It happened again.') });
    await expect
      .poll(() => warnings, soon)
      .toEqual([`the cache keeps outdated answers: ${new URL(cache.url).host} answered 403: no`]);
    writeFiles(dir, { 'c.md': seed('C', '2026-03-03') });
    await expect.poll(purged, soon).toHaveLength(4);
    expect(purged()[3]).toEqual(expect.arrayContaining(['daily.example/articles/a', 'daily.example/articles/c']));
  }, 60_000);
});

describe('dateline publish to a site behind a cache', () => {
  it('publishes nothing if the cache cannot be told', async () => {
    writeFiles(dir, { 'publication.yaml': 'url: https://daily.example/\npurge: fastly:service1\n' });
    const [out, store] = [join(makeFolder(), 'site'), join(makeFolder(), 'store')];
    const { code, stderr } = await dateline(['publish', dir, '--store', store, '--out', out]);
    expect({ code, isPublished: existsSync(store) }).toEqual({ code: 1, isPublished: false });
    expect(stderr).toContain(
      'dateline: PURGE_TOKEN is not set in the environment; "purge: fastly:service1" needs it\n',
    );
  }, 60_000);
});
