import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../src/node/build/build.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { serveFolder } from '../browser/courier.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { serveStatic } from '../static/static-server.ts';
import { type Crawl, crawl, full } from './crawl.ts';

interface Host {
  readonly url: URL;
  close(): Promise<void>;
}

const hosts: readonly (readonly [string, () => Promise<Host>])[] = [
  ['a Node server', () => serveFolder(full)],
  ['a static host', async () => serveStatic(await built())],
];

/** Builds the publication and returns the folder for a static host. */
async function built(): Promise<string> {
  const { site, sources, files } = new SeedFolder(makeFolder(full), { url: 'http://localhost/' }).read();
  const out = join(makeFolder(), 'site');
  await build(site, sources, out, '2026-06-01T00:00:00Z', undefined, files);
  return out;
}

describe('somebody who follows every link', () => {
  const found: Crawl[] = [];
  const running: Host[] = [];
  beforeAll(async () => {
    for (const [, start] of hosts) {
      const host = await start();
      running.push(host);
      found.push(await crawl(host.url, (url) => fetch(url, { redirect: 'manual' })));
    }
  }, 60_000);
  afterAll(() => Promise.all(running.map((host) => host.close())));

  it.each(hosts.map(([name], i) => [name, i] as const))(
    'finds no broken link on %s, and none to its own page',
    (_, i) => {
      expect(found[i]?.faults).toEqual([]);
    },
  );

  it('finds the same pages on both', () => {
    const [node, other] = found;
    expect(other?.pages).toEqual(node?.pages);
    expect(other?.files).toEqual(node?.files);
    expect(node?.pages.length).toBeGreaterThan(40);
    for (const page of [
      'archive',
      'corrections',
      'search',
      'subscribe',
      'podcast/episodes',
      'feeds/briefly',
      'languages/de',
    ])
      expect(node?.pages).toContain(page);
  });
});
