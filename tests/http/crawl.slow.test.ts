import { join } from 'node:path';
import { expect, it } from 'vitest';
import { build, edgeFolder } from '../../src/node/build/build.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { serveFolder } from '../browser/courier.ts';
import { startWorker } from '../edge/workerd.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { address, crawl, full } from './crawl.ts';

it('somebody who follows every link finds the same in the worker as on Node, and no broken link', async () => {
  const { site, sources, files } = new SeedFolder(makeFolder(full), { url: 'http://localhost/' }).read();
  const out = join(makeFolder(), 'site');
  await build(site, sources, out, '2026-06-01T00:00:00Z', undefined, files);
  const [node, worker] = [await serveFolder(full), await startWorker(edgeFolder(out))];
  try {
    const texts = new Map<string, string>();
    const found = await crawl(worker.url, async (url) => {
      const response = await fetch(url, { redirect: 'manual' });
      texts.set(url.href.slice(worker.url.href.length), await response.clone().text());
      return response;
    });
    expect(found.faults).toEqual([]);
    expect(found.pages.length).toBeGreaterThan(40);
    for (const path of found.pages) {
      const same = await fetch(new URL(path, node.url));
      // Node's own test says that nothing else is linked.
      expect([path, same.status, await same.text()]).toEqual([path, 200, texts.get(path)]);
    }
    expect(texts.get('')).toContain(`<link rel="canonical" href="${address}">`);
  } finally {
    await node.close();
    await worker.close();
  }
}, 120_000);
