/** A document is a pure function of its page: the same bytes and entity-tag wherever and whenever it is rendered. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Article, Picture } from '../../src/article/article.ts';
import type { Episode } from '../../src/article/media/episode.ts';
import { type RenderedDocument, renderFeed } from '../../src/feed/document.ts';
import { type Format, formats } from '../../src/feed/formats.ts';
import type { Page } from '../../src/publication/page.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { propertyRuns } from '../effort.ts';
import { hostilePage } from './hostile-text.ts';
import {
  goldenPages,
  mediaArticles,
  pageOf,
  plainArticle,
  plainSite,
  podcastSite,
  richArticles,
  richPage,
  richPublication,
  richSite,
  seedText,
} from './pages.ts';

afterEach(() => {
  vi.useRealTimers();
});

test("does not depend on the machine's time zone and locale", async () => {
  const script = fileURLToPath(new URL('render-goldens.ts', import.meta.url));
  const surroundings = [
    { TZ: 'UTC', LC_ALL: 'C' },
    { TZ: 'Pacific/Apia', LC_ALL: 'ar_EG.UTF-8', LANG: 'ar_EG.UTF-8' },
    { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
  ];
  const outputs = await Promise.all(
    surroundings.map(async (env) => (await promisify(execFile)(process.execPath, [script], { env })).stdout),
  );
  expect(outputs[0]?.split('\n')).toHaveLength(Object.keys(goldenPages).length * formats.length + 1);
  expect(new Set(outputs).size).toBe(1);
  for (const format of formats) {
    expect(outputs[0]).toContain(`current ${format.file} ${(await renderFeed(await richPage, format)).etag} `);
  }
});

describe.each(formats)('a $label document', (format) => {
  test.each(Object.entries(goldenPages))('of the page "%s" does not change with the clock', async (_, page) => {
    const rendered: RenderedDocument[] = [];
    for (const time of ['1999-12-31T23:59:59Z', '2024-02-29T12:00:00Z', '2099-01-01T00:00:00Z']) {
      vi.useFakeTimers({ now: new Date(time), toFake: ['Date'] });
      rendered.push(await renderFeed(await page, format));
    }
    expect(rendered[1]).toEqual(rendered[0]);
    expect(rendered[2]).toEqual(rendered[0]);
  });

  test("does not depend on the order of the page's keys", async () => {
    const page = await richPage;
    expect(await renderFeed(reversed(page), format)).toEqual(await renderFeed(page, format));
  });

  test('does not modify the page', async () => {
    const page = deepFreeze(structuredClone(await richPage));
    expect(await renderFeed(page, format)).toEqual(await renderFeed(await richPage, format));
  });

  test('does not depend on earlier documents with the same articles', async () => {
    const page = structuredClone(await richPage);
    const { site, articles, address } = page;
    const others: Page[] = [
      {
        ...page,
        site: { ...site, authors: [{ name: 'Somebody else' }], language: 'fr', content: 'summary' },
      },
      { ...page, articles: articles.slice(1, 4).toReversed() },
      { ...page, address: { ...address, archive: 1 } },
      page,
    ];
    // Other pages first, then this one, and again in reverse order; all share the same objects.
    for (const one of [...others, ...others.toReversed()])
      expect(await renderFeed(one, format)).toEqual(await renderFeed(structuredClone(one), format));
  });

  test('has a weak entity-tag: the hash of its bytes and, in formats with deltas, a fingerprint of each article', async () => {
    const { bytes, etag } = await renderFeed(await richPage, format);
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 12);
    const [, whole, , sums = ''] = /^W\/"([\w-]{16})(\.([\w-]+))?"$/.exec(etag) ?? [];
    expect(whole).toBe(hash.toString('base64url'));
    expect(sums).toHaveLength(format.name === 'json' ? 0 : 4 * (await richPage).articles.length);
  });

  test('is dated by the newest change, even of an old article', async () => {
    const young = {
      ...plainArticle,
      slug: 'b',
      published: '2024-03-02T00:00:00Z',
      updated: '2024-03-02T00:00:00Z',
    };
    const page = await pageOf(plainSite, [{ ...plainArticle, updated: '2024-05-05T05:05:05Z' }, young]);
    expect((await renderFeed(page, format)).modified).toBe('2024-05-05T05:05:05Z');
    expect((await renderFeed(await pageOf(plainSite, []), format)).modified).toBe('1990-01-01T00:00:00Z');
  });

  test('states when it changes by itself', async () => {
    const ahead = {
      ...plainArticle,
      slug: 'b',
      published: '2030-01-01T00:00:00Z',
      updated: '2030-01-01T00:00:00Z',
    };
    const page = await pageOf(plainSite, [plainArticle, ahead]);
    expect(await renderFeed(page, format)).toMatchObject({
      until: '2030-01-01T00:00:00Z',
    });
    expect(await renderFeed(await richPage, format)).not.toHaveProperty('until');
  });
});

test('JSON Feed has its keys in the order of the specification', async () => {
  const feed: { items: object[] } = JSON.parse(await seedText(await richPage, 'json'));
  expect(Object.keys(feed).join(' ')).toBe(
    'version title home_page_url feed_url description next_url icon favicon authors language hubs items',
  );
  const keys = 'id url title content_html summary image date_published date_modified authors tags language attachments';
  const media: { items: object[] } = JSON.parse(await seedText(await pageOf(podcastSite, mediaArticles), 'json'));
  for (const item of [...feed.items, ...media.items]) {
    const order = Object.keys(item).map((key) => keys.split(' ').indexOf(key));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  }
});

type Edit = (page: Page) => Page;

/** An edit to one field of a page, the formats that show the field, and what the page needs first. */
type Change = readonly [field: string, shownIn: readonly Format['name'][], edit: Edit, before?: Edit];

