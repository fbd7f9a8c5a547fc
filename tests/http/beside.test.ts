/** A publication beside a site has feeds, and no pages of its own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../node/temporary-folder.ts';
import { type Target, targetsOfStep } from './targets.ts';

const folder = {
  'publication.yaml': `title: Daily
url: https://feeds.daily.example/
site: https://daily.example/blog/
id: "tag:daily.example,2026:"
permalink: /posts/:path/
generator: hugo
ids: address
pages: false
redirects: {/before: /after/}
`,
  'Hello There.md':
    '---\ntitle: Hello\ndate: 2026-02-01\naliases: [/old/, older]\ntags: [A]\n---\nText. [On](../next/)\n',
  'next/index.md': '---\ntitle: Next\ndate: 2026-02-02\nslug: Own One\n---\nText.\n',
  'moved.md': '---\ntitle: Moved\ndate: 2026-02-03\nurl: /some/where\nredirect_from: /posts/hello-there/\n---\nText.\n',
};
const hello = 'https://daily.example/blog/posts/hello-there/';

describe.each(Object.entries(targetsOfStep))('%s', (_, start) => {
  let target: Target;
  beforeAll(async () => {
    target = await start(makeFolder(folder));
  });
  afterAll(() => target?.close());

  it('links items to the pages of the site, under the ids of its feed', async () => {
    const { status, body: text } = await target.request('/feed.json');
    expect(status).toBe(200);
    const { home_page_url, feed_url, items } = JSON.parse(String(text));
    expect([home_page_url, feed_url]).toEqual(['https://daily.example/blog/', 'https://feeds.daily.example/feed.json']);
    expect(items.map(({ id, url }: Record<string, string>) => [id, url])).toEqual(
      ['some/where/', 'posts/own-one/', 'posts/hello-there/'].map((path) => [
        `https://daily.example/blog/${path}`,
        `https://daily.example/blog/${path}`,
      ]),
    );
    expect(items[2].content_html).toContain('href="https://daily.example/blog/posts/next/"');
  });

  it.each(['/rss.xml', '/atom.xml', '/tags/a/rss.xml', '/feeds.opml'])(
    'names no page of its own in %s',
    async (path) => {
      const { status, body: text } = await target.request(path);
      expect(status).toBe(200);
      expect(String(text)).not.toMatch(/feeds\.daily\.example\/(?:["<]|articles|subscribe|tags\/a["<])/);
      expect(String(text)).toContain('https://daily.example/blog/');
    },
  );

  it.each([
    ['/old/', 301, hello],
    ['/posts/older', 301, hello],
    ['/posts/hello-there/', 301, 'https://daily.example/blog/some/where/'],
    ['/before', 301, 'https://daily.example/blog/after/'],
    ['/', 302, 'https://daily.example/blog/'],
    ['/articles/hello-there', 302, hello],
  ])('sends %s on with %i to %s', async (path, status, location) => {
    expect(await target.request(path)).toMatchObject({ status, headers: { location } });
  });

  it.each(['/subscribe', '/sitemap.xml', '/robots.txt', '/tags/a', '/archive/1', '/articles/none', '/none'])(
    'has no page at %s',
    async (path) => {
      const { status, headers } = await target.request(path);
      expect([status, headers['content-type']]).toEqual([404, 'text/plain; charset=utf-8']);
    },
  );
});
