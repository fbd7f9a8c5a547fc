import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeDocument } from '../../../src/feed/document.ts';
import { createApp } from '../../../src/http/app.ts';
import { DeltaCache, deltaEntryLimit } from '../../../src/http/cache/delta-cache.ts';
import { publish } from '../../../src/publication/memory.ts';
import { articles, site } from '../../publication/articles.ts';

const now = '2026-03-10T12:00:00Z';
const document = await makeDocument('whole', 'text/plain', { articles: [] });
const part = await makeDocument('part', 'text/plain', { articles: [] });

describe('the deltas of a feed', () => {
  const edition = publish({ ...site, items: 50 }, articles(50), now);
  const app = createApp({ edition: () => edition }, { now: () => Date.parse(now) });
  const ask = async (held: string) => {
    const headers = { 'A-IM': 'feed', 'If-None-Match': held, 'User-Agent': 'NewsBlur' };
    const response = await app.request('/atom.xml', { headers });
    return { status: response.status, entries: (await response.text()).match(/<entry/g)?.length ?? 0 };
  };

  it('are bounded, however many bases clients state, and beyond the bound everybody gets the whole feed', async () => {
    const tag = (await app.request('/atom.xml')).headers.get('ETag') ?? '';
    const prints = /\.([\w-]+)"$/.exec(tag)?.[1]?.match(/.{4}/g) ?? [];
    expect(prints).toHaveLength(50);
    /** The tag of a reader that lacks these entries. */
    const tagWithout = (lacks: readonly boolean[]): string =>
      `W/"${'A'.repeat(16)}.${prints.map((print, i) => (lacks[i] ? '____' : print)).join('')}"`;
    const newest = tagWithout([true, true]);
    expect(await ask(newest)).toEqual({ status: 226, entries: 2 });
    const deltas = new Map<string, number>();
    const lacks = fc.array(fc.boolean(), { minLength: 49, maxLength: 49 });
    await fc.assert(
      fc.asyncProperty(lacks, async (lacks) => {
        const { status, entries } = await ask(tagWithout(lacks));
        if (status === 226) deltas.set(lacks.join(), entries);
        else expect({ status, entries }).toEqual({ status: 200, entries: 50 });
      }),
      { numRuns: 300 },
    );
    expect(deltas.size).toBeGreaterThan(0);
    expect([...deltas.values()].reduce((sum, entries) => sum + entries)).toBeLessThanOrEqual(deltaEntryLimit);
    // Those that were made stay.
    expect(await ask(newest)).toEqual({ status: 226, entries: 2 });
  });
});

describe('the cache of deltas', () => {
  it('renders each once', async () => {
    const cache = new DeltaCache();
    let renders = 0;
    const render = async () => {
      renders++;
      return part;
    };
    for (let i = 0; i < 3; i++) expect(await cache.get(document, [0, 1], render)).toBe(part);
    expect(renders).toBe(1);
    expect(await cache.get(document, [1], render)).toBe(part);
    expect(renders).toBe(2);
  });

  it('gives the whole document to whoever asks while one is rendered', async () => {
    const cache = new DeltaCache();
    const first = cache.get(document, [0], async () => part);
    const second = cache.get(document, [0], async () => expect.unreachable());
    expect(await Promise.all([first, second])).toEqual([part, undefined]);
  });

  it('counts none that failed', async () => {
    const cache = new DeltaCache();
    const fail = async () => {
      throw new Error('unavailable');
    };
    for (let i = 0; i < deltaEntryLimit; i++)
      await expect(cache.get(document, [0, i], fail)).rejects.toThrow('unavailable');
    expect(await cache.get(document, [0, 1], async () => part)).toBe(part);
  });

  it('has room for each document', async () => {
    const cache = new DeltaCache();
    const all = Array.from({ length: deltaEntryLimit - 1 }, (_, i) => i);
    const other = { ...document };
    for (const whole of [document, other]) expect(await cache.get(whole, all, async () => part)).toBe(part);
    expect(await cache.get(document, [0], async () => part)).toBeUndefined();
  });
});