const all: readonly Format['name'][] = ['rss', 'atom', 'json'];
const more = '~more';
const onSite =
  (change: (site: Site) => Partial<Site>): Edit =>
  (page) => ({ ...page, site: { ...page.site, ...change(page.site) } });
const onArticles =
  (change: (article: Article) => Partial<Article>): Edit =>
  (page) => ({ ...page, articles: page.articles.map((article) => ({ ...article, ...change(article) })) });
const later = (instant: string): string => new Date(Date.parse(instant) + 1000).toISOString().replace('.000', '');
const longer = (url = 'https://example.org/'): string => `${url.replace(/[?#].*/, '')}x`;
const ann = { name: 'Ann', email: 'ann@example.org', url: 'https://example.org/ann' };
const file = { url: 'https://example.org/a', type: 'audio/mpeg', length: 1, title: 'A' };
const withAuthor = (change: object = {}): Edit => onArticles(() => ({ authors: [{ ...ann, ...change }] }));
const withFile = (change: object = {}): Edit => onArticles(() => ({ enclosures: [{ ...file, ...change }] }));
const picture: Picture = { url: 'https://example.org/a.jpg', type: 'image/jpeg', width: 1, height: 1 };
const withPicture = (change: object = {}): Edit => onArticles(() => ({ image: { ...picture, ...change } }));
const spoken: Episode = {
  number: 1,
  season: 1,
  kind: 'full',
  explicit: false,
  participants: [{ name: 'Ann' }],
};
const withEpisode = (change: object = {}): Edit => onArticles(() => ({ episode: { ...spoken, ...change } }));
const withoutMedia: Edit = (page) => ({
  ...page,
  articles: page.articles.map(({ image: _, episode: __, ...article }) => article),
});
const withoutPlainIds: Edit = (page) => ({
  ...page,
  articles: page.articles.map(({ plainId: _, ...article }) => article),
});
const withContent: Edit = (page) =>
  onSite(() => ({ content: 'full' }))(onArticles(() => ({ content: '<p>Text</p>' }))(page));

