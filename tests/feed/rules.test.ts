/**
 * The rules of the conformance checklist that concern a document, and where each is tested:
 *
 * | rules | tested by |
 * |---|---|
 * | X1–X4, R1–R5, R7–R9, R12, R13, R15, A1, A5, A6, A8, A11–A14, J1–J4, J6, J11, J12, J14, C2–C4 | the validators, on every document of golden.test.ts and matrix.test.ts; validators.test.ts tests the validators |
 * | the same for RSS and Atom, by the W3C validator | w3c.test.ts |
 * | X1, X2, X5 | hostile.test.ts |
 * | X8 | pipeline.test.ts |
 * | X9 | determinism.test.ts |
 * | X6, X7, R3, R4, R6, R8–R11, R13, R14, R16, A2, A5, A7, A9, A10, A16, A17, J2, J4, J5, J7–J11, J15, C1, C5, C6, P3 | here, by name |
 *
 * H1 is here too, since media types stand in the table of formats. Not here: A3 and A4 (tests/publication, where ids
 * are minted and addresses spelled), A15 (two seeds may share a date), J13 (the size is the articles'), the pixels of
 * J10 (nobody looks into pictures), C7 (tests/http).
 */
import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import type { Author } from '../../src/article/author.ts';
import { renderFeed } from '../../src/feed/document.ts';
import { type Format, formats } from '../../src/feed/formats.ts';
import { feedLinks } from '../../src/feed/links.ts';
import type { Page } from '../../src/publication/page.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { ATOM, DC } from '../validators/namespaces.ts';
import { childrenOf, type Node, parseXml, seedText as text } from '../validators/tree.ts';
import {
  articlesOf,
  everyKind,
  formatOf,
  goldenPages,
  pageOf,
  plainArticle,
  plainSite,
  richPage,
  richPublication,
  richSite,
  seedText,
} from './pages.ts';
import { type ItemReading, read } from './readings.ts';

/** The end of a summary of {@link plainArticle}. */
const linkOn = '<p><a href="https://example.org/articles/plain">Plain</a></p>\n';

const FH = 'http://purl.org/syndication/history/1.0';

async function channelOf(page: Page): Promise<Node> {
  return childrenOf(parseXml(await seedText(page, 'rss')), 'channel')[0] ?? expect.fail('no channel');
}

async function itemOf(article: Partial<Article>, site: Partial<Site> = {}): Promise<Node> {
  const channel = await channelOf(await pageOf({ ...plainSite, ...site }, [{ ...plainArticle, ...article }]));
  return childrenOf(channel, 'item')[0] ?? expect.fail('no item');
}

async function atomOf(page: Page): Promise<Node> {
  return parseXml(await seedText(page, 'atom'));
}

async function jsonOf(page: Page): Promise<Record<string, unknown> & { items: Record<string, unknown>[] }> {
  return JSON.parse(await seedText(page, 'json'));
}

/** The addresses in the links of an XML document's head, by `rel`. */
async function linksOf(page: Page, name: Format['name']): Promise<Record<string, string | undefined>> {
  const head = name === 'rss' ? await channelOf(page) : await atomOf(page);
  const links = childrenOf(head, 'link', ATOM).map(({ attributes: { rel = '', href } }) => [rel, href]);
  expect(new Set(links.map(([rel]) => rel)).size).toBe(links.length);
  return Object.fromEntries(links);
}

describe('text', () => {
  const title = 'AT&T &amp; <b> ]]>';

  test('X6: RSS writes plain text with hexadecimal references', async () => {
    const page = await pageOf({ ...plainSite, title }, [
      {
        ...plainArticle,
        title,
        tags: [title],
        authors: [{ name: title }],
        id: `tag:example.org,2024:${title}`,
      },
    ]);
    const rss = await seedText(page, 'rss');
    const written = 'AT&#x26;T &#x26;amp; &#x3C;b> ]]&#x3E;';
    expect(rss.split(`>${written}<`)).toHaveLength(5);
    expect(rss).toContain(`>tag:example.org,2024:${written}</guid>`);
    expect(rss).not.toContain('&amp;');
  });

  test('X7: titles are plain text, escaped once', async () => {
    const page = await pageOf(plainSite, [{ ...plainArticle, title }]);
    const [entry] = childrenOf(await atomOf(page), 'entry', ATOM);
    const [atomTitle] = childrenOf(entry ?? expect.fail(), 'title', ATOM);
    expect(atomTitle?.attributes).toEqual({});
    for (const { name } of formats) expect(read(name, await seedText(page, name)).items[0]?.title).toBe(title);
  });
});

