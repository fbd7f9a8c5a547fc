import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formats } from '../../src/feed/formats.ts';
import { executable, launch, skipped } from '../browser/chromium.ts';
import { freePort } from '../deploy/free-port.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { lintAtom } from '../validators/atom.ts';
import { lintJsonFeed } from '../validators/json-feed.ts';
import { lintRss } from '../validators/rss.ts';
import { buildSite, hostileFiles, ownFiles, scriptsThatRan, served } from './site.ts';

const nginx = process.env.NGINX ?? '/usr/sbin/nginx';
const isHere = spawnSync(nginx, ['-v']).status === 0;
const page = readFileSync(new URL('../../docs/deploying.md', import.meta.url), 'utf8');

describe.skipIf(!isHere)(
  `nginx with the documented configuration${isHere ? '' : ` (not at ${nginx}; NGINX names it)`}`,
  () => {
    let url: URL;
    let folder: string;
    let server: ChildProcess;

    beforeAll(async () => {
      folder = await buildSite();
      const port = await freePort();
      const state = makeFolder();
      const [, given = ''] = /```nginx\n([\s\S]*?)```/.exec(page) ?? [];
      const host = given.replace(/listen \d+;/, `listen 127.0.0.1:${port};`).replace(/root \S+;/, `root ${folder};`);
      expect(host).toContain(folder);
      const types = '/etc/nginx/mime.types';
      writeFileSync(
        join(state, 'nginx.conf'),
        `daemon off; pid ${state}/pid; error_log stderr; events {}
http { access_log off; ${existsSync(types) ? `include ${types};` : ''}
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${state}/${name};`).join(' ')}
${host} }`,
      );
      // Its workers may run as another user.
      for (let path = folder; path.length > '/tmp'.length; path = dirname(path)) chmodSync(path, 0o755);
      server = spawn(nginx, ['-c', join(state, 'nginx.conf'), '-p', state], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      url = new URL(`http://127.0.0.1:${port}/`);
      for (let attempt = 0; attempt < 100; attempt++) {
        if ((await fetch(url).catch(() => undefined))?.ok) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error('nginx does not answer');
    });
    afterAll(() => {
      server?.kill();
    });

    it('gives pages a Referrer-Policy', async () => {
      const { headers } = await fetch(new URL('/articles/0001', url));
      expect(headers.get('Referrer-Policy')).toBe('strict-origin-when-cross-origin');
    });

    it.each(served)('serves %s as %s, open to other sites', async (path, type) => {
      const response = await fetch(new URL(path, url));
      expect({ status: response.status, type: response.headers.get('Content-Type')?.toLowerCase() }).toEqual({
        status: 200,
        type,
      });
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'x-content-type-options': 'nosniff',
        'cache-control': 'max-age=3600',
      });
      const text = await response.text();
      expect(text.length).toBeGreaterThan(0);
      expect(await lint(type, text)).toEqual([]);
      const etag = response.headers.get('ETag') ?? '';
      const again = await fetch(new URL(path, url), { headers: { 'If-None-Match': etag } });
      expect(again.status).toBe(304);
    });

    it.each([
      ...['/', '/articles/0001', '/rss.xml', '/atom.xml', '/feed.json', '/feeds.opml', '/sitemap.xml'],
      ...['/style.css', '/icon.svg', '/copy.js'],
    ])('compresses %s', async (path) => {
      const { headers } = await fetch(new URL(path, url), { headers: { 'Accept-Encoding': 'gzip' } });
      expect(headers.get('Content-Encoding')).toBe('gzip');
    });

    it.each(ownFiles)('serves %s as it is', async (path, type) => {
      const response = await fetch(new URL(path, url));
      expect([response.status, await response.text()]).toEqual([200, 'own']);
      expect(response.headers.get('Content-Type')).toMatch(type);
    });

    it('lets the own files run no script, and the pages theirs', async () => {
      for (const path of hostileFiles)
        expect((await fetch(new URL(path, url))).headers.get('Content-Security-Policy')).toBe("script-src 'none'");
      for (const path of ['/', '/articles/0001', '/archive/1', '/tags/gr%C3%B6%C3%9Fe', '/subscribe'])
        expect((await fetch(new URL(path, url))).headers.get('Content-Security-Policy')).toBeNull();
    });

    it.skipIf(executable === undefined)(`shows them in Chromium without a script (${skipped})`, async () => {
      const browser = await launch();
      try {
        expect(await scriptsThatRan(browser, url)).toEqual([]);
      } finally {
        await browser.close();
      }
    });

    it.each(formats.flatMap(({ file, aliases }) => aliases.map((alias) => [alias, file])))(
      'answers the guess %s with %s itself',
      async (alias, file) => {
        const [guessed, real] = await Promise.all(
          [alias, file].map((path) => fetch(new URL(path, url), { redirect: 'manual' })),
        );
        expect(guessed?.status).toBe(200);
        expect(guessed?.headers.get('Content-Type')).toBe(real?.headers.get('Content-Type'));
        expect(await guessed?.text()).toBe(await real?.text());
      },
    );

    it('redirects what has moved and answers 410 for what is gone', async () => {
      const [moved, gone] = await Promise.all(
        ['/2019/hello/', '/articles/old'].map((path) => fetch(new URL(path, url), { redirect: 'manual' })),
      );
      expect([moved?.status, gone?.status]).toEqual([301, 410]);
      expect(new URL(moved?.headers.get('Location') ?? '', url).pathname).toBe('/articles/hello');
    });

    it('answers 410 with the reason for a withdrawn article', async () => {
      const response = await fetch(new URL('/articles/withdrawn', url));
      expect([response.status, response.headers.get('Content-Type')]).toEqual([410, 'text/html; charset=utf-8']);
      expect(await response.text()).toContain('It was made up.');
    });

    it.each([
      ['/archive/7', '/'],
      ['/languages/en/archive/7', '/languages/en'],
    ])('serves at %s, which is no archive page yet, a page that leads to %s', async (path, to) => {
      const response = await fetch(new URL(path, url));
      expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(await response.text()).toContain(`<meta http-equiv="refresh" content="0; url=${to}">`);
    });

    it.each(['/nothing', '/articles/none', '/tags/none/rss.xml', '/archive/99', '/_dateline/edition.json', '/tags'])(
      'answers 404 at %s',
      async (path) => {
        expect((await fetch(new URL(path, url))).status).toBe(404);
      },
    );
  },
);

async function lint(type: string, text: string): Promise<readonly string[]> {
  if (type.startsWith('application/rss')) return lintRss(text);
  if (type.startsWith('application/atom')) return lintAtom(text);
  if (type.startsWith('application/feed')) return lintJsonFeed(text);
  return [];
}
