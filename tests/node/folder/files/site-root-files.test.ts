import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSiteRootFile } from '../../../../src/node/folder/files/site-root-files.ts';
import { type RunningServer, serve } from '../../../../src/node/serve/serve.ts';
import { type Answer, ask } from '../../../http/targets.ts';
import { dateline, startServe } from '../../command.ts';
import { makeFolder, seed, writeFiles } from '../../temporary-folder.ts';

const ads = 'example.com, 1, DIRECT\n';
const secret = seed('Secret');
const outside = makeFolder({ 'secret.txt': secret, 'deep/secret.txt': secret });
const dir = makeFolder({
  'publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2026:"\n',
  'a.md': seed('A'),
  'draft.html': secret,
  'media.png': 'beside',
  'public/ads.txt': ads,
  'public/google1234.html': 'google-site-verification: google1234.html',
  'public/.well-known/security.txt': 'Contact: mailto:a@daily.example\n',
  'public/.well-known/.git/config': secret,
  'public/.git/config': secret,
  'public/.env': secret,
  'public/deep/.well-known/secret.txt': secret,
  'public/node_modules/secret.js': secret,
  'public/style.css': 'body { color: red }',
  'public/deep/größe 1.txt': 'ö',
  'public/media/media.png': 'own',
  'public/media.png': 'own',
  'public/news.md': seed('News'),
  'public/.well-known/news.md': seed('News'),
  // Reserved addresses.
  'public/rss.xml': secret,
  'public/robots.txt': secret,
  'public/feed': secret,
  'public/articles/b.txt': secret,
  'public/index.html': secret,
  'public/subscribe.html': secret,
  'public/404.html': secret,
  'public/healthz': secret,
  'public/_headers': secret,
  'public/_dateline/edition.json': secret,
});
symlinkSync(join(outside, 'secret.txt'), join(dir, 'public/out.txt'));
symlinkSync(join(outside, 'deep'), join(dir, 'public/outer'));
symlinkSync(join(dir, 'draft.html'), join(dir, 'public/draft.html'));
symlinkSync('.env', join(dir, 'public/unhidden.txt'));
symlinkSync('ads.txt', join(dir, 'public/inside.txt'));
const reserved = [
  ...['404.html', '_dateline/edition.json', '_headers', 'articles/b.txt', 'feed', 'healthz', 'index.html'],
  ...['robots.txt', 'rss.xml', 'subscribe.html'],
];
const leadingOut = ['draft.html', 'out.txt', 'outer/secret.txt', 'unhidden.txt'];

