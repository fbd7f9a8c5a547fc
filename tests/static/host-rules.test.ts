import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formats } from '../../src/feed/formats.ts';
import { Draft } from '../../src/node/build/draft/draft.ts';
import { writeHostRules } from '../../src/node/build/static/host-rules.ts';
import { plainSite } from '../feed/plain-samples.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { buildSite, ownFiles, served } from './site.ts';

let folder: string;
let runtime: Miniflare;
let url: URL;

// The code that serves static files on Cloudflare, without a worker of ours.
beforeAll(async () => {
  folder = await buildSite();
  runtime = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      name: 'static',
      modules: true,
      script: 'export default { fetch: () => new Response("no file", { status: 404 }) }',
      compatibilityDate: '2026-10-20',
      assets: {
        directory: folder,
        routerConfig: { has_user_worker: true },
      },
    }),
  );
  url = await runtime.ready;
});
afterAll(() => runtime?.dispose());

describe('the rules for a static host', () => {
  it('have one rule for each path and header', () => {
    const text = readFileSync(join(folder, '_headers'), 'utf8');
    const paths = text.split('\n').filter((line) => line.startsWith('/'));
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.length).toBeLessThanOrEqual(100);
  });

  it('redirect moved addresses and answer guesses, and have no rule for what is gone', () => {
    const lines = readFileSync(join(folder, '_redirects'), 'utf8').trimEnd().split('\n');
    expect(lines).toEqual([
      '/2019/hello/ /articles/0001 301',
      '/old https://elsewhere.example/ 301',
      ...formats.flatMap(({ file, aliases }) => aliases.map((alias) => `${alias} /${file} 200`)),
      '/rss.xml/below /articles/below 301',
      '/2019/03/program.php /articles/program 301',
      '/2019/page.html /articles/page 301',
      '/2019/03/gr%C3%B6%C3%9Fe/ /articles/moved 301',
    ]);
    for (const { file } of formats) expect(existsSync(join(folder, file))).toBe(true);
  });

  it('let Cloudflare serve a page with the reason in place of a withdrawn article', async () => {
    const response = await fetch(new URL('/articles/withdrawn', url));
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/<meta name="robots" content="noindex">[\s\S]*It was made up\./);
  });

  it.each(served)('let Cloudflare serve %s as %s', async (path, type) => {
    const response = await fetch(new URL(path, url));
    expect({ status: response.status, type: response.headers.get('Content-Type') }).toEqual({
      status: 200,
      type,
    });
    if (!type.startsWith('text/html'))
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'x-content-type-options': 'nosniff',
        'cache-control': 'public, max-age=1800',
      });
    await response.arrayBuffer();
  });

  it.each(['/', '/articles/0001', '/archive/1', '/subscribe'])('give the page %s a Referrer-Policy', async (path) => {
    const response = await fetch(new URL(path, url));
    expect([response.status, response.headers.get('Referrer-Policy')]).toEqual([
      200,
      'strict-origin-when-cross-origin',
    ]);
    await response.arrayBuffer();
  });

  it.each(ownFiles)('let Cloudflare serve %s as it is', async (path, type) => {
    const response = await fetch(new URL(path, url));
    expect([response.status, await response.text()]).toEqual([200, 'own']);
    expect(response.headers.get('Content-Type')).toMatch(type);
  });

  it.each(formats.map(({ file }) => file))('let Cloudflare name itself and the hub with /%s', async (file) => {
    const response = await fetch(new URL(file, url));
    expect(response.headers.get('Link')).toBe(
      `<https://daily.example/${file}>; rel="self", <https://hub.example/?a=1,2>; rel="hub"`,
    );
    await response.arrayBuffer();
    const below = await fetch(new URL(`archive/1/${file}`, url));
    expect(below.headers.has('Link')).toBe(false);
    await below.arrayBuffer();
  });

  it.each(formats.flatMap(({ file, aliases }) => aliases.map((alias) => [alias, file] as const)))(
    'let Cloudflare answer the guess %s with %s',
    async (alias, file) => {
      const response = await fetch(new URL(alias, url), { redirect: 'manual' });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe(readFileSync(join(folder, file), 'utf8'));
    },
  );

  it.each([
    ['/2019/hello/', '/articles/0001'],
    ['/old', 'https://elsewhere.example/'],
    ['/2019/03/gr%C3%B6%C3%9Fe/', '/articles/moved'],
    ['/2019/page.html', '/articles/page'],
  ])('let Cloudflare redirect %s to %s', async (from, to) => {
    const response = await fetch(new URL(from, url), { redirect: 'manual' });
    expect({ status: response.status, to: response.headers.get('Location') }).toEqual({ status: 301, to });
  });

  it.each([
    ['2019/03/größe/index.html', 'moved', 'Moved &amp; &lt;on&gt;'],
    ['2019/page.html', 'page', 'Page'],
    ['2019/03/program.php/index.html', 'program', 'Program'],
  ])('are spared a host that reads none by a page at %s', (file, slug, title) => {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(`<link rel="canonical" href="https://daily.example/articles/${slug}">`);
    expect(text).toContain(`<meta http-equiv="refresh" content="0; url=/articles/${slug}">`);
    expect(text).toContain(`<a href="/articles/${slug}">${title}</a>`);
    expect(existsSync(join(folder, `articles/${slug}.html`))).toBe(true);
  });

  it.each([
    ['archive/7.html', '/'],
    ['languages/en/archive/7.html', '/languages/en'],
  ])('are spared while an archive page is not full by a page at %s', async (file, to) => {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(`<link rel="canonical" href="https://daily.example${to}">`);
    expect(text).toContain(`<meta http-equiv="refresh" content="0; url=${to}">`);
    expect((await fetch(new URL(to, url))).status).toBe(200);
  });

  it('and such pages replace nothing and exist nowhere else', () => {
    const isMoved = (file: string) => readFileSync(join(folder, file), 'utf8').includes('http-equiv="refresh"');
    const moved = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.html') && isMoved(file),
    );
    expect(moved.sort()).toEqual([
      '2019/03/größe/index.html',
      '2019/03/program.php/index.html',
      '2019/page.html',
      'archive/7.html',
      'languages/en/archive/7.html',
    ]);
    expect(existsSync(join(folder, '../above'))).toBe(false);
  });

  it('let the own files run no script on hosts that read rules, and the pages theirs', async () => {
    const policyAt = async (path: string) =>
      (await fetch(new URL(path, url), { redirect: 'manual' })).headers.get('Content-Security-Policy');
    const none = "script-src 'none'";
    expect([await policyAt('/page'), await policyAt('/2019/own'), await policyAt('/archive/deep/own')]).toEqual([
      none,
      none,
      none,
    ]);
    expect(await policyAt('/2019/data.xml')).toBe(none);
    expect(await policyAt('/media/mark.svg')).toMatch(/sandbox$/);
    expect(await policyAt('/media/MARK.SVG')).toMatch(/sandbox$/);
    for (const path of ['/', '/articles/0001', '/archive/1', '/subscribe']) expect(await policyAt(path)).toBeNull();
  });

  it('let no page run a script if there are more own files than hosts read rules', async () => {
    const place = makeFolder();
    const own = Array.from({ length: 100 }, (_, i) => `${i}.html`);
    await writeHostRules(plainSite, new Draft(place, place), own, []);
    expect(readFileSync(join(place, '_headers'), 'utf8')).toMatch(
      /\n\/\*\n {2}Content-Security-Policy: script-src 'none'\n$/,
    );
  });

  it('stay within the limits of hosts, with the newest articles first', async () => {
    const moved = Array.from(
      { length: 3000 },
      (_, i) => [`/2019/${i}/`, `https://daily.example/articles/${i}`] as const,
    );
    const long = [`/${'x'.repeat(1000)}`, 'https://daily.example/articles/long'] as const;
    const place = makeFolder();
    await writeHostRules(
      { ...plainSite, url: 'https://daily.example/' },
      new Draft(place, place),
      [],
      [long, ...moved],
    );
    const lines = readFileSync(join(place, '_redirects'), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(2000);
    expect(lines).toContain('/2019/0/ /articles/0 301');
    expect(lines.some((line) => line.length > 1000)).toBe(false);
  });
});
