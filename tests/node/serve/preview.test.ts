import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, serve } from '../../../src/node/serve/serve.ts';
import { ask, type Sent } from '../../http/targets.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';

const soon = { timeout: 30_000, interval: 20 };
const files = { 'a.md': seed('Unpublished'), 'photo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' };

type Options = { live?: boolean; watch?: boolean; siteUrl?: string; host?: string };

function start(dir: string, options: Options = {}) {
  const rest = { onRead: () => {}, onError: (error: Error) => console.error(error) };
  return serve(dir, { port: 0, host: '127.0.0.1', watch: false, ...rest, ...options });
}

function asking(server: () => RunningServer) {
  return async (path: string, headers: Record<string, string> = {}, method: Sent['method'] = 'GET') => {
    const { status, headers: fields, body } = await ask(new URL(server().url), path, { method, headers });
    const isOpen = Object.keys(fields).some((name) => name.startsWith('access-control-'));
    return { status, isOpen, type: fields['content-type'], text: body.toString() };
  };
}

it.each([false, true])('a name that leads to a loopback address is one, live pages or not: %s', async (live) => {
  // As a machine's own name in /etc/hosts does.
  const server = await start(makeFolder(files), { host: '127.1', live, watch: live });
  const get = asking(() => server);
  expect(await get('/rss.xml', { Host: 'other.example' })).toMatchObject({ status: 403, isOpen: false });
  for (const Host of ['127.1', '127.0.0.1', 'localhost'])
    expect(await get('/rss.xml', { Host })).toMatchObject({ status: 200, isOpen: false });
  await server.close();
});

describe('a server on a loopback address without a public address', () => {
  let server: RunningServer;
  const get = asking(() => server);
  beforeAll(async () => {
    server = await start(makeFolder(files));
  });
  afterAll(() => server?.close());

  it.each([
    '/rss.xml',
    '/feed.json',
    '/',
    '/articles/a',
    '/articles/none',
    '/media/photo.svg',
    '/style.css',
    '/healthz',
  ])('opens %s to no other website', async (path) => {
    // The second answer comes from the cache.
    for (let i = 0; i < 2; i++) expect(await get(path)).toMatchObject({ isOpen: false, type: expect.any(String) });
    expect(await get(path, { Origin: 'https://other.example' }, 'OPTIONS')).toMatchObject({ isOpen: false });
    const tag = (await ask(new URL(server.url), path)).headers.etag;
    if (tag !== undefined)
      expect(await get(path, { 'If-None-Match': tag })).toMatchObject({ status: 304, isOpen: false });
  });

  it.each([
    'localhost',
    'localhost.',
    'a.localhost.:3000',
    'LocalHost:3000',
    'news.localhost:80',
    '127.0.0.1',
    '127.1.2.3:8080',
    '[::1]:3000',
  ])('answers at the name %s', async (Host) => {
    for (const path of ['/rss.xml', '/'])
      expect(await get(path, { Host })).toMatchObject({ status: 200, text: expect.stringContaining('Unpublished') });
  });

  it.each([
    'other.example',
    'other.example:3000',
    '127.0.0.1.other.example',
    'localhost.other.example:80',
    'xlocalhost',
    '192.0.2.1',
    '[2001:db8::1]:3000',
  ])('refuses the name %s, which a website could lead here, and says how to allow it', async (Host) => {
    await get('/rss.xml');
    for (const path of ['/rss.xml', '/feed.json', '/', '/media/photo.svg', '/none', '/_live.js', '/_events']) {
      const { status, isOpen, type, text } = await get(path, { Host });
      expect([status, isOpen, type]).toEqual([403, false, 'text/plain; charset=utf-8']);
      expect(text).toContain(`such as ${server.url}, and not at ${new URL(`http://${Host}`).hostname}.`);
      expect(text).toContain('set "url" in publication.yaml, or SITE_URL, to that site');
    }
  });

  it('refuses what other websites embed, and follows their links', async () => {
    const from = (site: string, dest: string) => ({ 'Sec-Fetch-Site': site, 'Sec-Fetch-Dest': dest });
    const status = async (path: string, headers: Record<string, string>) => (await get(path, headers)).status;
    expect([
      await status('/media/photo.svg', from('cross-site', 'image')),
      await status('/feed.json', from('cross-site', 'empty')),
      await status('/', from('cross-site', 'iframe')),
      await status('/', from('cross-site', 'document')),
      await status('/', from('none', 'document')),
      await status('/media/photo.svg', from('same-origin', 'image')),
    ]).toEqual([403, 403, 403, 200, 200, 200]);
  });
});

describe('a server on a loopback address with a public address', () => {
  const siteUrl = 'https://daily.example/';
  let service: RunningServer;
  let desk: RunningServer;
  const behindProxy = asking(() => service);
  const written = asking(() => desk);
  beforeAll(async () => {
    const dir = makeFolder(files);
    service = await start(dir, { siteUrl });
    desk = await start(dir, { siteUrl, watch: true, live: true });
  });
  afterAll(() => Promise.all([service?.close(), desk?.close()]));

  it('may be behind a proxy, and answers as the public site', async () => {
    for (const Host of ['daily.example', 'mirror.example', 'localhost'])
      expect(await behindProxy('/rss.xml', { Host })).toMatchObject({ status: 200, isOpen: true });
  });

  it('is a preview if pages reload, except at its public name', async () => {
    expect(await written('/rss.xml', { Host: 'localhost' })).toMatchObject({ status: 200, isOpen: false });
    expect(await written('/rss.xml', { Host: 'daily.example' })).toMatchObject({ status: 200, isOpen: true });
    expect(await written('/rss.xml', { Host: 'other.example' })).toMatchObject({
      status: 403,
      text: expect.stringContaining('start "dateline serve" with --no-live'),
    });
  });

  it('is a preview if pages reload, also when other machines reach it, by its addresses', async () => {
    const server = await start(makeFolder(files), { siteUrl, watch: true, live: true, host: '0.0.0.0' });
    const get = asking(() => server);
    for (let i = 0; i < 2; i++)
      for (const Host of ['localhost', 'localhost.', '192.0.2.1:3000', '[2001:db8::1]'])
        expect(await get('/rss.xml', { Host })).toMatchObject({ status: 200, isOpen: false });
    expect(await get('/rss.xml', { Host: 'daily.example.' })).toMatchObject({ status: 200, isOpen: true });
    expect(await get('/rss.xml', { Host: 'other.example' })).toMatchObject({ status: 403 });
    expect(await get('/feed.json', { Host: '192.0.2.1', 'Sec-Fetch-Site': 'cross-site' })).toMatchObject({
      status: 403,
    });
    await server.close();
  });

  it('stops being a preview when the publication gets its address', async () => {
    const dir = makeFolder(files);
    const server = await start(dir, { watch: true });
    const get = asking(() => server);
    const headers = { Host: 'daily.example' };
    expect(await get('/rss.xml', headers)).toMatchObject({ status: 403 });
    writeFiles(dir, { 'publication.yaml': 'url: http://localhost:8080/\n' });
    await expect.poll(async () => (await get('/rss.xml')).text, soon).toContain('http://localhost:8080/');
    expect(await get('/rss.xml', headers)).toMatchObject({ status: 403 });
    writeFiles(dir, { 'publication.yaml': `url: ${siteUrl}\n` });
    await expect.poll(() => get('/rss.xml', headers), soon).toMatchObject({ status: 200, isOpen: true });
    await server.close();
  });
});