describe('RSS', () => {
  test('R3, R4: guid is the id, marked as no permalink', async () => {
    const guids = childrenOf(await channelOf(await richPage), 'item').flatMap((item) => childrenOf(item, 'guid'));
    expect(guids.map((guid) => guid.text())).toEqual((await richPage).articles.map(({ id }) => id));
    expect(guids.map(({ attributes }) => attributes.isPermaLink)).toEqual(guids.map(() => 'false'));
  });

  test('R6: lastBuildDate is the newest change, even of an old article', async () => {
    const [old, young] = articlesOf(2);
    const page = await pageOf(plainSite, [{ ...(old as Article), updated: '2024-05-05T05:05:05Z' }, young as Article]);
    expect(text(await channelOf(page), 'lastBuildDate')).toBe('Sun, 05 May 2024 05:05:05 GMT');
  });

  test.each([
    { summary: 'Sum', content: '<p>Con</p>', parts: ['description', 'content:encoded'] },
    { summary: '', content: '<p>Con</p>', parts: ['description', 'content:encoded'] },
    { summary: 'Sum', content: '', parts: ['description'] },
    { summary: '', content: '', parts: ['description'] },
  ])('R8: $parts for the summary "$summary" and the content "$content"', async ({ parts, ...article }) => {
    const names = (await itemOf(article)).children.map(({ name }) => name);
    expect(names.filter((name) => /description|content/.test(name))).toEqual(parts);
  });

  test('R9, R10: one enclosure, with length 0 if it is unknown', async () => {
    const enclosures = ['a', 'b'].map((name) => ({ url: `https://example.org/${name}`, type: 'audio/mpeg' }));
    expect(childrenOf(await itemOf({ enclosures }), 'enclosure').map(({ attributes }) => attributes)).toEqual([
      { url: 'https://example.org/a', type: 'audio/mpeg', length: '0' },
    ]);
  });

  const ann: Author = { name: 'Ann & Co', email: 'ann@example.org' };
  const bo: Author = { name: 'Bo' };
  const rows: readonly {
    who: string;
    authors: Author[];
    site?: Author[];
    author?: string[];
    creators?: string[];
  }[] = [
    { who: 'nobody', authors: [] },
    { who: 'one with mail', authors: [ann], author: ['ann@example.org (Ann & Co)'] },
    { who: 'one without mail', authors: [bo], creators: ['Bo'] },
    { who: 'two with mail', authors: [ann, ann], creators: ['Ann & Co', 'Ann & Co'] },
    { who: 'one with and one without', authors: [ann, bo], creators: ['Ann & Co', 'Bo'] },
    { who: 'one without and one with', authors: [bo, ann], creators: ['Bo', 'Ann & Co'] },
    { who: 'one with mail and parentheses', authors: [{ ...ann, name: 'Ann (AP)' }], creators: ['Ann (AP)'] },
    { who: "the publication's, with mail", authors: [], site: [ann], author: ['ann@example.org (Ann & Co)'] },
    { who: "its own and not the publication's", authors: [bo], site: [ann], creators: ['Bo'] },
  ];
  test.each(rows)('R11: names $who', async ({ authors, site = [], author = [], creators = [] }) => {
    const item = await itemOf({ authors }, { authors: site });
    expect(childrenOf(item, 'author').map((node) => node.text())).toEqual(author);
    expect(childrenOf(item, 'creator', DC).map((node) => node.text())).toEqual(creators);
  });

  test.each([
    ['https://example.org/a.png', true],
    ['https://example.org/a.JPEG?v=2', true],
    ['https://example.org/a.gif#x', true],
    ['https://example.org/a.svg', false],
    ['https://example.org/icon?file=a.png', false],
    [undefined, false],
  ])('R13: the image %s is shown: %s', async (icon, shown) => {
    const page = await pageOf({ ...plainSite, ...(icon === undefined ? {} : { icon }) }, []);
    const channel = await channelOf(page);
    const images = childrenOf(channel, 'image').map((image) => image.children.map((part) => [part.name, part.text()]));
    expect(images).toEqual(
      shown
        ? [
            [
              ['title', plainSite.title],
              ['url', icon],
              ['link', text(channel, 'link')],
            ],
          ]
        : [],
    );
  });

  test("R14: ttl is the publication's", async () => {
    expect(text(await channelOf(await richPage), 'ttl')).toBe('90');
  });

  test('R16: atom:updated appears if the article changed', async () => {
    expect(childrenOf(await itemOf({}), 'updated', ATOM)).toEqual([]);
    expect(text(await itemOf({ updated: '2024-03-02T00:00:00Z' }), 'updated', ATOM)).toBe('2024-03-02T00:00:00Z');
  });
});

