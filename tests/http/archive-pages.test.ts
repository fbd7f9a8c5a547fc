import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Publication } from '../../src/publication/publication.ts';
import { article, site } from '../publication/articles.ts';
import { storedInMemory } from './stored.ts';

const now = '2026-03-10T12:00:00Z';
/** Makes the third archive page full, together with the article after it. */
const due = '2026-03-10T12:00:30Z';
const facts = { ...site, items: 2, ttl: 60 };
const sources = [
  ...Array.from({ length: 6 }, (_, i) =>
    article({ slug: `a${i}`, published: `2026-03-0${i + 1}T08:00:00Z`, tags: ['Grüße'] }),
  ),
  article({ slug: 'ahead', published: due, tags: ['Grüße'] }),
];

const publications: Readonly<Record<string, () => Promise<Publication>>> = {
  'in memory': async () => {
    const edition = publish(facts, sources, now);
    return { edition: () => edition };
  },
  'in stored pages': () => storedInMemory(facts, sources, now),
};

const runs = [
  { run: '/', folder: '/', current: '/' },
  { run: 'a tag', folder: '/tags/gr%C3%BC%C3%9Fe/', current: '/tags/gr%C3%BC%C3%9Fe' },
];

describe.each(Object.entries(publications))('the archive pages %s', (_, open) => {
  const start = async () => {
    let clock = Date.parse(now);
    const app = createApp(await open(), { now: () => clock });
    return {
      pass: (seconds: number) => {
        clock += seconds * 1000;
      },
      get: (path: string, init: RequestInit = {}) => app.request(`https://preview.example${path}`, init),
    };
  };

  describe.each(runs)('of $run', ({ folder, current }) => {
    it.each(['GET', 'HEAD'])('lead to the current page by %s until the next one is full', async (method) => {
      const { get } = await start();
      const path = `${folder}archive/3?utm_source=a`;
      const etag = (await get(current)).headers.get('ETag') ?? '';
      // It is another document, so the tag of the current page does not make it unmodified.
      const response = await get(path, { method, headers: { 'If-None-Match': etag } });
      const location = response.headers.get('Location') ?? '';
      expect({
        status: response.status,
        to: new URL(location, `https://preview.example${path}`).href,
        cache: response.headers.get('Cache-Control'),
      }).toEqual({
        status: 302,
        to: `https://preview.example${current}?utm_source=a`,
        cache: 'public, max-age=30',
      });
    });

    it('answer 404 beyond the next one', async () => {
      const { get } = await start();
      for (const path of ['archive/4', 'archive/03', 'archive/0']) expect((await get(folder + path)).status).toBe(404);
    });

    it('become pages when they are full, and then the one before links to them', async () => {
      const { get, pass } = await start();
      const linkOf = async (path: string): Promise<string> => {
        const page = await get(path);
        const [, next = ''] = /<link rel="next" href="([^"]*)">/.exec(await page.text()) ?? [];
        return new URL(next, `https://preview.example${path}`).pathname;
      };
      expect(await linkOf(`${folder}archive/2`)).toBe(current);
      expect(await linkOf(`${folder}archive/1`)).toBe(`${folder}archive/2`);
      pass(30);
      expect((await get(`${folder}archive/3`)).status).toBe(200);
      expect(await linkOf(`${folder}archive/2`)).toBe(`${folder}archive/3`);
      expect(await linkOf(`${folder}archive/3`)).toBe(current);
      expect((await get(`${folder}archive/4`)).status).toBe(302);
    });

    it('are dated by the moment at which their link changed, even in a new process', async () => {
      const path = `${folder}archive/2`;
      const before = (await (await start()).get(path)).headers.get('Last-Modified') ?? '';
      expect(before).toBe('Wed, 04 Mar 2026 08:00:00 GMT');
      const { get, pass } = await start();
      pass(3600);
      const after = await get(path, { headers: { 'If-Modified-Since': before } });
      expect([after.status, after.headers.get('Last-Modified')]).toEqual([200, 'Tue, 10 Mar 2026 12:00:30 GMT']);
    });

    it.each(['rss.xml', 'atom.xml', 'feed.json'])('have a fixed %s from the first day', async (file) => {
      const { get, pass } = await start();
      const next = await get(`${folder}archive/3/${file}`);
      const home = `${current === '/' ? '' : current}/${file}`;
      expect([next.status, next.headers.get('Content-Location')]).toEqual([200, new URL(home, site.url).href]);
      expect(await next.text()).toBe(await (await get(home)).text());
      const fixed = await get(`${folder}archive/2/${file}`);
      const text = await fixed.text();
      pass(30);
      const later = await get(`${folder}archive/2/${file}`);
      expect(await later.text()).toBe(text);
      expect(later.headers.get('Last-Modified')).toBe(fixed.headers.get('Last-Modified'));
      expect((await get(`${folder}archive/3/${file}`)).headers.has('Content-Location')).toBe(false);
    });
  });
});

describe('every link of every page', () => {
  const edition = publish({ ...facts, url: 'https://a.example/news/' }, sources, now);
  const app = () => createApp({ edition: () => edition }, { now: () => Date.parse(now) });
  /** Files that the package brings, which a host serves beside the app. */
  const isFile = (path: string) => /^\/(?:news\/)?(?:style\.css|copy\.js|icon\.(?:svg|png))$/.test(path);

  it.each<[string, () => Hono, string]>([
    ['alone', app, '/'],
    ['in another app', () => new Hono().route('/news', app()), '/news/'],
    ['in an app that ignores a slash at the end', () => new Hono({ strict: false }).route('/news', app()), '/news/'],
  ])('leads to a document without a redirect, %s', async (_, make, home) => {
    const host = make();
    const waiting = [home, `${home}nowhere/at/all`];
    const asked = new Set(waiting);
    const wrong: string[] = [];
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const response = await host.request(`https://a.example${path}`);
      const text = await response.text();
      if (response.status !== 200 && !path.endsWith('/nowhere/at/all')) wrong.push(`${response.status} ${path}`);
      if (!/^text\/html/.test(response.headers.get('Content-Type') ?? '')) continue;
      for (const [, link = ''] of text.matchAll(/ (?:href|src)="([^"]*)"/g)) {
        const target = new URL(link, `https://a.example${path}`);
        if (target.origin !== 'https://a.example' || asked.has(target.pathname)) continue;
        // Canonical addresses are public ones, which this host has only below the same path.
        if (/^https:/.test(link) && home !== '/news/') continue;
        asked.add(target.pathname);
        if (!isFile(target.pathname)) waiting.push(target.pathname);
        else if (!target.pathname.startsWith(home)) wrong.push(`${target.pathname} from ${path}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(asked).toContain(`${home}tags/gr%C3%BC%C3%9Fe/archive/1`);
    expect(asked.size).toBeGreaterThan(20);
  });

  it.each([
    ['/news/archive/1/?a=b', '/news/archive/1?a=b'],
    ['/news/tags/gr%C3%BC%C3%9Fe/', '/news/tags/gr%C3%BC%C3%9Fe'],
    ['/news/articles/a1/', '/news/articles/a1'],
    ['/news/subscribe/', '/news/subscribe'],
  ])('works at %s, which an app that ignores slashes passes on, after a redirect', async (from, to) => {
    const host = new Hono({ strict: false }).route('/news', app());
    const response = await host.request(`https://a.example${from}`);
    const location = response.headers.get('Location') ?? '';
    expect([response.status, new URL(location, `https://a.example${from}`).href]).toEqual([
      301,
      `https://a.example${to}`,
    ]);
    expect((await host.request(`https://a.example${to}`)).status).toBe(200);
  });
});
