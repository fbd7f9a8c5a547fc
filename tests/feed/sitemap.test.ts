import { describe, expect, it } from 'vitest';
import { renderRobots, renderSitemap, renderSitemapIndex } from '../../src/feed/sitemap.ts';
import { publish } from '../../src/publication/memory.ts';
import { article, articles, site } from '../publication/articles.ts';
import { childrenOf, descendants, parseXml } from '../validators/tree.ts';
import { decode } from './pages.ts';

const now = '2026-03-10T12:00:00Z';
const uri = 'http://www.sitemaps.org/schemas/sitemap/0.9';

function read(bytes: Uint8Array): { root: string; locs: string[] } {
  const tree = parseXml(decode(bytes));
  const locs = [...descendants(tree)].filter((node) => node.local === 'loc' && node.uri === uri);
  return { root: tree.local, locs: locs.map((node) => node.text()) };
}

describe('the sitemap', () => {
  it('lists every page of a publication that has no archive, and no page of another site', async () => {
    const sources = [
      article({ slug: 'zoë', tags: ['News'], permalink: 'https://daily.example/articles/zo%C3%AB' }),
      article({ slug: 'elsewhere', permalink: 'https://other.example/elsewhere' }),
    ];
    const found = await renderSitemapIndex(publish(site, sources, now), {}, now);
    expect(found?.contentType).toBe('application/xml; charset=utf-8');
    expect(read(found?.bytes ?? new Uint8Array())).toEqual({
      root: 'urlset',
      locs: ['', 'tags/news', 'languages/en', 'articles/zo%C3%AB'].map((path) => site.url + path),
    });
  });

  it('has one list for each archive page; lists of full pages never change', async () => {
    const facts = { ...site, items: 3 };
    const [before, after] = [10, 11].map((count) => publish(facts, articles(count), now));
    if (before === undefined || after === undefined) throw new Error();
    const index = await renderSitemapIndex(before, {}, now);
    expect(read(index?.bytes ?? new Uint8Array())).toEqual({
      root: 'sitemapindex',
      locs: [1, 2, 3, 4].map((n) => `${site.url}archive/${n}/sitemap.xml`),
    });
    const lists = await Promise.all([1, 2, 3, 4].map((archive) => renderSitemap(before, { archive }, now)));
    const locs = lists.flatMap((list) => read(list?.bytes ?? new Uint8Array()).locs);
    const slugs = Array.from({ length: 10 }, (_, i) => String(i + 1).padStart(4, '0'));
    expect(locs.filter((loc) => /\/articles\//.test(loc)).map((loc) => loc.slice(-4))).toEqual(
      expect.arrayContaining(slugs),
    );
    for (const archive of [1, 2, 3]) {
      const [a, b] = await Promise.all([before, after].map((edition) => renderSitemap(edition, { archive }, now)));
      expect(b?.etag).toBe(a?.etag);
    }
  });

  it('states when an article last changed', async () => {
    const updated = '2026-03-02T10:00:00Z';
    const found = await renderSitemap(publish(site, [article({ updated })], now), {}, now);
    const tree = parseXml(decode(found?.bytes ?? new Uint8Array()));
    const dates = childrenOf(tree, 'url', uri).flatMap((node) => childrenOf(node, 'lastmod', uri));
    expect(dates.map((node) => node.text())).toEqual([updated]);
  });
});

describe('robots.txt', () => {
  it('forbids nothing and names the sitemap', async () => {
    const { bytes, contentType } = await renderRobots({ site });
    expect(contentType).toBe('text/plain; charset=utf-8');
    expect(decode(bytes)).toBe('User-agent: *\nAllow: /\n\nSitemap: https://daily.example/sitemap.xml\n');
  });
});
