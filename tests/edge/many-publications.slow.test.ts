import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BoundStore, boundStore } from '../../src/node/store/local-store.ts';
import { prefixedStore } from '../../src/node/store/prefixed-store.ts';
import { publishFolder } from '../http/targets.ts';
import { makeFolder, seed } from '../node/temporary-folder.ts';
import { type RunningWorker, startWorker } from './workerd.ts';

/** Two publications whose articles have the same address and other texts. */
const hosts = ['daily.example', 'weekly.example'];

/** The answer to a host under which nothing is published, as on Node. */
const unknown = { status: 421, text: 'No publication has this address.\n' };

describe.each(['KV', 'R2'] as const)('a worker with a store in %s for several publications', (kind) => {
  let worker: RunningWorker;
  beforeAll(async () => {
    worker = await startWorker(makeFolder({ 'empty.txt': '' }), { store: kind, prefix: '{host}/' });
    const bindings = await worker.runtime.getBindings<Record<'KV' | 'R2', BoundStore>>(worker.keeper);
    const store = boundStore('the store', bindings[kind], async () => {});
    for (const host of hosts) {
      const dir = makeFolder({ 'a.md': seed(`A of ${host}`), 'publication.yaml': `url: https://${host}/\n` });
      await publishFolder(dir, prefixedStore(store, `${host}/`));
    }
  }, 120_000);
  afterAll(() => worker?.close());

  const ask = async (host: string, path: string) => {
    const response = await worker.runtime.dispatchFetch(`https://${host}${path}`);
    return { status: response.status, text: await response.text() };
  };

  it('answers each host with its own', async () => {
    // Twice: the second answers come from memory.
    for (const host of [...hosts, ...hosts]) {
      const feed = await ask(host, '/rss.xml');
      expect(feed).toMatchObject({ status: 200, text: expect.stringContaining(`>A of ${host}<`) });
      for (const other of hosts) expect(feed.text.includes(other)).toBe(other === host);
      expect((await ask(host, '/articles/a')).text).toContain(`A of ${host}`);
    }
  });

  it('has nothing for another host, nor stored objects by their key', async () => {
    // Twice, since the second request meets what the first one left in memory.
    for (let i = 0; i < 2; i++) expect(await ask('other.example', '/rss.xml')).toEqual(unknown);
    expect((await ask('other.example', '/healthz')).status).toBe(200);
    for (const host of hosts) expect((await ask(host, '/rss.xml')).status).toBe(200);
    expect((await ask('daily.example', '/weekly.example/_dateline/edition-6.json')).status).toBe(404);
  });
});
