import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build, edgeFolder } from '../../../src/node/build/build.ts';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { startWorker } from '../../edge/workerd.ts';
import { article, articles, site } from '../../publication/articles.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

const now = '2026-03-10T12:00:00Z';

type Expected = readonly (readonly [path: string, status: number])[];

/** Requires of a worker these statuses. */
async function expectStatuses(out: string, expected: Expected): Promise<void> {
  const worker = await startWorker(edgeFolder(out));
  try {
    for (const [path, status] of expected)
      expect({ path, status: (await fetch(new URL(path, worker.url))).status }).toEqual({ path, status });
  } finally {
    await worker.close();
  }
}

describe('a worker', () => {
  it('answers 410 for what an earlier build published, and 404 for what was never due', async () => {
    const out = join(makeFolder(), 'out');
    const old = (slug: string) => ({ slug, permalink: `${site.url}old/${slug}/` });
    const tagged = article({ ...old('tagged'), tags: ['Rare'] });
    const ahead = article({ ...old('ahead'), tags: ['Ahead'], published: '2099-01-01T00:00:00Z' });
    await build(site, [...articles(2), tagged, ahead], out, now);
    for (const count of [2, 1]) await build(site, articles(count), out, now);
    await expectStatuses(out, [
      ['articles/0001', 200],
      ['articles/0002', 410],
      ['articles/tagged', 410],
      ['articles/ahead', 404],
      ['tags/rare', 410],
      // A reader that gets 410 ends its subscription for good, and the tag may return.
      ['tags/rare/rss.xml', 404],
      ['tags/rare/archive/1/rss.xml', 404],
      ['tags/ahead', 404],
      ['old/tagged/', 410],
      ['old/tagged', 410],
      ['old/ahead/', 404],
    ]);
  });

  it('answers 410 for an article that has expired', async () => {
    const dir = makeFolder({
      'offer.md':
        '---\ntitle: Offer\ndate: 2026-03-01\nexpires: 2026-03-09\ntags: [Offers]\nurl: https://daily.example/old/offer/\n---\n\nCheap.\n',
      'other.md': seed('Other', '2026-03-02'),
    });
    const out = join(makeFolder(), 'out');
    for (const moment of ['2026-03-08T00:00:00Z', '2026-03-09T00:00:00Z']) {
      const { site, sources, files } = new SeedFolder(dir, { url: 'https://daily.example/' }).read();
      await build(site, sources, out, moment, undefined, files);
    }
    await expectStatuses(out, [
      ['articles/offer', 410],
      ['old/offer/', 410],
      ['tags/offers/rss.xml', 404],
      ['articles/other', 200],
    ]);
  });
});
