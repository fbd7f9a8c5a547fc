/** A site that moved here with its domain redirects the old addresses of its articles. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../node/temporary-folder.ts';
import { descendants, parseXml } from '../validators/tree.ts';
import { type Target, targetsOfStep } from './targets.ts';

const told = (title: string, url: string, date = '2023-05-02') =>
  `---\ntitle: ${title}\ndate: ${date}\nurl: ${url}\n---\n\nIt [happened](#a).\n\n## A\n`;
const folder = {
  'publication.yaml':
    'url: https://wp.example/blog/\nredirects:\n  /2023/05/said/: /articles/own\n  /2023/05/gone: gone\n',
  'own.md': told('Own', 'https://wp.example/blog/articles/own'),
  'p20.md': told('P20', 'https://wp.example/blog/2023/05/p20/'),
  'größe.md': told('Größe', 'https://wp.example/blog/2023/05/größe.html#more'),
  'space.md': told('Space', 'https://wp.example/blog/a%20b%7c/'),
  'first.md': told('First', 'https://wp.example/blog/shared', '2023-05-01'),
  'second.md': `---\nid: urn:x:2\n${told('Second', 'https://wp.example/blog/shared').slice(4)}`,
  'said.md': told('Said', 'https://wp.example/blog/2023/05/said'),
  'gone.md': told('Gone', 'https://wp.example/blog/2023/05/gone'),
  'feed.md': told('Feed', 'https://wp.example/blog/feed/'),
  'other.md': told('Other', 'https://wp.example/blog/articles/p20'),
  'renamed.md': told('Renamed', 'https://wp.example/blog/articles/before'),
  'style.md': told('Style', 'https://wp.example/blog/style.css'),
  'query.md': told('Query', 'https://wp.example/blog/post?p=12'),
  'home.md': told('Home', 'https://wp.example/blog/?p=1'),
  'above.md': told('Above', 'https://wp.example/above/'),
  'plain.md': told('Plain', 'http://wp.example/blog/plain/'),
  'www.md': told('WWW', 'https://www.wp.example/blog/www/'),
  'encoded.md': told('Encoded', 'https://wp.example/blog/a%2Fb%25c'),
  'ahead.md': told('Ahead', 'https://wp.example/blog/2099/ahead/', '2099-01-01'),
};
const page = (slug: string) => `https://wp.example/blog/articles/${slug}`;

describe.each(Object.entries(targetsOfStep))('%s', (name, start) => {
  let target: Target;
  beforeAll(async () => {
    target = await start(makeFolder(folder));
  });
  afterAll(() => target?.close());

  it.each([
    ['/2023/05/p20/', 'p20'],
    ['/2023/05/p20', 'p20'],
    ['/2023/05/p20/?utm_source=x', 'p20'],
    ['/2023/05/gr%C3%B6%C3%9Fe.html', 'gr%C3%B6%C3%9Fe'],
    ['/2023/05/gr%c3%b6%c3%9fe.html', 'gr%C3%B6%C3%9Fe'],
    ['/a%20b%7C', 'space'],
    ['/a%2fb%25c', 'encoded'],
    ['/shared', 'first'],
    ['/articles/before', 'renamed'],
    ['/2023/05/said/', 'own'],
  ])('sends %s on to the page of %s', async (path, slug) => {
    const answer = await target.request(path);
    expect(answer).toMatchObject({ status: 301, headers: { location: page(slug) } });
    const { status, headers } = await target.request(path, { method: 'HEAD' });
    expect({ status, headers }).toEqual({ status: 301, headers: answer.headers });
    expect((await target.request(new URL(page(slug)).pathname.slice('/blog'.length))).status).toBe(200);
  });

  it.each<[string, number]>([
    ['/articles/own', 200],
    ['/articles/p20', 200],
    ['/feed/', 200],
    ['/', 200],
    ['/2023/05/gone', 410],
    ...['/2023/05/p20/feed', '/2023/05/P20', '/2023//05/p20', '/post', '/above/', '/plain/', '/www/'].map(
      (path): [string, number] => [path, 404],
    ),
    ['/2099/ahead/', 404],
    ['/a/b%25c', 404],
    ['/a%252Fb%25c', 404],
    ['/toString', 404],
  ])('has its own answer at %s: %s', async (path, status) => {
    expect((await target.request(path)).status).toBe(status);
  });

  it.skipIf(name === 'the app in memory')('prefers a file to a redirect', async () => {
    expect((await target.request('/style.css')).status).toBe(200);
  });

  it('has the page itself as canonical, and mentions no original site', async () => {
    const { body } = await target.request('/articles/p20');
    expect(body.toString()).toContain(`<link rel="canonical" href="${page('p20')}">`);
    expect(body.toString()).toContain(`<meta property="og:url" content="${page('p20')}">`);
    expect(body.toString()).toContain(`"mainEntityOfPage":"${page('p20')}"`);
    expect(body.toString()).toContain('href="#p20--a"');
    // Only its microformat does, like the feeds.
    expect(body.toString().replace(/<data class="u-url"[^>]*>/, '')).not.toContain('/2023/05/p20');
    const above = await target.request('/articles/above');
    expect(above.body.toString()).toContain('<link rel="canonical" href="https://wp.example/above/">');
    expect(above.body.toString()).toContain('<a class="u-url" href="https://wp.example/above/">wp.example</a>');
  });

  it('lists it in the sitemap, and keeps its address and id in feeds', async () => {
    const sitemap = parseXml((await target.request('/sitemap.xml')).body.toString());
    const locs = [...descendants(sitemap)].filter(({ local }) => local === 'loc').map((loc) => loc.text());
    expect(locs).toContain(page('p20'));
    expect(locs).not.toContain(page('above'));
    expect(locs.filter((loc) => loc.includes('/2023/'))).toEqual([]);
    const { items } = JSON.parse((await target.request('/feed.json')).body.toString());
    const was = 'https://wp.example/blog/2023/05/p20/';
    expect(items).toContainEqual(expect.objectContaining({ title: 'P20', id: was, url: was }));
  });
});
