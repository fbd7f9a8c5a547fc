/** What widely used feed parsers read in our documents. */
import { parseFeed as parseWithRowanmanning } from '@rowanmanning/feed-parser';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import RssParser from 'rss-parser';
import { describe, expect, test } from 'vitest';
import type { Format } from '../../src/feed/formats.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Page } from '../../src/publication/page.ts';
import { richPage, seedText } from './pages.ts';
import { type ItemReading, readingOf } from './readings.ts';

/** What a parser reads of an item, without the fields that it never reads. */
type Found = Partial<ItemReading>;

interface Parser {
  readonly name: string;
  readonly format: Format['name'];
  readonly read: (text: string) => Promise<{ title: string | undefined; items: readonly Found[] }>;
  /** The fields that it never reads. */
  readonly misses?: readonly (keyof ItemReading)[];
  /** How it changes texts. */
  readonly quirk?: (item: ItemReading) => ItemReading;
}

const parsers: readonly Parser[] = [
  { name: 'feedsmith', format: 'rss', read: feedsmithRss, quirk: trimmed },
  { name: 'feedsmith', format: 'atom', read: feedsmithAtom, quirk: trimmed },
  { name: 'feedsmith', format: 'json', read: feedsmithJson, quirk: trimmed },
  { name: 'rss-parser', format: 'rss', read: rssParserRss, misses: ['updated'] },
  {
    name: 'rss-parser',
    format: 'atom',
    read: rssParserAtom,
    misses: ['updated', 'authors', 'tags', 'enclosure'],
  },
  {
    name: '@rowanmanning/feed-parser',
    format: 'rss',
    read: rowanmanning,
    misses: ['updated'],
    // It resolves references in CDATA sections too.
    quirk: (item) => trimmed({ ...item, content: resolved(item.content) }),
  },
  { name: '@rowanmanning/feed-parser', format: 'atom', read: rowanmanning, quirk: trimmed },
];

const now = '2100-01-01T00:00:00Z';
const folder = new SeedFolder('seeds', { url: 'https://example.org/' }).read();
const pages: readonly { readonly title: string; readonly page: Promise<Page | undefined> }[] = [
  { title: 'a page with everything', page: richPage },
  { title: "the project's own seeds", page: publish(folder.site, folder.sources, now).page({}, now) },
];

describe.each(pages)('of $title', ({ page }) => {
  test.each(parsers)(
    '$name reads back what its $format states',
    async ({ format, read, misses = [], quirk = same }) => {
      const published = (await page) ?? expect.fail('no page');
      const found = await read(await seedText(published, format));
      const said = readingOf(published, format);
      expect(found.title).toBe(said.title);
      expect(found.items.length).toBeGreaterThan(0);
      // What they read of pictures and languages is in media-parsers.test.ts.
      const passedOver = ['image', 'language', ...misses];
      expect(found.items).toEqual(said.items.map((item) => without(quirk(item), passedOver)));
    },
  );
});

async function feedsmithRss(text: string): ReturnType<Parser['read']> {
  const { title, items = [] } = parseRssFeed(text);
  return {
    title,
    items: items.map((item): Found => {
      const published = Date.parse(item.pubDate ?? '');
      return {
        id: item.guid?.value ?? '',
        link: item.link ?? '',
        title: item.title ?? '',
        published,
        updated: Date.parse(item.atom?.updated ?? '') || published,
        authors: item.authors?.map(({ name = '' }) => name) ?? item.dc?.creators ?? [],
        tags: item.categories?.map(({ name = '' }) => name) ?? [],
        summary: resolved(item.description),
        content: item.content?.encoded ?? '',
        ...firstEnclosure(item.enclosures),
      };
    }),
  };
}

async function feedsmithAtom(text: string): ReturnType<Parser['read']> {
  const { title, authors, entries = [] } = parseAtomFeed(text);
  return {
    title: title?.value,
    items: entries.map(
      (entry): Found => ({
        id: entry.id ?? '',
        link: entry.links?.find(({ rel }) => rel === 'alternate')?.href ?? '',
        title: entry.title?.value ?? '',
        published: Date.parse(entry.published ?? ''),
        updated: Date.parse(entry.updated ?? ''),
        authors: (entry.authors ?? authors ?? []).map(({ name = '' }) => name),
        tags: entry.categories?.map(({ label = '' }) => label) ?? [],
        summary: entry.summary?.value ?? '',
        content: entry.content?.value ?? '',
        ...firstEnclosure(
          entry.links?.filter(({ rel }) => rel === 'enclosure').map(({ href, ...rest }) => ({ ...rest, url: href })),
        ),
      }),
    ),
  };
}