const changes: readonly Change[] = [
  ['site.title', all, onSite(({ title }) => ({ title: title + more }))],
  ['site.description', all, onSite(({ description }) => ({ description: description + more }))],
  ['site.url', all, onSite(({ url }) => ({ url: `${url}x/` }))],
  ['site.language', all, onSite(() => ({ language: 'sv' }))],
  ['site.authors', ['atom', 'json'], onSite(({ authors }) => ({ authors: [...authors, ann] })), withAuthor()],
  [
    'site.authors for articles without any',
    all,
    onSite(() => ({ authors: [ann] })),
    onArticles(() => ({ authors: [] })),
  ],
  ['site.timezone', [], onSite(() => ({ timezone: 'Asia/Tokyo' }))],
  ['site.items', [], onSite(({ items }) => ({ items: items + 1 }))],
  ['site.content', all, onSite(() => ({ content: 'summary' })), withContent],
  ['site.ttl', ['rss'], onSite(({ ttl }) => ({ ttl: ttl + 1 }))],
  ['site.hub', all, onSite(({ hub }) => ({ hub: longer(hub) })), (page) => ({ ...page, address: {} })],
  ['site.icon', all, onSite(({ icon }) => ({ icon: `${longer(icon)}.png` }))],
  ['site.favicon', ['atom', 'json'], onSite(({ favicon }) => ({ favicon: longer(favicon) }))],
  ['site.copyright', ['rss', 'atom'], onSite(({ copyright = '' }) => ({ copyright: copyright + more }))],
  ['site.id', [], onSite(({ id }) => ({ id: id + more }))],
  ['site.redirects', [], onSite(() => ({ redirects: { '/old': 'gone' } }))],
  ['site.feedId', ['atom'], onSite(({ feedId }) => ({ feedId: feedId + more }))],
  ['address', all, (page) => ({ ...page, address: { archive: (page.address.archive ?? 0) + 1 } })],
  ['olderArchive', all, (page) => ({ ...page, olderArchive: (page.olderArchive ?? 0) + 1 })],
  ['newerArchive', ['rss', 'atom'], (page) => ({ ...page, newerArchive: (page.newerArchive ?? 0) + 1 })],
  ['until', [], (page) => ({ ...page, until: '2099-01-01T00:00:00Z' })],
  ['the number of articles', all, (page) => ({ ...page, articles: [...page.articles, plainArticle] })],
  [
    'the order of articles',
    all,
    (page) => ({ ...page, articles: page.articles.toReversed() }),
    (page) => ({ ...page, articles: [...page.articles, plainArticle] }),
  ],
  ['id', all, onArticles(({ id }) => ({ id: id + more })), withoutPlainIds],
  ['plainId', ['rss', 'json'], onArticles(() => ({ plainId: '42' }))],
  // The address of an episode's chapters is made of it.
  ['slug', [], onArticles(({ slug }) => ({ slug: slug + more })), withoutMedia],
  ['permalink', all, onArticles(({ permalink }) => ({ permalink: longer(permalink) }))],
  ['title', all, onArticles(({ title }) => ({ title: title + more }))],
  ['published', all, onArticles(({ published }) => ({ published: later(published) }))],
  ['updated', all, onArticles(({ updated }) => ({ updated: later(updated) }))],
  ['language', all, onArticles(() => ({ language: 'sv' }))],
  ['tags', all, onArticles(({ tags }) => ({ tags: [...tags, more] }))],
  ['summary', all, onArticles(({ summary }) => ({ summary: summary + more }))],
  ['content', all, onArticles(({ content }) => ({ content: content + more })), withContent],
  ['authors', all, onArticles(({ authors }) => ({ authors: [...authors, ann] })), withAuthor()],
  ["an author's name", all, withAuthor({ name: 'Bo' }), withAuthor()],
  ["an author's mail", ['rss', 'atom'], withAuthor({ email: 'bo@example.org' }), withAuthor()],
  ["an author's url", ['atom', 'json'], withAuthor({ url: 'https://example.org/bo' }), withAuthor()],
  ['enclosures', all, onArticles(() => ({ enclosures: [file, { ...file, url: longer(file.url) }] })), withFile()],
  ['an enclosure with the same url', ['atom', 'json'], onArticles(() => ({ enclosures: [file, file] })), withFile()],
  ["an enclosure's url", all, withFile({ url: 'https://example.org/b' }), withFile()],
  ["an enclosure's type", all, withFile({ type: 'audio/ogg' }), withFile()],
  ["an enclosure's length", all, withFile({ length: 2 }), withFile()],
  ["an enclosure's title", ['atom', 'json'], withFile({ title: 'B' }), withFile()],
  ["an enclosure's duration", ['rss', 'json'], withFile({ duration: 61 }), withFile()],
  ['extent', all, onArticles(() => ({ extent: 'summary' })), withContent],
  ['image', all, withPicture(), withoutMedia],
  ["a picture's url", all, withPicture({ url: 'https://example.org/b.jpg' }), withPicture()],
  ["a picture's type", ['rss', 'atom'], withPicture({ type: 'image/gif' }), withPicture()],
  ["a picture's width", ['rss', 'atom'], withPicture({ width: 2 }), withPicture()],
  ["a picture's height", ['rss', 'atom'], withPicture({ height: 2 }), withPicture()],
  ["a picture's alternative text", ['rss', 'atom'], withPicture({ alt: 'Fog' }), withPicture()],
  ["a picture's caption", ['rss', 'atom'], withPicture({ caption: 'Fog' }), withPicture()],
  ['episode', ['rss'], withEpisode({ number: 1 }), withoutMedia],
  ["an episode's number", ['rss'], withEpisode({ number: 4 }), withEpisode()],
  ["an episode's season", ['rss'], withEpisode({ season: 4 }), withEpisode()],
  ["an episode's kind", ['rss'], withEpisode({ kind: 'bonus' }), withEpisode()],
  ['whether an episode is explicit', ['rss'], withEpisode({ explicit: true }), withEpisode()],
  ["an episode's participants", ['rss'], withEpisode({ participants: [{ name: 'Bo' }] }), withEpisode()],
  ["a participant's role", ['rss'], withEpisode({ participants: [{ name: 'Ann', role: 'guest' }] }), withEpisode()],
  [
    "an episode's transcripts",
    ['rss'],
    withEpisode({ transcripts: [{ url: 'https://example.org/t.vtt', type: 'text/vtt' }] }),
    withEpisode(),
  ],
  ['site.podcast', ['rss'], onSite(() => ({ podcast: { categories: [], author: 'Zoë', guid: '0' } }))],
];