describe('Atom', () => {
  test("A2: the feed's id does not follow its address", async () => {
    const moved = await pageOf({ ...richSite, url: 'https://moved.example/' }, richPublication);
    expect(text(await atomOf(moved), 'id', ATOM)).toBe(text(await atomOf(await richPage), 'id', ATOM));
  });

  test('A5: a publication without authors is its own author', async () => {
    const authors = childrenOf(await atomOf(await pageOf(plainSite, [])), 'author', ATOM);
    expect(authors.map((author) => author.text())).toEqual([plainSite.title]);
  });

  test('A7: dates are in UTC, written with Z', async () => {
    const dates = [...(await seedText(await richPage, 'atom')).matchAll(/<(?:updated|published)>(.*?)</g)];
    expect(dates.length).toBe(9);
    expect(dates.filter(([, date]) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date ?? ''))).toEqual([]);
  });

  test('A9: updated is the newest change, even of an old article', async () => {
    const [old, young] = articlesOf(2);
    const page = await pageOf(plainSite, [{ ...(old as Article), updated: '2024-05-05T05:05:05Z' }, young as Article]);
    expect(text(await atomOf(page), 'updated', ATOM)).toBe('2024-05-05T05:05:05Z');
  });

  test('A10: self is the public address, alternate the HTML page', async () => {
    expect(await linksOf(await richPage, 'atom')).toMatchObject({
      self: 'https://example.org/news/atom.xml',
      alternate: 'https://example.org/news/',
    });
    expect(await linksOf((await goldenPages.archive) ?? expect.fail(), 'atom')).toMatchObject({
      self: 'https://example.org/news/archive/2/atom.xml',
      alternate: 'https://example.org/news/archive/2',
    });
  });

  test('A16: xml:lang is on the feed, and on an entry if it differs', async () => {
    const page = await pageOf(
      plainSite,
      articlesOf(3, (index) => [{}, { language: 'en' }, { language: 'de' }][index] ?? {}),
    );
    const feed = await atomOf(page);
    const languages = [feed, ...childrenOf(feed, 'entry', ATOM)].map(({ attributes }) => attributes['xml:lang']);
    expect(languages).toEqual(['en', 'de', undefined, undefined]);
  });

  test('A17: every enclosure has its type, and its length and title if known', async () => {
    const [entry] = childrenOf(await atomOf(await richPage), 'entry', ATOM);
    const links = childrenOf(entry ?? expect.fail(), 'link', ATOM).map(({ attributes }) => attributes);
    expect(links.slice(1)).toEqual([
      {
        rel: 'enclosure',
        type: 'audio/mpeg',
        length: '12345',
        title: 'Read "aloud" & <slow>',
        href: 'https://example.org/a.mp3?x=1&y=2',
      },
      { rel: 'enclosure', type: 'image/webp', href: 'https://example.org/a.webp' },
      { rel: 'enclosure', type: 'application/pdf', length: '1', href: 'https://example.org/a.pdf' },
    ]);
  });
});

