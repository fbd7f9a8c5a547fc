import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Publication } from '../../src/publication/publication.ts';
import { editionPath } from '../../src/publication/stored/stored.ts';
import { ObjectCache } from '../../src/store/object-cache.ts';
import type { ReadStore } from '../../src/store/store.ts';
import { storedPublication } from '../../src/store/stored-publication.ts';
import { article, articles, site } from '../publication/articles.ts';
import { storeArticles, storedInMemory } from './stored.ts';

const noon = Date.UTC(2026, 2, 10, 12);
const now = '2026-03-10T12:00:00Z';
const moment = '2026-03-10T12:10:00Z';
const facts = { ...site, items: 5, ttl: 60 };
const sources = [
  ...articles(10),
  article({
    slug: 'offer',
    title: 'Offer',
    permalink: `${site.url}2026/offer/`,
    published: '2026-03-09T12:00:00Z',
    expires: moment,
    tags: ['Offers'],
    authors: [{ name: 'Ada' }],
  }),
  article({
    slug: 'over',
    title: 'Over',
    published: '2026-03-01T12:00:00Z',
    expires: '2026-03-02T12:00:00Z',
    tags: ['Past'],
  }),
];

const publications: Readonly<Record<string, () => Promise<Publication>>> = {
  'in memory': async () => {
    const edition = publish(facts, sources, now);
    return { edition: () => edition };
  },
  'in stored pages': () => storedInMemory(facts, sources, now),
  'in stored pages of an edition from before it was due': () => storedInMemory(facts, sources, '2026-03-01T00:00:00Z'),
};

const shown = [
  '/rss.xml',
  '/atom.xml',
  '/feed.json',
  '/',
  '/archive/3/rss.xml',
  '/archive/3/sitemap.xml',
  '/languages/en/rss.xml',
  '/feeds.opml',
  '/subscribe',
];
const only = ['/articles/offer', '/tags/offers', '/tags/offers/atom.xml', '/authors/ada/feed.json'];

async function open(publication: Promise<Publication>) {
  let clock = noon;
  const app = createApp(await publication, { now: () => clock });
  return {
    turn: (seconds: number) => {
      clock = noon + seconds * 1000;
    },
    get: async (path: string, headers: Readonly<Record<string, string>> = {}) => {
      const response = await app.request(path, { headers });
      const field = (name: string): string => response.headers.get(name) ?? '';
      return {
        status: response.status,
        text: await response.text(),
        etag: field('ETag'),
        modified: field('Last-Modified'),
        cache: field('Cache-Control'),
        location: field('Location'),
      };
    },
  };
}

