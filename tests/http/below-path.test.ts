import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basePath, withoutBase } from '../../src/http/below-path.ts';
import { png } from '../node/pictures.ts';
import { makeFolder, manySeeds } from '../node/temporary-folder.ts';
import { type Target, targetsOfStep } from './targets.ts';

const files = {
  ...manySeeds(5),
  'publication.yaml': 'url: https://bay.example/news/\nitems: 2\nredirects:\n  /old: /articles/0001\n  /away: gone\n',
  'pier.png': png(2, 1),
  '0009.md': '# Pier\n\n2025-03-01\n\n![The pier](pier.png)\n',
};

describe.each(Object.entries(targetsOfStep))('a site whose address has a path: %s', (name, start) => {
  let target: Target;
  beforeAll(async () => {
    target = await start(makeFolder(files));
  });
  afterAll(() => target?.close());

  const hasFiles = name !== 'the app in memory';
  const paths = ['', 'rss.xml', 'atom.xml', 'feed.json', 'archive/1', 'articles/0003', 'feeds.opml', 'sitemap.xml'];
  it.each([...paths, 'healthz', 'away', 'nothing', ...(hasFiles ? ['media/pier.png', 'style.css'] : [])])(
    'answers /news/%s as it answers /%s behind a proxy that removes the path',
    async (path) => {
      const [below, direct] = [await target.request(`/news/${path}`), await target.request(`/${path}`)];
      expect({ ...below, body: below.body.toString('latin1') }).toEqual({
        ...direct,
        body: direct.body.toString('latin1'),
      });
      expect(below.status).toBe({ away: 410, nothing: 404 }[path] ?? 200);
    },
  );

  it('answers 304 below the path', async () => {
    const { headers } = await target.request('/news/rss.xml');
    const { status } = await target.request('/news/rss.xml', { headers: { 'If-None-Match': headers.etag ?? '' } });
    expect(status).toBe(304);
  });

  it.each([
    ['/news', '/news/'],
    ['/news?x=1', '/news/?x=1'],
    ['/news/old', '/news/articles/0001'],
    ['/news/feed', '/news/rss.xml'],
  ])('leads from %s to %s', async (from, to) => {
    const { status, headers } = await target.request(from);
    const place = headers.location ?? headers['content-location'] ?? '';
    expect(new URL(place, `https://bay.example${from}`).href).toBe(`https://bay.example${to}`);
    expect(from === '/news/feed' ? 200 : 301).toBe(status);
  });

  it('links to its own pages from a page below the path', async () => {
    const { body } = await target.request('/news/articles/nothing');
    const [, home = ''] = /<a href="([^"]+)">[^<]*<\/a>/.exec(body.toString().replace(/<a class="skip".*/, '')) ?? [];
    expect(new URL(home, 'https://bay.example/news/articles/nothing').pathname).toBe('/news/');
  });
});

it('keeps a path that is not below it', () => {
  expect(basePath('https://bay.example/news/')).toBe('/news/');
  expect(['/newsroom', '/rss.xml', '/news/a'].map((path) => withoutBase(path, '/news/'))).toEqual([
    ...['/newsroom', '/rss.xml', '/a'],
  ]);
  expect(withoutBase('/rss.xml', '/')).toBe('/rss.xml');
});