describe('JSON Feed', () => {
  test('J2, J10: addresses and pictures are absolute', async () => {
    expect(await jsonOf(await richPage)).toMatchObject({
      home_page_url: 'https://example.org/news/',
      feed_url: 'https://example.org/news/feed.json',
      icon: 'https://example.org/icon.png',
      favicon: 'https://example.org/favicon.png',
    });
  });

  test.each([
    {
      site: 'full',
      content: '<p>Con</p>',
      summary: 'Sum',
      says: { content_html: '<p>Con</p>', summary: 'Sum' },
    },
    { site: 'full', content: '<p>Con</p>', summary: '', says: { content_html: '<p>Con</p>' } },
    { site: 'full', content: '', summary: '', says: { content_text: 'Plain', summary: 'Plain' } },
    {
      site: 'summary',
      content: '<p>Con</p>',
      summary: 'Sum',
      says: { content_html: `<p>Sum</p>\n${linkOn}`, summary: 'Sum' },
    },
    {
      site: 'summary',
      content: '<p>Con</p>',
      summary: '',
      says: { content_html: linkOn, summary: 'Plain' },
    },
  ] as const)('J4: an item of "$content" and "$summary" says $says, with contents: $site', async (row) => {
    const { site, content, summary, says } = row;
    const page = await pageOf({ ...plainSite, content: site }, [{ ...plainArticle, content, summary }]);
    const { content_html, content_text, summary: found } = (await jsonOf(page)).items[0] ?? expect.fail('no item');
    expect({ content_html, content_text, summary: found }).toEqual(says);
  });

  test('J5: authors are objects with a name, and a url if known; never author', async () => {
    const { authors, author, items } = await jsonOf(await richPage);
    expect([author, ...items.map((item) => item.author)]).toEqual(Array(5).fill(undefined));
    expect(authors).toEqual([{ name: 'The Editors', url: 'https://example.org/editors?a=1&b=2' }]);
    expect(items[0]?.authors).toEqual([
      { name: 'Ann O’Ther', url: 'https://example.org/ann' },
      { name: 'Bo & Sons <Ltd>' },
    ]);
    expect(items[3]).not.toHaveProperty('authors');
  });

  test('J7: language is on the feed, and on an item if it differs', async () => {
    const page = await pageOf(
      plainSite,
      articlesOf(3, (index) => [{}, { language: 'en' }, { language: 'de' }][index] ?? {}),
    );
    const feed = await jsonOf(page);
    expect([feed, ...feed.items].map(({ language }) => language)).toEqual(['en', 'de', undefined, undefined]);
  });

  test('J8: next_url leads through all articles to a last page without one, and never back', async () => {
    const site = { ...plainSite, items: 7 };
    const publication = articlesOf(40);
    const visited: unknown[] = [];
    const ids = new Set<unknown>();
    let page: Page | undefined = await pageOf(site, publication);
    while (page !== undefined) {
      const { feed_url, next_url, items } = await jsonOf(page);
      visited.push(feed_url);
      for (const { id } of items) ids.add(id);
      const archive = /archive\/(\d+)\//.exec(String(next_url))?.[1];
      expect(next_url === undefined || archive !== undefined).toBe(true);
      page = archive === undefined ? undefined : await pageOf(site, publication, { archive: Number(archive) });
      if (page !== undefined) expect((await jsonOf(page)).feed_url).toBe(next_url);
    }
    expect(new Set(visited).size).toBe(visited.length);
    expect(visited).toHaveLength(6);
    expect(ids.size).toBe(40);
  });

  test('J9: hubs are WebSub hubs', async () => {
    expect((await jsonOf(await richPage)).hubs).toEqual([{ type: 'WebSub', url: richSite.hub }]);
    expect(await jsonOf(await pageOf(plainSite, []))).not.toHaveProperty('hubs');
  });
  test('WebSub §6: an archive document names no hub, since none is notified of its changes', async () => {
    const page = await pageOf(richSite, richPublication, { archive: 1 });
    for (const format of formats) {
      const { bytes, link } = await renderFeed(page, format);
      expect(`${link}${new TextDecoder().decode(bytes)}`).not.toContain('hub.example');
      expect(link).toMatch(/^<[^>]+\/archive\/1\/[a-z.]+>; rel="self"$/);
    }
  });

  test('J11: attachments are all enclosures, with sizes that are numbers', async () => {
    expect((await jsonOf(await richPage)).items[0]?.attachments).toEqual([
      {
        url: 'https://example.org/a.mp3?x=1&y=2',
        mime_type: 'audio/mpeg',
        title: 'Read "aloud" & <slow>',
        size_in_bytes: 12345,
      },
      { url: 'https://example.org/a.webp', mime_type: 'image/webp' },
      { url: 'https://example.org/a.pdf', mime_type: 'application/pdf', size_in_bytes: 1 },
    ]);
  });

  test('J15: every address of a feed contains "json"', async () => {
    for (const page of [await richPage, (await goldenPages.archive) ?? expect.fail()]) {
      expect(new URL(feedLinks(page, formatOf('json').file).self).pathname).toMatch(/json/);
    }
  });
});