async function feedsmithJson(text: string): ReturnType<Parser['read']> {
  const { title, authors, items = [] } = parseJsonFeed(text);
  return {
    title,
    items: items.map(
      (item): Found => ({
        id: item.id ?? '',
        link: item.url ?? '',
        title: item.title ?? '',
        published: Date.parse(item.date_published ?? ''),
        updated: Date.parse(item.date_modified ?? ''),
        authors: (item.authors ?? authors ?? []).map(({ name = '' }) => name),
        tags: item.tags ?? [],
        summary: item.summary ?? '',
        content: item.content_html ?? '',
        ...firstEnclosure(
          item.attachments?.map(({ url, mime_type, size_in_bytes }) => ({
            url,
            type: mime_type,
            length: size_in_bytes,
          })),
        ),
      }),
    ),
  };
}

async function rssParserRss(text: string): ReturnType<Parser['read']> {
  const parser = new RssParser<object, { 'content:encoded'?: string; author?: string; creators?: string[] }>({
    customFields: { item: [['dc:creator', 'creators', { keepArray: true }]] as unknown as [] },
  });
  const { title, items } = await parser.parseString(text);
  return {
    title,
    items: items.map(
      (item): Found => ({
        id: item.guid ?? '',
        link: item.link ?? '',
        title: item.title ?? '',
        published: Date.parse(item.isoDate ?? ''),
        authors: item.author === undefined ? (item.creators ?? []) : [item.author.replace(/^\S+ \((.*)\)$/, '$1')],
        tags: item.categories ?? [],
        summary: resolved(item.content),
        content: item['content:encoded'] ?? '',
        ...firstEnclosure(item.enclosure === undefined ? [] : [item.enclosure]),
      }),
    ),
  };
}

async function rssParserAtom(text: string): ReturnType<Parser['read']> {
  const { title, items } = await new RssParser<object, { id?: string }>().parseString(text);
  return {
    title,
    items: items.map(
      (item): Found => ({
        id: item.id ?? '',
        link: item.link ?? '',
        title: item.title ?? '',
        published: Date.parse(item.isoDate ?? ''),
        summary: item.summary ?? '',
        content: item.content ?? '',
      }),
    ),
  };
}

async function rowanmanning(text: string): ReturnType<Parser['read']> {
  const feed = parseWithRowanmanning(text);
  return {
    title: feed.title ?? undefined,
    items: feed.items.map(
      (item): Found => ({
        id: item.id ?? '',
        link: item.url ?? '',
        title: item.title ?? '',
        published: item.published?.getTime() ?? Number.NaN,
        ...(feed.meta.type === 'atom' ? { updated: item.updated?.getTime() ?? Number.NaN } : {}),
        authors: item.authors.map(({ name }) => name ?? ''),
        tags: item.categories.map(({ label, term }) => label ?? term),
        summary: feed.meta.type === 'atom' ? (item.description ?? '') : resolved(item.description ?? ''),
        content: item.content ?? '',
        ...firstEnclosure(
          item.media.map(({ url, mimeType, length }) => ({ url, type: mimeType ?? '', length: length ?? 0 })),
        ),
      }),
    ),
  };
}

interface FoundEnclosure {
  readonly url?: string | undefined;
  readonly type?: string | undefined;
  readonly length?: number | undefined;
}

function firstEnclosure([first]: readonly FoundEnclosure[] = []): Pick<Found, 'enclosure'> {
  if (first === undefined) return {};
  return { enclosure: { url: first.url ?? '', type: first.type ?? '', length: Number(first.length ?? 0) } };
}

function without(item: ItemReading, names: readonly string[]): Found {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name)));
}

function same(item: ItemReading): ItemReading {
  return item;
}

function trimmed(item: ItemReading): ItemReading {
  return { ...item, content: item.content.trim() };
}

/** Resolves the references that HTML writers use. */
function resolved(html = ''): string {
  const characters: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => characters[name] ?? '');
}
