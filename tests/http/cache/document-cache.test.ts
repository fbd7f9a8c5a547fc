import { describe, expect, it } from 'vitest';
import { makeDocument, type RenderedDocument } from '../../../src/feed/document.ts';
import { DocumentCache } from '../../../src/http/cache/document-cache.ts';
import { publish } from '../../../src/publication/memory.ts';
import { article, site } from '../../publication/articles.ts';

const now = '2026-03-10T12:00:00Z';
const edition = publish(site, [], now);

/** A cache that counts how often each key was rendered. */
function counted(bytes: number) {
  const cache = new DocumentCache();
  const renders = new Map<string, number>();
  const get = (key: string, of = edition, at = now, text = ' '): Promise<RenderedDocument | undefined> =>
    cache.get(of, key, at, () => {
      renders.set(key, (renders.get(key) ?? 0) + 1);
      return makeDocument(text.repeat(bytes), 'text/plain', { articles: [] });
    });
  return { cache, renders, get };
}

describe('the document cache', () => {
  it('renders a document once per edition, even for parallel requests', async () => {
    const { get, renders } = counted(1);
    const all = await Promise.all(Array.from({ length: 100 }, () => get('/')));
    expect(renders.get('/')).toBe(1);
    expect(new Set(all).size).toBe(1);
    await get('/', publish(site, [], now));
    expect(renders.get('/')).toBe(2);
  });

  it('keeps a document in the next edition if its page is the same', async () => {
    const { cache } = counted(1);
    let rendered = 0;
    const get = (of: typeof edition, page: string, at = now) =>
      cache.get(
        of,
        '/',
        at,
        async () => {
          rendered += 1;
          return {
            ...(await makeDocument(page, 'text/plain', { articles: [] })),
            until: '2026-03-10T13:00:00Z',
          };
        },
        async () => page,
      );
    const first = await get(edition, 'one');
    const next = publish(site, [], now);
    expect(await get(next, 'one')).toBe(first);
    expect(cache.peek(next, '/', Date.parse(now))).toBe(first);
    expect(rendered).toBe(1);
    await get(publish(site, [], now), 'two');
    expect(rendered).toBe(2);
    // It has expired.
    await get(publish(site, [], now), 'two', '2026-03-10T13:00:00Z');
    expect(rendered).toBe(3);
  });

  it('returns the right document to two editions at the same time', async () => {
    const { cache } = counted(1);
    const next = publish(site, [article()], now);
    const document = (text: string) => makeDocument(text, 'text/plain', { articles: [] });
    const [old, fresh] = await Promise.all([
      cache.get(edition, '/', now, () => document('old')),
      cache.get(next, '/', now, () => document('fresh')),
    ]);
    expect([old, fresh].map((one) => new TextDecoder().decode(one?.bytes))).toEqual(['old', 'fresh']);
    const again = await cache.get(next, '/', now, () => document('fresh'));
    expect(new TextDecoder().decode(again?.bytes)).toBe('fresh');
  });

  it('keeps the most recently used documents within its limit', async () => {
    const mebibyte = 1024 * 1024;
    const { get, renders } = counted(mebibyte);
    await get('/asked');
    for (let i = 0; i < 100; i++) {
      await get(`/${i}`);
      await get('/asked');
    }
    expect(renders.get('/asked')).toBe(1);
    await get('/99');
    expect(renders.get('/99')).toBe(1);
    await get('/0');
    expect(renders.get('/0')).toBe(2);
  });

  it('serves a document that is larger than its limit', async () => {
    const { get } = counted(65 * 1024 * 1024);
    expect((await get('/'))?.bytes).toHaveLength(65 * 1024 * 1024);
  });

  it('counts a document once, however often it is rendered', async () => {
    const { get, renders } = counted(256 * 1024);
    for (let i = 0; i < 100; i++) await get('/one', publish(site, [], now));
    const last = publish(site, [], now);
    for (let i = 0; i < 50; i++) await get(`/${i}`, last);
    for (let i = 0; i < 50; i++) await get(`/${i}`, last);
    expect(Math.max(...Array.from({ length: 50 }, (_, i) => renders.get(`/${i}`) ?? 0))).toBe(1);
  });

  it('remembers a bounded number of dates', async () => {
    const { get } = counted(1);
    const edit = (text: string) => get('/first', publish(site, [], now), now, text);
    const original = (await edit('a'))?.modified;
    expect((await edit('b'))?.modified).toBe(now);
    expect((await edit('b'))?.modified).toBe(now);
    for (let i = 0; i < 10_000; i++) await get(`/${i}`);
    expect((await edit('b'))?.modified).toBe(original);
  });

  it('stores nothing for addresses without a document', async () => {
    const cache = new DocumentCache();
    let asked = 0;
    for (let i = 0; i < 3; i++) {
      const found = await cache.get(edition, '/nope', now, async () => {
        asked++;
        return undefined;
      });
      expect(found).toBeUndefined();
    }
    expect(asked).toBe(3);
  });

  it('drops a document that no longer exists', async () => {
    const cache = new DocumentCache();
    const document = () => makeDocument('text', 'text/plain', { articles: [] });
    await cache.get(edition, '/', now, document);
    const next = publish(site, [], now);
    expect(await cache.get(next, '/', now, async () => undefined)).toBeUndefined();
  });
});
