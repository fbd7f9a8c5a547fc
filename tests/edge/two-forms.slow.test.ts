import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rollBack } from '../../src/node/publish/roll-back.ts';
import { type BoundStore, boundStore } from '../../src/node/store/local-store.ts';
import type { WriteStore } from '../../src/store/store.ts';
import storedForm4 from '../fixtures/stored-form-4.json' with { type: 'json' };
import { publishFolder } from '../http/targets.ts';
import { makeFolder, manySeeds, seed, writeFiles } from '../node/temporary-folder.ts';
import { bundleWorker, config } from './workerd.ts';

/** The bundle of the last version whose stored form is 4. */
const earlierBundle = gunzipSync(readFileSync(new URL('../fixtures/worker-form-4.js.gz', import.meta.url))).toString();

/** A deployed version of the worker. */
type Version = 'earlier' | 'new';

/** Every status that a version has answered, and the last body. */
interface Heard {
  readonly statuses: Set<number>;
  body: string;
}

describe.each(['KV', 'R2'] as const)(
  'two versions of the worker over one store in %s',
  { timeout: 120_000 },
  (kind) => {
    let runtime: Miniflare;
    let store: WriteStore;
    const dir = makeFolder({ ...manySeeds(12), 'publication.yaml': 'url: https://daily.example/\nitems: 3\n' });
    beforeAll(async () => {
      const shared = {
        modules: true,
        compatibilityDate: config.compatibility_date,
        ...(kind === 'KV' ? { kvNamespaces: { KV: 'store' } } : { r2Buckets: { R2: 'store' } }),
        serviceBindings: { ASSETS: (async () => new Response(null, { status: 404 })) as never },
      };
      const script = readFileSync(join(await bundleWorker(), 'worker.js'), 'utf8');
      const workers = [
        { name: 'new', script, ...shared },
        { name: 'earlier', script: earlierBundle, ...shared },
      ];
      runtime = new Miniflare(convertV4MiniflareOptions({ cf: false, workers }));
      const bindings = await runtime.getBindings<Record<'KV' | 'R2', BoundStore>>('new');
      store = boundStore('the store', bindings[kind], async () => {});
      await store.put(Object.keys(storedForm4), async (key) => new TextEncoder().encode(stored(key)));
    });
    afterAll(() => runtime?.dispose());

    const ask = async (version: Version, path: string): Promise<{ status: number; body: string }> => {
      const worker = (await runtime.getWorker(version)) as unknown as { fetch(url: string): Promise<Response> };
      const answer = await worker.fetch(`https://daily.example${path}`);
      return { status: answer.status, body: await answer.text() };
    };

    /** Asks versions for everything again and again while something is done. */
    async function during(versions: readonly Version[], work: () => Promise<unknown>): Promise<Record<Version, Heard>> {
      const heard: Record<Version, Heard> = {
        earlier: { statuses: new Set(), body: '' },
        new: { statuses: new Set(), body: '' },
      };
      let isDone = false;
      const working = work().finally(() => {
        isDone = true;
      });
      do {
        for (const version of versions)
          for (const path of ['/atom.xml', '/rss.xml', '/', '/languages/en', '/feeds.opml', '/healthz']) {
            const { status, body } = await ask(version, path);
            heard[version].statuses.add(status);
            if (path === '/rss.xml') heard[version].body = body;
          }
      } while (!isDone);
      await working;
      return heard;
    }

    it('the earlier one answers while the first edition of the new form is published', async () => {
      const before = await ask('earlier', '/rss.xml');
      expect(before).toMatchObject({ status: 200, body: expect.stringContaining('<item>') });
      const { earlier } = await during(['earlier'], () => publishFolder(dir, store));
      expect([...earlier.statuses]).toEqual([200]);
      expect(earlier.body).toBe(before.body);
    });

    it('both answer while the new one is deployed and further editions are published', async () => {
      expect((await ask('new', '/rss.xml')).body).toContain('Article 12 ');
      const { earlier, new: newer } = await during(['earlier', 'new'], async () => {
        writeFiles(dir, { 'new.md': seed('Brand new', '2025-06-01') });
        await publishFolder(dir, store);
        // Both workers look for a newer edition every ten seconds.
        await expect
          .poll(async () => (await ask('new', '/rss.xml')).body, { timeout: 60_000, interval: 500 })
          .toContain('Brand new');
        await rollBack(store, Date.now());
      });
      expect([[...earlier.statuses], [...newer.statuses]]).toEqual([[200], [200]]);
      expect(earlier.body).not.toContain('Brand new');
    });
  },
);

function stored(key: string): string {
  return (storedForm4 as Readonly<Record<string, string>>)[key] ?? '';
}