describe('all formats', () => {
  /** The author that only Atom requires does not count as a difference. */
  const site = { ...plainSite, authors: [{ name: 'The Editors' }] };

  test.each(['full', 'summary'] as const)(
    'C1: state the same, except ids that are invalid in Atom, with content: %s',
    async (content) => {
      const page = await pageOf({ ...site, content, items: 120 }, articlesOf(120, everyKind));
      const [rss, atom, json] = await Promise.all(
        formats.map(async ({ name }) => read(name, await seedText(page, name))),
      );
      const bare = page.articles.flatMap(({ plainId }, i) => (plainId === undefined ? [] : [i]));
      expect(bare).toHaveLength(24);
      for (const i of bare) expect(rss?.items[i]?.id).toMatch(/^\d+ of <R&D>$/);
      const idOf = (i: number): string | undefined => page.articles[i]?.id;
      expect(json).toEqual(rss);
      expect(atom).toEqual({ ...rss, items: rss?.items.map((item, i) => ({ ...item, id: idOf(i) ?? '' })) });
      expect(rss?.items).toHaveLength(120);
    },
  );

  test.each(formats)('C5: $label shows no article before it is due, and states when that is', async ({ name }) => {
    const publication = articlesOf(5);
    for (const due of [0, 1, 3, 5]) {
      const now = new Date(Date.UTC(2024, 0, 1, due) - 1).toISOString().replace('.999', '');
      const page = await pageOf(site, publication, {}, now);
      const { items } = read(name, await seedText(page, name));
      expect(items.map(({ id }) => id)).toEqual(
        publication
          .slice(0, due)
          .map(({ id }) => id)
          .reverse(),
      );
      expect((await renderFeed(page, formatOf(name))).until).toBe(publication[due]?.published);
    }
  });

  test.each(formats)('C5: $label ignores an update before it is due', async ({ name }) => {
    const article = { ...plainArticle, updated: '2025-01-01T00:00:00Z' };
    const [before, after] = await Promise.all(
      ['2024-12-31T23:59:59Z', '2025-01-01T00:00:00Z'].map(async (now) =>
        read(name, await seedText(await pageOf(site, [article], {}, now), name)),
      ),
    );
    expect(before?.items[0]?.updated).toBe(Date.parse(article.published));
    expect(after?.items[0]?.updated).toBe(Date.parse(article.updated));
  });

  test.each(formats)('C6: $label shows as many articles as the publication sets', async ({ name }) => {
    const page = await pageOf({ ...site, items: 3 }, articlesOf(5));
    expect(read(name, await seedText(page, name)).items.map(({ title }) => title)).toEqual([
      'Article 4',
      'Article 3',
      'Article 2',
    ]);
  });

  test.each([
    ['rss', 'rss.xml', 'application/rss+xml', 'application/rss+xml; charset=utf-8'],
    ['atom', 'atom.xml', 'application/atom+xml', 'application/atom+xml; charset=utf-8'],
    ['json', 'feed.json', 'application/feed+json', 'application/feed+json'],
  ] as const)('H1: %s has its file %s and its media type', async (name, file, type, contentType) => {
    expect(formatOf(name)).toMatchObject({ file, type, contentType });
    expect((await renderFeed(await richPage, formatOf(name))).contentType).toBe(contentType);
  });

  test.each(formats)('a $label document is UTF-8 that ends in one line feed', async ({ name }) => {
    expect(await seedText(await richPage, name)).toMatch(/[^\n]\n$/);
  });
});

