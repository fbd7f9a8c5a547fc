import { cpSync, rmSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { connect, Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { packageFilesFolder } from '../../../src/node/folder/files/package-files.ts';
import { livePages } from '../../../src/node/serve/live-pages.ts';
import { type RunningServer, serve } from '../../../src/node/serve/serve.ts';
import { ask } from '../../http/targets.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';

const navigation = { 'Sec-Fetch-Dest': 'document' };
const soon = { timeout: 30_000, interval: 20 };

test.each([
  ['127.0.0.1', '127.0.0.1', true],
  ['127.0.0.2', '127.0.0.1', true],
  ['::ffff:127.0.0.1', '::ffff:127.0.0.1', true],
  ['::1', '::1', true],
  ['192.0.2.7', '192.0.2.7', true],
  ['192.0.2.8', '192.0.2.7', false],
  ['::ffff:192.0.2.8', '::ffff:192.0.2.7', false],
  ['2001:db8::8', '2001:db8::7', false],
])(
  'a connection from %s to %s is of this machine, whatever its Host says: %s',
  async (remoteAddress, localAddress, isOwn) => {
    const live = livePages(() => new Response('', { status: 404 }));
    const incoming = Object.assign(new IncomingMessage(new Socket()), { socket: { remoteAddress, localAddress } });
    const { status } = await live.fetch(new Request('http://localhost:3000/_live.js'), { incoming });
    expect(status).toBe(isOwn ? 200 : 404);
  },
);

describe('a page opened in a browser on this machine', () => {
  const dir = makeFolder({ 'a.md': seed('One'), 'photo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' });
  const publicPath = makeFolder();
  cpSync(packageFilesFolder, publicPath, { recursive: true });
  const changed: string[] = [];
  const due: string[] = [];
  let live: RunningServer;
  let still: RunningServer;
  beforeAll(async () => {
    const siteUrl = 'https://daily.example/';
    const options = { port: 0, host: '127.0.0.1', siteUrl, publicPath, onError: console.error };
    live = await serve(dir, {
      ...options,
      watch: true,
      live: true,
      onDue: ({ published }) => due.push(...published),
      onRead: ({ changes }) => changed.push(...changes.map(({ path, kind }) => `${path} ${kind}`)),
    });
    still = await serve(dir, { ...options, watch: true, onRead: () => {} });
  });
  afterAll(() => Promise.all([live.close(), still.close()]));
  const get = (path: string, headers = {}, { url } = live) => ask(new URL(url), path, { headers });

  it.each(['/', '/articles/a', '/subscribe'])(
    '%s has one more script, which the policy lets connect to this site',
    async (path) => {
      const plain = await get(path);
      const shown = await get(path, { ...navigation, 'If-None-Match': String(plain.headers.etag) });
      expect(shown.status).toBe(200);
      const text = shown.body.toString();
      const published = text.replace(/<script src="\/_live\.js\?since=\w+-\d+"><\/script>/, '');
      expect(published).toBe(plain.body.toString());
      expect(text.length).toBeGreaterThan(plain.body.length);
      expect(shown.headers).toMatchObject({ 'cache-control': 'no-store' });
      expect(shown.headers.etag).toBeUndefined();
      const policy = String(shown.headers['content-security-policy']);
      expect(policy).toContain("; connect-src 'self';");
      expect(policy).toContain("default-src 'none'");
      const script = await get('/_live.js');
      expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
      // A page that a proxy passed on follows nothing.
      expect(script.body.toString()).toContain('test(location.hostname)');
    },
  );

  it.each([
    ['a program', {}],
    ['a browser on another machine', { ...navigation, Host: 'daily.example' }],
    ['a proxy on this machine', { ...navigation, 'X-Forwarded-For': '192.0.2.1' }],
  ])('is unchanged for %s', async (_, headers) => {
    for (const path of ['/', '/articles/a', '/rss.xml']) {
      const [one, other] = await Promise.all([get(path, headers), get(path, headers, still)]);
      expect(one.body.toString()).toBe(other.body.toString());
      expect(one.headers['cache-control']).toBe(other.headers['cache-control']);
      expect(one.headers['content-security-policy']).toBe(other.headers['content-security-policy']);
    }
  });

  it('is unchanged without live pages, and feeds always are', async () => {
    for (const path of ['/', '/_live.js', '/_events']) {
      const { body } = await get(path, navigation, still);
      expect(body.toString()).not.toContain('_events');
    }
    const [shown, plain] = await Promise.all([get('/rss.xml', navigation), get('/rss.xml')]);
    expect(shown.body.toString()).not.toContain('<script');
    expect(shown.headers).toMatchObject({
      'content-type': 'application/xml; charset=utf-8',
      etag: plain.headers.etag,
    });
  });

  it('revalidates its pictures and styles each time', async () => {
    expect((await get('/media/photo.svg', { 'Sec-Fetch-Dest': 'image' })).headers['cache-control']).toBe('no-cache');
    expect((await get('/theme.css', { 'Sec-Fetch-Dest': 'style' })).status).toBe(404);
  });

  it('reloads after a change, and at once if it missed one', async () => {
    const page = await follow(live.url, '0-0');
    await expect.poll(() => page.heard(), soon).toContain('event: reload');
    page.end();
    const [, since = ''] = /since=([\w-]+)/.exec((await get('/', navigation)).body.toString()) ?? [];
    const next = await follow(live.url, since);
    await expect.poll(() => next.heard(), soon).toContain(':\n\n');
    expect(next.heard()).not.toContain('reload');
    writeFiles(dir, { 'a.md': seed('Two') });
    await expect.poll(() => next.heard(), soon).toContain('event: reload');
    next.end();
  });

  it('reloads when the date of an article comes', async () => {
    const moment = new Date(Date.now() + 3000).toISOString();
    writeFiles(dir, { 'x/later.md': seed('Later', moment) });
    await expect.poll(() => changed, soon).toContain('x/later.md added');
    const shown = (await get('/', navigation)).body.toString();
    expect(shown).not.toContain('Later');
    const [, since = ''] = /since=([\w-]+)/.exec(shown) ?? [];
    const page = await follow(live.url, since);
    await expect.poll(() => page.heard(), soon).toContain('event: reload');
    page.end();
    expect((await get('/', navigation)).body.toString()).toContain('Later');
    expect(due).toEqual([join(dir, 'x/later.md')]);
    rmSync(join(dir, 'x/later.md'));
    await expect.poll(() => changed, soon).toContain('x/later.md deleted');
  });

  it('gets the current files of the public folder', async () => {
    writeFiles(publicPath, { 'hello.txt': 'hello' });
    await expect.poll(async () => (await get('/hello.txt')).body.toString(), soon).toBe('hello');
    writeFiles(publicPath, { 'hello.txt': 'again' });
    await expect.poll(async () => (await get('/hello.txt')).body.toString(), soon).toBe('again');
    await expect.poll(() => changed, soon).toContain('public/hello.txt changed');
  });

  it('is one of four that hold a connection, or reconnects after a second', async () => {
    const [, since = ''] = /since=([\w-]+)/.exec((await get('/', navigation)).body.toString()) ?? [];
    const pages: Awaited<ReturnType<typeof follow>>[] = [];
    for (let i = 0; i < 10; i++) pages.push(await follow(live.url, since));
    const asked = () => pages.filter((page) => page.heard().includes('retry: 1000\n\n')).length;
    const held = () => pages.filter((page) => page.heard().includes(':\n\n')).length;
    await expect.poll(() => [asked(), held()], soon).toEqual([6, 4]);
    const late = await follow(live.url, '0-0');
    await expect.poll(() => late.heard(), soon).toContain('event: reload');
    for (const page of [...pages, late]) page.end();
    // A page that closes makes room for another.
    await expect
      .poll(async () => {
        const page = await follow(live.url, since);
        await expect.poll(() => page.heard(), soon).toMatch(/:\n\n|retry/);
        page.end();
        return page.heard();
      }, soon)
      .toContain(':\n\n');
  });
});

/** Subscribes to a server's events like a browser. */
async function follow(url: string, since: string) {
  const { port, hostname, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  let heard = '';
  socket.setEncoding('utf8').on('data', (part) => {
    heard += part;
  });
  socket.on('error', () => {});
  socket.write(`GET /_events?since=${since} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n\r\n`);
  return { heard: () => heard, end: () => socket.destroy() };
}
