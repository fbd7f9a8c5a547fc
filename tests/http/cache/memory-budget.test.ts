import { describe, expect, it } from 'vitest';
import { DocumentCache } from '../../../src/http/cache/document-cache.ts';
import { MemoryBudget } from '../../../src/http/cache/memory-budget.ts';
import { publish } from '../../../src/publication/memory.ts';
import { site } from '../../publication/articles.ts';

const now = '2026-03-10T12:00:00Z';
const document = (bytes: number) => ({
  bytes: new Uint8Array(bytes),
  etag: '"a"',
  contentType: 'text/plain',
  modified: now,
});

describe('a budget of memory', () => {
  it('is shared: the cache that stored something longest ago gives up its documents first', async () => {
    const edition = publish(site, [], now);
    const budget = new MemoryBudget(1000);
    const [a, b] = [new DocumentCache(budget), new DocumentCache(budget)];
    const put = (cache: DocumentCache, key: string, bytes: number) =>
      cache.get(edition, key, now, async () => document(bytes - key.length));
    const kept = () =>
      [a, b].map((cache) =>
        ['/1', '/2', '/3'].filter((key) => cache.peek(edition, key, Date.parse(now)) !== undefined),
      );
    await put(a, '/1', 400);
    await put(a, '/2', 400);
    await put(b, '/1', 150);
    expect(kept()).toEqual([['/1', '/2'], ['/1']]);
    await put(b, '/2', 300);
    expect(kept()).toEqual([['/2'], ['/1', '/2']]);
    // The document just stored stays, even if it is too large.
    await put(a, '/3', 2000);
    expect(kept()).toEqual([['/3'], []]);
    await put(b, '/1', 100);
    expect(kept()).toEqual([[], ['/1']]);
  });
});
