import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formats } from '../../src/feed/formats.ts';
import { buildSite, served } from './site.ts';

let folder: string;
let runtime: Miniflare;
let url: URL;

// The code that serves static files on Cloudflare, as it is, with nothing of ours in front of it.
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

  it('send moved addresses on and answer guesses, and say nothing of what is gone', () => {
    const lines = readFileSync(join(folder, '_redirects'), 'utf8').trimEnd().split('\n');
    expect(lines).toEqual([
      '/2019/hello/ /articles/0001 301',
      '/old https://elsewhere.example/ 301',
      ...formats.flatMap(({ file, aliases }) => aliases.map((alias) => `${alias} /${file} 200`)),
    ]);
    for (const { file } of formats) expect(existsSync(join(folder, file))).toBe(true);
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

  it.each(formats.map(({ file }) => file))(
    'let Cloudflare name itself and the hub with /%s',
    async (file) => {
      const response = await fetch(new URL(file, url));
      expect(response.headers.get('Link')).toBe(
        `<https://daily.example/${file}>; rel="self", <https://hub.example/?a=1,2>; rel="hub"`,
      );
      await response.arrayBuffer();
      const below = await fetch(new URL(`archive/1/${file}`, url));
      expect(below.headers.has('Link')).toBe(false);
      await below.arrayBuffer();
    },
  );

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
  ])('let Cloudflare redirect %s to %s', async (from, to) => {
    const response = await fetch(new URL(from, url), { redirect: 'manual' });
    expect({ status: response.status, to: response.headers.get('Location') }).toEqual({ status: 301, to });
  });
});
