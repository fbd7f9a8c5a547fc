import { describe, expect, it } from 'vitest';
import { createApp } from '../../../src/http/app.ts';
import { publish } from '../../../src/publication/memory.ts';
import type { CacheInFront, Site } from '../../../src/publication/site/site.ts';
import { article, articles, site as plainSite } from '../../publication/articles.ts';

const now = '2026-03-10T12:00:00Z';
const names = ['Cloudflare-CDN-Cache-Control', 'CDN-Cache-Control', 'Surrogate-Control', 'Cache-Tag', 'Surrogate-Key'];

function ask(kind: CacheInFront['kind'] | undefined, sources = articles(60), url = plainSite.url) {
  const purge = kind === undefined ? {} : { purge: { kind, id: 'id' } };
  const site: Site = { ...plainSite, ...purge, url };
  const app = createApp({ edition: () => publish(site, sources, now) }, { now: () => Date.parse(now) });
  return async (path: string, headers: Readonly<Record<string, string>> = {}) => {
    const response = await app.request(path, { headers });
    const told = names.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    const etag = response.headers.get('ETag') ?? '';
    return { status: response.status, told: Object.fromEntries(told), etag };
  };
}

const fresh = 'max-age=3600, stale-while-revalidate=60, stale-if-error=86400';

describe('the header fields for a cache in front', () => {
  it('are absent without one', async () => {
    const get = ask(undefined);
    for (const path of ['/rss.xml', '/', '/unknown']) expect((await get(path)).told).toEqual({});
  });

  it.each([
    ['cloudflare', { 'Cloudflare-CDN-Cache-Control': fresh, 'Cache-Tag': 'daily.example,daily.example/current' }],
    ['fastly', { 'Surrogate-Control': fresh, 'Surrogate-Key': 'daily.example daily.example/current' }],
    ['other', { 'CDN-Cache-Control': fresh, 'Surrogate-Key': 'daily.example daily.example/current' }],
  ] as const)('are those of %s, on 304 as well', async (kind, told) => {
    const get = ask(kind);
    const { status, etag, ...answer } = await get('/rss.xml');
    expect({ status, told: answer.told }).toEqual({ status: 200, told });
    expect(await get('/rss.xml', { 'If-None-Match': etag })).toMatchObject({ status: 304, told });
  });

  it.each([
    ['/', 'daily.example daily.example/current'],
    ['/feed', 'daily.example daily.example/current'],
    ['/archive/1/atom.xml', 'daily.example daily.example/archive/1'],
    // Not full yet, so it shows the current page.
    ['/archive/2/atom.xml', 'daily.example daily.example/archive/2 daily.example/current'],
    ['/archive/1/sitemap.xml', 'daily.example daily.example/edition'],
    ['/tags/caf%c3%a9/feed.json', 'daily.example daily.example/tags/caf%C3%A9'],
    ['/articles/0001', 'daily.example daily.example/articles/0001'],
    ['/feeds.opml', 'daily.example daily.example/edition'],
    ['/unknown', 'daily.example daily.example/edition'],
    ['/articles/none', 'daily.example daily.example/edition'],
  ])('name what %s shows', async (path, tags) => {
    const tagged = article({ slug: 'x', published: '2026-03-09T08:00:00Z', tags: ['Café'] });
    expect((await ask('other', [...articles(60), tagged])(path)).told).toMatchObject({ 'Surrogate-Key': tags });
  });

  it('name the path of a site below one', async () => {
    const { told } = await ask('other', articles(2), 'https://daily.example:8080/news/')('/news/articles/0001');
    expect(told).toMatchObject({
      'Surrogate-Key': 'daily.example:8080/news daily.example:8080/news/articles/0001',
    });
  });

  it('allow no outdated answer after an article has expired', async () => {
    const expiring = article({ slug: 'x', expires: '2026-03-10T12:01:00Z' });
    expect((await ask('other', [expiring])('/articles/x')).told).toMatchObject({
      'CDN-Cache-Control': 'max-age=60, stale-while-revalidate=0, stale-if-error=0',
    });
    const later = article({ slug: 'x', expires: '2026-03-10T13:00:30Z' });
    expect((await ask('other', [later])('/articles/x')).told).toMatchObject({
      'CDN-Cache-Control': 'max-age=3600, stale-while-revalidate=30, stale-if-error=30',
    });
  });

  it('are absent where no shared cache may store the answer: a feed in a browser, a delta', async () => {
    const get = ask('other', articles(3));
    expect((await get('/rss.xml', { 'Sec-Fetch-Dest': 'document' })).told).toEqual({});
    const { etag } = await ask('other', articles(2))('/atom.xml');
    expect(await get('/atom.xml', { 'If-None-Match': etag, 'A-IM': 'feed', 'User-Agent': 'Liferea' })).toMatchObject({
      status: 226,
      told: {},
    });
  });
});
