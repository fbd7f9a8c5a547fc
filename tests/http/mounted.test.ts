import { Hono } from 'hono';
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

  it('leaves to the other what is not its own', async () => {
    expect(await (await parent.request('/')).text()).toBe('home');
    expect((await parent.request('/news')).headers.get('Content-Type')).toMatch(/^text\/html/);
    for (const path of ['/rss.xml', '/news/nothing']) {
      const response = await parent.request(path);
      expect([response.status, await response.text()]).toEqual([404, 'nowhere']);
    }
  });
});