describe('the entity-tag changes with', () => {
  const rows = changes.map(([field, shownIn, edit, before = same]) => ({ field, shownIn, edit, before }));
  test.each(rows)('$field in $shownIn and nowhere else', ({ shownIn, edit, before }) =>
    fc.assert(
      fc.asyncProperty(hostilePage, async (page) => {
        const first = before(page);
        for (const format of formats) {
          const [was, is] = await Promise.all([renderFeed(first, format), renderFeed(edit(first), format)]);
          expect(is.etag !== was.etag, format.label).toBe(shownIn.includes(format.name));
        }
      }),
      { numRuns: propertyRuns(50, 10) },
    ),
  );

  test('covers every field of a page, its site and its articles', async () => {
    const { site, articles, ...page } = await pageOf(richSite, richPublication, { archive: 2 });
    const fields = [
      ...Object.keys(podcastSite).map((name) => `site.${name}`),
      ...Object.keys(site).map((name) => `site.${name}`),
      ...Object.keys(page),
      ...articles.concat(richArticles, mediaArticles).flatMap(Object.keys),
    ];
    const covered = changes.map(([field]) => field);
    expect(fields.filter((field) => !covered.includes(field))).toEqual([]);
  });
});

function same(page: Page): Page {
  return page;
}

function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, part]) => [key, reversed(part)])
      .reverse(),
  ) as T;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