describe.each(Object.entries(publications))('an article that expires %s', (_, publication) => {
  it.each(shown)('is in %s until its moment', async (path) => {
    const { get, turn } = await open(publication());
    const before = await get(path);
    expect(before.text).toMatch(/offer/i);
    expect(before.cache).toBe('public, max-age=600');
    turn(599);
    expect(await get(path)).toEqual({ ...before, cache: 'public, max-age=1' });
    turn(600);
    const after = await get(path);
    expect(after).toMatchObject({ status: 200, cache: 'public, max-age=3600' });
    expect(after.text).not.toMatch(/offer/i);
    expect(after.etag).not.toBe(before.etag);
    expect(after.modified).toBe('Tue, 10 Mar 2026 12:10:00 GMT');
    expect(await get(path, { 'If-Modified-Since': before.modified })).toMatchObject({ status: 200 });
    expect(await get(path, { 'If-None-Match': before.etag })).toMatchObject({ status: 200 });
    turn(5000);
    expect(await get(path)).toEqual(after);
  });

  it.each(shown)('moves the date of %s in a new process, too', async (path) => {
    const { modified } = await (await open(publication())).get(path);
    const { get, turn } = await open(publication());
    turn(660);
    expect(await get(path, { 'If-Modified-Since': modified })).toMatchObject({
      status: 200,
      modified: 'Tue, 10 Mar 2026 12:10:00 GMT',
    });
  });

  it.each(only)('takes %s with it', async (path) => {
    const { get, turn } = await open(publication());
    expect(await get(path)).toMatchObject({ status: 200, cache: 'public, max-age=600' });
    turn(600);
    const after = await get(path);
    // Some readers stop for good at a 410, and the slice may have articles again.
    const isFeed = /\.(?:xml|json)$/.test(path);
    expect(after).toMatchObject(
      isFeed ? { status: 404, cache: 'public, max-age=60' } : { status: 410, cache: 'public, max-age=3600' },
    );
    expect(after.text).not.toMatch(/lede/i);
  });

  it('answers at its old address as long as at its own', async () => {
    const { get, turn } = await open(publication());
    const before = { status: 301, location: `${site.url}articles/offer`, cache: 'public, max-age=600' };
    expect(await get('/2026/offer/')).toMatchObject(before);
    turn(600);
    expect(await get('/2026/offer/')).toMatchObject({ status: 410, cache: 'public, max-age=3600' });
  });

  it.each([
    ['/articles/over', 410, 600],
    ['/tags/past', 410, 600],
    ['/tags/past/rss.xml', 404, 60],
  ])('answers at %s with %d if it expired before', async (path, status, seconds) => {
    const { get } = await open(publication());
    expect(await get(path)).toMatchObject({ status, cache: `public, max-age=${seconds}` });
    for (const path of ['/rss.xml', '/', '/feeds.opml']) expect((await get(path)).text).not.toMatch(/over|past/i);
  });

  it('stays 404 where nothing ever was', async () => {
    const { get, turn } = await open(publication());
    for (const seconds of [0, 600]) {
      turn(seconds);
      for (const path of ['/articles/none', '/tags/none', '/2026/none', '/archive/9/rss.xml'])
        expect((await get(path)).status).toBe(404);
    }
  });

  it('leaves a current page with as many articles as before, and archive pages where they are', async () => {
    const { get, turn } = await open(publication());
    const ids = async (path: string): Promise<string[]> =>
      JSON.parse((await get(path)).text).items.map(({ url }: { url: string }) => url.split('/').at(-1));
    expect(await ids('/feed.json')).toHaveLength(5);
    const archive = await get('/archive/1/feed.json');
    turn(600);
    expect(await ids('/feed.json')).toEqual(['0010', '0009', '0008', '0007', '0006']);
    expect(await ids('/archive/2/feed.json')).toEqual(['0010', '0009', '0008', '0007', '0006']);
    expect(await get('/archive/1/feed.json')).toEqual({ ...archive, cache: 'public, max-age=3600' });
  });
});

it('writes the same bytes and dates in memory and from stored pages, before and after', async () => {
  const opened = await Promise.all(Object.values(publications).map((publication) => open(publication())));
  for (const seconds of [0, 599, 600, 5000])
    for (const path of [...shown, ...only, '/sitemap.xml', '/2026/offer/', '/articles/over']) {
      const [first, ...others] = await Promise.all(
        opened.map(({ get, turn }) => {
          turn(seconds);
          return get(path);
        }),
      );
      for (const other of others) expect(other).toEqual(first);
    }
});

it('is in no stale document, while other stale ones help out if the store fails', async () => {
  const files = await storeArticles(facts, sources, now);
  let works = true;
  const store: ReadStore = {
    get: async (path) => {
      if (!works && path !== editionPath) throw new Error('no network');
      return files.get(path);
    },
  };
  const { get, turn } = await open(Promise.resolve(storedPublication(store, { cache: new ObjectCache(0) })));
  const before = await get('/feeds.opml');
  for (const path of [...shown, ...only]) await get(path);
  works = false;
  turn(599);
  expect(await get('/rss.xml')).toMatchObject({ status: 200 });
  turn(600);
  for (const path of ['/rss.xml', '/', '/articles/offer', '/tags/offers/atom.xml'])
    expect(await get(path)).toMatchObject({ status: 503, cache: 'no-store' });
  expect(await get('/feeds.opml')).toMatchObject({ status: 200, text: before.text });
});