it('a public/ that is a link leading outside is a problem with its path', async () => {
  const linked = makeFolder({ 'a.md': seed('A') });
  symlinkSync(outside, join(linked, 'public'));
  const { code, stdout, stderr } = await dateline(['check', linked]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toContain(`${join(linked, 'public')}:1:1: error: a symbolic link leads outside`);
});

describe('the media type of a file at the root', () => {
  const names = {
    'a.html': 'text/html; charset=utf-8',
    'a.HTM': 'text/html; charset=utf-8',
    'a.txt': 'text/plain; charset=utf-8',
    'a.css': 'text/css; charset=utf-8',
    'a.js': 'text/javascript; charset=utf-8',
    'a.vtt': 'text/vtt; charset=utf-8',
    'a.xml': 'application/xml',
    'a.json': 'application/json',
    'a.webmanifest': 'application/manifest+json',
    'a.ico': 'image/x-icon',
    'a.png': 'image/png',
    'a.svg': 'image/svg+xml',
    'a.woff2': 'font/woff2',
    'a.pdf': 'application/pdf',
    'a.constructor': 'application/octet-stream',
    '.well-known/apple-app-site-association': 'application/octet-stream',
  };
  const typed = makeFolder(Object.fromEntries(Object.keys(names).map((name) => [`public/${name}`, ''])));
  it.each(Object.entries(names))('%s is %s', (name, type) => {
    expect(findSiteRootFile(typed, name)?.type).toBe(type);
  });
});

it('a folder public/ that is a link out of the publication is not served', () => {
  const linked = makeFolder({ 'a.md': seed('A') });
  symlinkSync(outside, join(linked, 'public'));
  expect(findSiteRootFile(linked, 'secret.txt')).toBeUndefined();
});

describe('a server that watches', () => {
  const soon = { timeout: 30_000, interval: 20 };
  const changed: string[] = [];
  let server: RunningServer;
  beforeAll(async () => {
    server = await serve(dir, {
      ...{ port: 0, host: '127.0.0.1', watch: true, live: true, onError: console.error },
      onRead: ({ changes }) => changed.push(...changes.map(({ path, kind }) => `${path} ${kind}`)),
    });
  });
  afterAll(() => server?.close());
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
    ask(new URL(server.url), path, { headers, method });

  it('serves a file of public/ at its root', async () => {
    const { status, headers, body } = await get('/ads.txt');
    expect({ status, headers, body: body.toString() }).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'content-length': String(ads.length),
        'cache-control': 'public, max-age=3600',
        'x-content-type-options': 'nosniff',
      },
      body: ads,
    });
    const etag = String(headers.etag);
    expect(await get('/ads.txt', { 'If-None-Match': etag })).toMatchObject({ status: 304 });
    const part = await get('/ads.txt', { Range: 'bytes=0-6', 'If-Range': etag });
    expect([part.status, part.body.toString()]).toEqual([206, 'example']);
    expect((await get('/ads.txt', {}, 'POST')).status).toBe(405);
  });

  it.each([
    ['a page', '/google1234.html', 'google-site-verification: google1234.html'],
    ['a well-known file', '/.well-known/security.txt', 'Contact: mailto:a@daily.example\n'],
    ['a file in a folder', '/deep/gr%C3%B6%C3%9Fe%201.txt', 'ö'],
    ['a link to another file', '/inside.txt', ads],
    ["a file instead of the package's own", '/style.css', 'body { color: red }'],
    ['a file beside articles instead of one in public/', '/media/media.png', 'beside'],
    ['a file with the name of one beside articles', '/media.png', 'own'],
    ['a file that would be an article elsewhere', '/news.md', seed('News')],
  ])('serves %s, at %s', async (_, path, text) => {
    const { status, body } = await get(path);
    expect([status, body.toString()]).toEqual([200, text]);
  });

  it.each([
    ...[...reserved.filter((path) => !/^(?:rss\.xml|robots\.txt|feed|healthz)$/.test(path)), ...leadingOut],
    ...['.git/config', '.env', '.well-known/.git/config', 'deep/.well-known/secret.txt'],
    ...['node_modules/secret.js', '../draft.html', '%2e%2e/draft.html', '..%2fdraft.html', 'deep/../.env'],
    ...['deep/%2e%2e/%2e%2e/draft.html', '..%5cdraft.html', 'ads.txt/', '/ads.txt', 'ads.txt%00', '%zz'],
    ...['.well-known', '.well-known/', '.well-known/../.env', '.well-known/%2e%2e/.env', 'deep', 'none.txt'],
    ...['public/ads.txt', 'draft.html', 'a.md', 'publication.yaml'],
  ])('has nothing at /%s', async (path) => {
    const { status, body } = await get(`/${path}`);
    expect([status, body.includes('Secret')]).toEqual([404, false]);
  });

  it.each(['/rss.xml', '/robots.txt', '/feed', '/healthz', '/'])('serves its own document at %s', async (path) => {
    const { status, body } = await get(path);
    expect([status, body.includes('Secret')]).toEqual([200, false]);
  });

  it('has no articles from public/', async () => {
    const { items } = JSON.parse((await get('/feed.json')).body.toString());
    expect(items.map(({ title }: { title: string }) => title)).toEqual(['A']);
  });

  it.each(['public/google1234.html', 'public/.well-known/new.txt', 'public/new/page.html'])(
    'shows changes of %s immediately and reloads open pages',
    async (path) => {
      const address = path.slice('public'.length);
      const text = async () => (await get(address)).body.toString();
      const shown = async () =>
        /since=([\w-]+)/.exec((await get('/', { 'Sec-Fetch-Dest': 'document' })).body.toString())?.[1];
      const before = await shown();
      expect(before).toBeDefined();
      writeFiles(dir, { [path]: 'anew' });
      expect(await text()).toBe('anew');
      await expect.poll(() => changed.at(-1), soon).toBe(`${path} ${path.includes('google') ? 'changed' : 'added'}`);
      expect(await shown()).not.toBe(before);
      writeFiles(dir, { [path]: 'once more' });
      expect(await text()).toBe('once more');
      await expect.poll(() => changed.at(-1), soon).toBe(`${path} changed`);
      rmSync(join(dir, path));
      expect((await get(address)).status).toBe(404);
      await expect.poll(() => changed.at(-1), soon).toBe(`${path} deleted`);
    },
  );

  it('serves the file of the package again after its replacement is deleted', async () => {
    rmSync(join(dir, 'public/style.css'));
    expect((await get('/style.css')).body.toString()).toContain('--paper');
  });
});

describe('dateline serve', () => {
  it('reports a change in one line', async () => {
    const folder = makeFolder({ 'a.md': seed('A'), 'public/b.txt': seed('B'), 'public/c.md': 'no article' });
    const served = await startServe([folder]);
    expect(served.output.stdout).toContain(`${folder}: 1 article, 0 errors\n`);
    const before = served.output.stdout.length;
    writeFiles(folder, { 'public/ads.txt': ads });
    await expect
      .poll(() => served.output.stdout.slice(before), { timeout: 30_000 })
      .toMatch(/^\d\d:\d\d:\d\d {2}public\/ads\.txt added\n$/);
    expect(await served.stop()).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('dateline check', () => {
  it('warns about files that are not served, and only about them', async () => {
    const { stdout } = await dateline(['check', dir, '--format', 'json']);
    const problems: readonly { file: string; code: string; message: string }[] = JSON.parse(stdout);
    const others = ['unfixed-id', 'unread-file', 'unreadable'];
    expect(problems.filter(({ code }) => code === 'unreadable').map(({ file }) => file)).toEqual([
      join(dir, 'public/outer'),
    ]);
    const found = problems.filter(({ code }) => !others.includes(code));
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(['unserved-file']));
    const filesWith = (words: string) =>
      found
        .filter(({ message }) => message.includes(words))
        .map(({ file }) => file.slice(`${dir}/public/`.length))
        .sort();
    expect(filesWith('the site itself answers')).toEqual(reserved);
    // Nothing inside a folder that leads out is listed.
    const leading = leadingOut.filter((path) => !path.startsWith('outer/'));
    expect(filesWith('link to another place')).toEqual(leading);
    expect(found).toHaveLength(reserved.length + leading.length);
  });
});
