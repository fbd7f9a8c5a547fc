import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import Fastify from 'fastify';
import { H3, serve as serveH3 } from 'h3';
import { Hono } from 'hono';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { storedPublication } from '../../src/edge/library.ts';
import { createApp, createFeeds } from '../../src/index.ts';
import { listener, openFolder, openStore, serve } from '../../src/node/library/index.ts';
import { dateline } from '../node/command.ts';
import { makeFolder, seed } from '../node/temporary-folder.ts';

const settings = 'url: https://example.org/news/\nid: "tag:example.org,2026:"\n';
const files = {
  'publication.yaml': settings,
  'a.md': `${seed('A')}\n![A](a.png)\n`,
  'a.png': 'PNG',
  'theme/style.css': 'a { color: red }',
  'public/ads.txt': 'none\n',
};
const items = [
  { id: '1', url: 'https://example.org/1', title: 'One', published: '2026-01-02T03:04:05Z', content: '<p>Text.' },
];
const feeds = createFeeds({ site: { title: 'News', url: 'https://example.org/news/' }, items });

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

describe('openFolder', () => {
  it('answers with feeds, pages, media, theme and files at the root, at the address of the publication', async () => {
    const news = await openFolder(makeFolder(files), { watch: false });
    closing.push(news.close);
    const get = async (path: string) => {
      const response = await news.fetch(new Request(`https://example.org${path}`));
      return [response.status, await response.text()];
    };
    const [status, feed] = await get('/news/rss.xml');
    expect([status, feed]).toEqual([200, expect.stringContaining('https://example.org/news/media/a.png')]);
    expect(await get('/news/media/a.png')).toEqual([200, 'PNG']);
    expect(await get('/news/theme.css')).toEqual([200, 'a { color: red }']);
    expect(await get('/news/ads.txt')).toEqual([200, 'none\n']);
    expect(await get('/news/style.css')).toEqual([200, expect.stringContaining('--paper')]);
    const now = '2026-11-30T00:00:00Z';
    expect((await news.edition().page({}, now))?.articles.map(({ id }) => id)).toEqual(['tag:example.org,2026:a']);
  });

  it('publishes changes, and withdraws with 410 what it published before', async () => {
    const dir = makeFolder(files);
    const onProblems = vi.fn();
    const news = await openFolder(dir, { onProblems });
    closing.push(news.close);
    writeFileSync(join(dir, 'b.md'), seed('B'));
    const statusOf = async (path: string) => (await news.fetch(new Request(`https://example.org${path}`))).status;
    await expect.poll(() => statusOf('/news/articles/b')).toBe(200);
    expect(onProblems).toHaveBeenCalledWith([]);
  });

  it('rejects a folder that is missing or whose settings are broken', async () => {
    await expect(openFolder('/nowhere', { watch: false })).rejects.toThrow('/nowhere');
    const onProblems = vi.fn();
    await expect(openFolder(makeFolder({ 'publication.yaml': 'items: x' }), { onProblems })).rejects.toThrow(
      'Fix the publication file first.',
    );
    expect(onProblems).toHaveBeenCalledWith([expect.objectContaining({ code: 'wrong-value' })]);
  });
});

it('serve answers at a free port until it is closed', async () => {
  const server = await serve(makeFolder(files), { port: 0, watch: false });
  expect((await fetch(`${server.url}rss.xml`)).status).toBe(200);
  await server.close();
  await expect(fetch(`${server.url}rss.xml`)).rejects.toThrow();
});

it('openStore reads what publish stored', async () => {
  const dir = makeFolder({ ...files, 'store/none': '' });
  const store = join(dir, 'store');
  expect((await dateline(['publish', dir, '--store', store], { cwd: makeFolder() })).code).toBe(0);
  const app = createApp(storedPublication(openStore(store)));
  expect(await (await app.request('/rss.xml')).text()).toContain('https://example.org/news/articles/a');
});

/** Starts frameworks with the feeds below /news and a page of their own, and returns the address of each. */
const hosts: Readonly<Record<string, () => Promise<string>>> = {
  Express: async () => {
    const app = express();
    app.use('/news', listener(feeds));
    app.get('/news/own', (_, response) => void response.send('own'));
    app.get('/', (_, response) => void response.send('home'));
    return listening(createServer(app));
  },
  'Express in a router': async () => {
    const router = express.Router().use('/', listener(feeds));
    const app = express().use('/news', router);
    app.get('/news/own', (_, response) => void response.send('own'));
    app.get('/', (_, response) => void response.send('home'));
    return listening(createServer(app));
  },
  Fastify: async () => {
    const app = Fastify();
    app.get('/', async () => 'home');
    app.get('/news/own', async () => 'own');
    for (const path of ['/news', '/news/*'])
      app.all(path, (request, reply) => {
        reply.hijack();
        return listener(feeds)(request.raw, reply.raw);
      });
    closing.push(() => app.close());
    return app.listen({ port: 0, host: '127.0.0.1' });
  },
  'node:http': async () => {
    const own: Readonly<Record<string, string>> = { '/': 'home', '/news/own': 'own' };
    const feedsListener = listener(feeds);
    return listening(
      createServer((request, response) => {
        const text = own[request.url ?? ''];
        if (text !== undefined) return response.end(text);
        if (/^\/news(?:[/?]|$)/.test(request.url ?? '')) return feedsListener(request, response);
        return response.writeHead(404).end();
      }),
    );
  },
  Hono: async () => {
    const app = new Hono().route('/news', feeds);
    app.get('/news/own', (c) => c.text('own'));
    app.get('/', (c) => c.text('home'));
    return listening(createServer(listener(app)));
  },
  // Nitro, Nuxt and SolidStart route by h3.
  h3: async () => {
    const app = new H3().get('/', () => 'home').get('/news/own', () => 'own');
    for (const path of ['/news', '/news/**']) app.all(path, (event) => feeds.fetch(event.req as Request));
    const server = serveH3(app, { port: 0, hostname: '127.0.0.1', silent: true });
    await server.ready();
    closing.push(() => server.close(true));
    return server.url ?? '';
  },
};

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each(Object.entries(hosts))('below a path of %s', (_, start) => {
  it('feeds and pages are at the address that they state, and the rest is left to the host', async () => {
    const base = (await start()).replace(/\/$/, '');
    const get = (path: string, init?: RequestInit) => fetch(base + path, { redirect: 'manual', ...init });
    const feed = await get('/news/rss.xml');
    expect([feed.status, feed.headers.get('Content-Type')]).toEqual([200, 'application/rss+xml; charset=utf-8']);
    expect(await feed.text()).toContain('href="https://example.org/news/rss.xml" rel="self"');
    const headers = { 'If-None-Match': feed.headers.get('ETag') ?? '' };
    expect((await get('/news/rss.xml', { headers })).status).toBe(304);
    const bare = await get('/news?from=x');
    expect([bare.status, bare.headers.get('Location')]).toEqual([301, './news/?from=x']);
    const page = await (await get('/news/')).text();
    const [style = ''] = /[^"]*style\.css/.exec(page) ?? [];
    expect((await get(new URL(style, 'http://a/news/').pathname)).headers.get('Content-Type')).toMatch('text/css');
    expect((await get('/news/articles/1')).status).toBe(200);
    expect(await (await get('/news/own')).text()).toBe('own');
    expect(await (await get('/')).text()).toBe('home');
    expect((await get('/news/none')).status).toBe(404);
    expect((await get('/rss.xml')).status).toBe(404);
    expect((await get('/news/rss.xml', { method: 'POST', body: 'x' })).status).toBe(405);
  });
});
