/** Publications of every shape; each document must pass the validators and state what its page states. */
import { beforeAll, describe, expect, test } from 'vitest';
import { formats } from '../../src/feed/formats.ts';
import type { PageAddress } from '../../src/publication/addresses/address.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { lintJsonFeed } from '../validators/json-feed.ts';
import { lintRss } from '../validators/rss.ts';
import { lintAtom } from '../validators/xml.ts';
import { articlesOf, everyKindAndMedia, pageOf, plainSite, podcastSite, richSite, seedText } from './pages.ts';
import { read, readingOf } from './readings.ts';

const lint = { rss: lintRss, atom: lintAtom, json: lintJsonFeed };

const sites: Readonly<Record<string, Site>> = {
  'that sets nothing': plainSite,
  'that sets everything': richSite,
  'with summaries only': { ...richSite, content: 'summary' },
  'with an author without mail': { ...plainSite, authors: [{ name: 'Bo' }] },
  'with several authors': {
    ...plainSite,
    authors: [{ name: 'Ann', email: 'ann@example.org' }, { name: 'Bo' }],
  },
  'in another language': { ...plainSite, language: 'zh-Hant-TW' },
  'with a hub': { ...plainSite, hub: 'https://hub.example.net/' },
  'with a picture in PNG': { ...plainSite, icon: 'https://example.org/icon.png' },
  'with a picture in SVG': { ...plainSite, icon: 'https://example.org/icon.svg?v=.png' },
  'with a copyright': { ...plainSite, copyright: '© 2024 <Ann> & Bo' },
  'that is a podcast': podcastSite,
  'written from right to left': { ...podcastSite, language: 'ar', content: 'summary' },
  'below a path': { ...plainSite, url: 'https://example.org/a/b%20c/' },
};

interface Shape {
  readonly count: number;
  readonly address?: PageAddress;
  /** How many of them are due, if not all. */
  readonly due?: number;
  /** The number of articles on the page, and the numbers of the archive pages before and after it. */
  readonly page: readonly [articles: number, older?: number | undefined, newer?: number];
}
const shapes: Readonly<Record<string, Shape>> = {
  'no article': { count: 0, page: [0] },
  'one article': { count: 1, page: [1] },
  '50 articles': { count: 50, page: [40, 1] },
  '121 articles': { count: 121, page: [40, 3] },
  '121 articles, the first archive page': { count: 121, address: { archive: 1 }, page: [40, undefined, 2] },
  '121 articles, a middle archive page': { count: 121, address: { archive: 2 }, page: [40, 1, 3] },
  '121 articles, the last archive page': { count: 121, address: { archive: 3 }, page: [40, 2, 4] },
  '100 articles and 21 to come': { count: 121, due: 100, page: [40, 2] },
  'one article to come': { count: 1, due: 0, page: [0] },
};

/** Each shape with everything set, each site with many articles and with one. */
const rows = [
  ...Object.keys(shapes).map((shape) => ({ shape, site: 'that sets everything' })),
  ...Object.keys(sites).flatMap((site) => ['one article', '121 articles'].map((shape) => ({ shape, site }))),
];

const cases = rows.map(({ shape, site }) => {
  const { count, address, due = count, page } = shapes[shape] as Shape;
  const now = new Date(Date.UTC(2024, 0, 1, due) - 1000).toISOString().replace('.000', '');
  const made = pageOf({ ...(sites[site] as Site), items: 40 }, articlesOf(count, everyKindAndMedia), address, now);
  return { shape, site, page: made, promised: page };
});

const texts = new Map<string, readonly string[]>();
const found = new Map<string, readonly string[][]>();
beforeAll(async () => {
  for (const { name } of formats) {
    const all = await Promise.all(cases.map(async ({ page }) => seedText(await page, name)));
    texts.set(name, all);
    found.set(name, await Promise.all(all.map((text) => lint[name](text))));
  }
});

describe.each(cases.map((one, index) => ({ ...one, index })))(
  'of $shape, from a publication $site',
  ({ page, promised, index }) => {
    test('the page has the expected articles', async () => {
      const { articles, olderArchive, newerArchive } = await page;
      expect([articles.length, olderArchive, newerArchive]).toEqual(Object.assign(Array(3).fill(undefined), promised));
    });

    test.each(formats)('the $label document is valid and complete', async ({ name }) => {
      expect(found.get(name)?.[index]).toEqual([]);
      expect(read(name, texts.get(name)?.[index] ?? '')).toEqual(readingOf(await page, name));
    });
  },
);