describe.each(['rss', 'atom'] as const)('P3: RFC 5005 §4 in %s', (name) => {
  const { file } = formatOf(name);
  const site = { ...plainSite, items: 10 };
  const at = (archive?: number): string =>
    `https://example.org/${archive === undefined ? '' : `archive/${archive}/`}${file}`;

  async function archived(page: Page): Promise<boolean> {
    const head = name === 'rss' ? await channelOf(page) : await atomOf(page);
    return childrenOf(head, 'archive', FH).length === 1;
  }

  test.each([
    { count: 10, address: {}, links: { self: at() } },
    { count: 11, address: {}, links: { self: at(), current: at(), 'prev-archive': at(1) } },
    { count: 35, address: {}, links: { self: at(), current: at(), 'prev-archive': at(3) } },
    {
      count: 35,
      address: { archive: 3 },
      // The one that is not full yet.
      links: { self: at(3), current: at(), 'prev-archive': at(2), 'next-archive': at(4) },
    },
    {
      count: 35,
      address: { archive: 2 },
      links: { self: at(2), current: at(), 'prev-archive': at(1), 'next-archive': at(3) },
    },
    { count: 35, address: { archive: 1 }, links: { self: at(1), current: at(), 'next-archive': at(2) } },
  ])('of $count articles, the page $address links to its neighbors', async ({ count, address, links }) => {
    const page = await pageOf(site, articlesOf(count), address);
    const { alternate, ...found } = await linksOf(page, name);
    expect(found).toEqual(links);
    expect(await archived(page)).toBe('archive' in address);
  });

  test('prev-archive leads through all articles, and next-archive back', async () => {
    const publication = articlesOf(47);
    const open = async (href: string | undefined): Promise<Page | undefined> => {
      const archive = [1, 2, 3, 4].find((number) => at(number) === href);
      return archive === undefined ? undefined : pageOf(site, publication, { archive });
    };
    const ids = new Set<string>();
    const selves: (string | undefined)[] = [];
    for (let page: Page | undefined = await pageOf(site, publication); page !== undefined; ) {
      for (const { id } of read(name, await seedText(page, name)).items) ids.add(id);
      const links = await linksOf(page, name);
      selves.push(links.self);
      page = await open(links['prev-archive']);
      if (page?.newerArchive !== undefined)
        expect((await linksOf(page, name))['next-archive']).toBe(links.self === at() ? at(5) : links.self);
    }
    expect(selves).toEqual([at(), at(4), at(3), at(2), at(1)]);
    expect(ids.size).toBe(47);
  });

  test('a full archive page keeps its bytes when articles are added', async () => {
    for (const count of [31, 39, 50]) {
      for (const archive of [1, 2]) {
        const before = await seedText(await pageOf(site, articlesOf(30), { archive }), name);
        expect(await seedText(await pageOf(site, articlesOf(count), { archive }), name)).toBe(before);
      }
    }
  });

  test('an article is the same on the current page and in the archive', async () => {
    const publication = articlesOf(30, everyKind);
    const [current, archive] = await Promise.all(
      [{}, { archive: 3 }].map(async (address): Promise<readonly ItemReading[]> => {
        return read(name, await seedText(await pageOf(site, publication, address), name)).items;
      }),
    );
    expect(archive).toEqual(current);
  });
});
