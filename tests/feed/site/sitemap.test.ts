import { describe, expect, it } from 'vitest';
import type { WrittenDocument } from '../../../src/feed/document.ts';
import { writeRobots, writeSitemap, writeSitemapIndex } from '../../../src/feed/site/sitemap.ts';
import { publish } from '../../../src/publication/memory.ts';
import { article, articles, site } from '../../publication/articles.ts';
import { childrenOf, descendants, parseXml } from '../../validators/tree.ts';

const now = '2026-03-10T12:00:00Z';
const uri = 'http://www.sitemaps.org/schemas/sitemap/0.9';

function read({ source = '' }: Partial<WrittenDocument> = {}): { root: string; locs: string[] } {
  const tree = parseXml(String(source));
  const locs = [...descendants(tree)].filter((node) => node.local === 'loc' && node.uri === uri);
  return { root: tree.local, locs: locs.map((node) => node.text()) };
}

describe('the sitemap', () => {
  it('lists every page of a publication that has no archive, and no page of another site', async () => {
    const sources = [
      article({ slug: 'zoë', tags: ['News'], permalink: 'https://daily.example/articles/zo%C3%AB' }),
      article({ slug: 'elsewhere', permalink: 'https://other.example/elsewhere' }),
    ];
    const found = await writeSitemapIndex(publish(site, sources, now), {}, now);
    expect(found?.contentType).toBe('application/xml; charset=utf-8');
    expect(read(found)).toEqual({
      root: 'urlset',
      locs: ['', 'tags/news', 'languages/en', 'articles/zo%C3%AB'].map((path) => site.url + path),
    });
  });

  it('has one list for each archive page; lists of full pages never change', async () => {
    const facts = { ...site, items: 3 };
    const [before, after] = [10, 11].map((count) => publish(facts, articles(count), now));
    if (before === undefined || after === undefined) throw new Error();
    const index = await writeSitemapIndex(before, {}, now);
    expect(read(index)).toEqual({
      root: 'sitemapindex',
      locs: [1, 2, 3, 4].map((n) => `${site.url}archive/${n}/sitemap.xml`),
    });
    const lists = await Promise.all([1, 2, 3, 4].map((archive) => writeSitemap(before, { archive }, now)));
    const locs = lists.flatMap((list) => read(list).locs);
    const slugs = Array.from({ length: 10 }, (_, i) => String(i + 1).padStart(4, '0'));
    expect(locs.filter((loc) => /\/articles\//.test(loc)).map((loc) => loc.slice(-4))).toEqual(
      expect.arrayContaining(slugs),
    );
    for (const archive of [1, 2, 3]) {
      const [a, b] = await Promise.all([before, after].map((edition) => writeSitemap(edition, { archive }, now)));
      expect(b?.source).toBe(a?.source);
    }
  });

  it('states when an article last changed', async () => {
    const updated = '2026-03-02T10:00:00Z';
    const found = await writeSitemap(publish(site, [article({ updated })], now), {}, now);
    const tree = parseXml(String(found?.source));
    const dates = childrenOf(tree, 'url', uri).flatMap((node) => childrenOf(node, 'lastmod', uri));
    expect(dates.map((node) => node.text())).toEqual([updated]);
  });
});

describe('robots.txt', () => {
  it('forbids nothing and names the sitemap', async () => {
    const { source, contentType } = await writeRobots({ site });
    expect(contentType).toBe('text/plain; charset=utf-8');
    expect(source).toBe('User-agent: *\nAllow: /\n\nSitemap: https://daily.example/sitemap.xml\n');
  });
});
