import { Hono } from 'hono';
import { Hono as Tiny } from 'hono/tiny';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { publish } from '../../src/publication/memory.ts';
import { articles, site } from '../publication/articles.ts';

describe('the app inside another one', () => {
  const edition = publish({ ...site, url: 'https://a.example/news/' }, articles(3), '2026-03-10T12:00:00Z');
  const parent = new Hono().get('/', (c) => c.text('home'));
  parent.route('/news', createApp({ edition: () => edition }));
  parent.notFound((c) => c.text('nowhere', 404));

  it.each(['rss.xml', 'atom.xml', 'feed.json'])('serves %s with a link to itself', async (file) => {
    const response = await parent.request(`/news/${file}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(`https://a.example/news/${file}`);
    const headers = { 'If-None-Match': response.headers.get('ETag') ?? '' };
    expect((await parent.request(`/news/${file}`, { headers })).status).toBe(304);
  });

  it('leaves other addresses to the outer app', async () => {
    expect(await (await parent.request('/')).text()).toBe('home');
    for (const path of ['/rss.xml', '/news/nothing']) {
      const response = await parent.request(path);
      expect([response.status, await response.text()]).toEqual([404, 'nowhere']);
    }
  });

  it.each<[string, () => Hono]>([
    ['an app', () => new Hono()],
    ['an app that ignores a slash at the end', () => new Hono({ strict: false })],
    ['a small app', () => new Tiny()],
  ])('has its front page where feeds say it is, in %s', async (_, make) => {
    const app = make().route('/news', createApp({ edition: () => edition }));
    const feed = await (await app.request('/news/rss.xml')).text();
    const [, home = ''] = /<link>(.*?)<\/link>/.exec(feed) ?? [];
    expect(home).toBe('https://a.example/news/');
    const page = await app.request(home);
    expect([page.status, page.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    const links = [...(await page.text()).matchAll(/ href="(\.\/(?:articles\/|subscribe)[^"]*)"/g)];
    expect(links.length).toBeGreaterThan(3);
    for (const [, link = ''] of links) expect((await app.request(new URL(link, home).href)).status).toBe(200);
    const bare = await app.request('https://a.example/news?from=reader');
    const to = new URL(bare.headers.get('Location') ?? '', 'https://a.example/news?from=reader');
    expect([bare.status, to.href]).toEqual([301, `${home}?from=reader`]);
    expect((await app.request('/news/', { method: 'POST' })).status).toBe(405);
  });
});
