import { describe, expect, it, vi } from 'vitest';
import {
  createFeeds,
  type Item,
  type ItemQuery,
  type LoadedItems,
  type LoadItems,
  publish,
  type SiteSettings,
} from '../../src/index.ts';

const site: SiteSettings = { title: 'Rows', url: 'https://example.org/news/', id: 'tag:example.org,2026:', items: 3 };

const one: Item = {
  id: '1',
  url: 'https://example.org/news/2026/one.html',
  title: 'One\n& only',
  published: new Date('2026-01-02T03:04:05.678Z'),
  content: '<p>Hi <a href="/x">x</a><script>alert(1)</script></p>',
};

const now = () => Date.parse('2026-11-30T12:00:00Z');

async function feedOf(items: LoadedItems | LoadItems, path = '/feed.json', more = {}) {
  const response = await createFeeds({ site, items, now, ...more }).request(path);
  return { status: response.status, text: await response.text(), type: response.headers.get('Content-Type') };
}

describe('createFeeds with a list', () => {
  it('sanitises content, resolves addresses and derives what is missing', async () => {
    const { text } = await feedOf([one]);
    expect(JSON.parse(text)).toMatchObject({
      feed_url: 'https://example.org/news/feed.json',
      items: [
        {
          id: '1',
          url: one.url,
          title: 'One & only',
          content_html: '<p>Hi <a href="https://example.org/x">x</a></p>',
          summary: 'Hi x',
          date_published: '2026-01-02T03:04:05Z',
        },
      ],
    });
    expect((await feedOf([one], '/atom.xml')).text).toContain('<id>tag:example.org,2026:id%2F1</id>');
    expect((await feedOf([one], '/articles/2026-one')).status).toBe(200);
  });

  it.each([
    [1, '1'],
    [9_007_199_254_740_993n, '9007199254740993'],
  ])('takes the number %s as an id', async (id, text) => {
    const [item] = JSON.parse((await feedOf([{ ...one, id }])).text).items;
    expect(item.id).toBe(text);
  });

  it.each([123n, '123'])('takes the length %s of a 64-bit column', async (length) => {
    const enclosures = [{ url: 'https://example.org/a.mp3', length: length as never }];
    const [item] = JSON.parse((await feedOf([{ ...one, enclosures }])).text).items;
    expect(item.attachments[0].size_in_bytes).toBe(123);
  });

  it.each([{ rows: [one] }, { results: [one], success: true, meta: {} }])('takes the answer %j', async (items) => {
    expect(JSON.parse((await feedOf(items)).text).items).toHaveLength(1);
  });

  it.each([
    [{ rows: [one], results: [] }, 'items: expected a list, got an object'],
    [{ data: [one] }, 'items: expected a list, got an object'],
  ])('refuses an answer with no list, or with two (%#)', (items, message) => {
    expect(() => createFeeds({ site, items: items as never })).toThrow(message);
  });

  it('takes all fields, and null for nothing', async () => {
    const whole: Item = {
      ...one,
      content: null,
      markdown: '# One & only\n\nSome *words*.',
      updated: '2026-02-03T04:05:06+02:00',
      summary: ' In  short ',
      authors: ['Ada', { name: 'Bob', url: 'https://bob.example/' }],
      tags: ['C++'],
      section: 'News',
      language: 'de-at',
      image: { url: 'https://example.org/a.jpg', width: 1200, height: 630, alt: 'A' },
      enclosures: [{ url: 'https://example.org/a.mp3', length: 123, duration: 60 }],
      slug: 'one',
      expires: null,
    };
    const [item] = JSON.parse((await feedOf([whole])).text).items;
    expect(item).toMatchObject({
      content_html: '<p>Some <em>words</em>.</p>',
      summary: 'In short',
      date_modified: '2026-02-03T02:05:06Z',
      authors: [{ name: 'Ada' }, { name: 'Bob', url: 'https://bob.example/' }],
      tags: ['C++'],
      language: 'de-AT',
      image: 'https://example.org/a.jpg',
      attachments: [
        { url: 'https://example.org/a.mp3', mime_type: 'audio/mpeg', size_in_bytes: 123, duration_in_seconds: 60 },
      ],
    });
    for (const path of [
      '/articles/one',
      '/tags/c-plus-plus/rss.xml',
      '/authors/ada/atom.xml',
      '/sections/news/rss.xml',
    ])
      expect((await feedOf([whole], path)).status).toBe(200);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ published: 'yesterday' }, 'items[1].published: expected a date, got "yesterday"'],
    [{ published: undefined }, 'items[1].published: expected a date, got nothing'],
    [{ published: new Date(Number.NaN) }, 'items[1].published: expected a date, got an invalid Date'],
    [{ published: '2026-02-30T00:00:00Z' }, 'items[1].published: expected a date, got "2026-02-30T00:00:00Z"'],
    [{ published: 1_767_000_000 }, 'items[1].published: expected a date, got 1767000000'],
    [
      { updated: '2026-01-02 03:04:05' },
      'items[1].updated: expected a date with time and zone, such as 2026-01-02 03:04:05Z if it is in UTC, got "2026-01-02 03:04:05"',
    ],
    [
      { updated: '2026-01-02' },
      'items[1].updated: expected a date with time and zone, such as 2026-01-02T00:00:00Z if it is in UTC, got "2026-01-02"',
    ],
    [
      { updated: '2026-01-02 03:04' },
      'items[1].updated: expected a date with time and zone, such as 2026-01-02T03:04:05Z, got "2026-01-02 03:04"',
    ],
    [{ id: 7.5 }, 'items[1].id: expected text, got 7.5'],
    [{ id: 2 ** 53 }, 'items[1].id: expected text, got 9007199254740992'],
    [{ id: 1 }, 'items[1].id: expected another id than that of items[0], got "tag:example.org,2026:id%2F1"'],
    [{ id: '1' }, 'items[1].id: expected another id than that of items[0], got "tag:example.org,2026:id%2F1"'],
    [{ url: '/a' }, 'items[1].url: expected an absolute http or https address, got "/a"'],
    [
      { url: 'javascript:alert(1)' },
      'items[1].url: expected an absolute http or https address, got "javascript:alert(1)"',
    ],
    [{ slug: '2026-one' }, 'items[1].slug: expected another slug than that of items[0], got "2026-one"'],
    [{ slug: 'A/b' }, 'items[1].slug: expected a path segment such as "a-b", got "A/b"'],
    [{ title: ' \n' }, 'items[1].title: expected text, got ""'],
    [{ content: 5 }, 'items[1].content: expected text, got 5'],
    [{ content: undefined }, 'items[1].content: expected HTML, or Markdown in "markdown", got nothing'],
    [{ markdown: 'x' }, 'items[1]: expected "content" or "markdown", got both'],
    [{ tags: 'news' }, 'items[1].tags: expected a list, got "news"'],
    [{ tags: ['a', 3] }, 'items[1].tags[1]: expected text, got 3'],
    [{ authors: [{ name: 'A', email: 'a' }] }, 'items[1].authors[0].email: expected a mail address, got "a"'],
    [{ language: 'x y' }, 'items[1].language: expected a language tag such as en or pt-BR, got "x y"'],
    [{ image: 'a.png' }, 'items[1].image: expected an absolute http or https address, got "a.png"'],
    [{ image: { url: '' } }, 'items[1].image.url: expected an absolute http or https address, got ""'],
    [
      { enclosures: [{ url: 'https://a.example/b', length: -1 }] },
      'items[1].enclosures[0].length: expected a number that is not negative, got -1',
    ],
    [
      { enclosures: [{ url: 'https://a.example/b', type: 'mp3' }] },
      'items[1].enclosures[0].type: expected a media type, got "mp3"',
    ],
  ])('refuses %o', (fields, message) => {
    const two = { ...one, id: '2', url: 'https://example.org/news/two' };
    const items = [one, { ...two, ...fields }] as Item[];
    expect(() => createFeeds({ site, items })).toThrow(new TypeError(message));
  });

  it.each<[unknown, string]>([
    [undefined, 'site: expected title and url, got nothing'],
    [{ title: 'A' }, 'site.url: expected an absolute address, got nothing'],
    [
      { title: 'A', url: 'example.org' },
      'site.url: expected an absolute http or https address without "?" and "#", got "example.org"',
    ],
    [{ ...site, titel: 'A' }, 'site: unknown key "titel"; did you mean "title"?'],
    [{ ...site, items: 0 }, 'site.items: expected a whole number from 1 to 1000, got "0"'],
  ])('refuses the site %o', (wrong, message) => {
    expect(() => createFeeds({ site: wrong as SiteSettings, items: [] })).toThrow(new TypeError(message));
  });

  it('refuses items that are no list', () => {
    expect(() => createFeeds({ site, items: undefined as unknown as Item[] })).toThrow(
      'items: expected a list, got nothing',
    );
    expect(() => createFeeds({ site, items: [null] as unknown as Item[] })).toThrow(
      'items[0]: expected an item, got nothing',
    );
  });

  it('checks and sanitises articles made by hand', () => {
    const { content = '', url, ...rest } = one;
    const byHand = {
      head: { ...rest, permalink: url ?? '', slug: 'x', published: 'soon', updated: '', authors: [], tags: [] },
      article: () => ({ content, summary: '', enclosures: [] }),
    };
    expect(() => publish(site, [byHand as never])).toThrow('items[0].published: expected a date, got "soon"');
  });

  it('has no pages if the site has them', async () => {
    const beside = { title: 'A', url: 'https://example.org/feeds/', site: 'https://example.org/', pages: false };
    const feeds = createFeeds({ site: beside, items: [one] });
    expect(JSON.parse(await (await feeds.request('/feed.json')).text())).toMatchObject({
      home_page_url: 'https://example.org/',
      items: [{ url: one.url }],
    });
    expect((await feeds.request('/')).headers.get('Location')).toBe('https://example.org/');
    expect((await feeds.request('/articles/2026-one')).status).toBe(404);
    expect((await feeds.request('/articles/news-2026-one')).headers.get('Location')).toBe(one.url);
  });

  it('leaves a scheduled item out until its moment', async () => {
    const later = { ...one, published: '2026-11-30T12:00:01Z' };
    let time = now();
    const feeds = createFeeds({ site, items: [later], now: () => time });
    const count = async () => JSON.parse(await (await feeds.request('/feed.json')).text()).items.length;
    expect(await count()).toBe(0);
    time += 1000;
    expect(await count()).toBe(1);
  });
});

/** A database of items, an hour apart, the newest first. */
function database(count: number) {
  const rows = Array.from({ length: count }, (_, i): Item => {
    const number = count - i;
    const published = new Date(now() - i * 3_600_000);
    const tags = number % 2 === 0 ? ['Even'] : [];
    const url = `https://example.org/news/${number}`;
    return { id: `${number}`, url, title: `No. ${number}`, published, tags, markdown: `Text ${number}.` };
  });
  const queries: ItemQuery[] = [];
  const load = ({ before, limit, slice, slug }: ItemQuery): Promise<readonly Item[]> => {
    queries.push({ before, limit });
    const found = rows.filter(
      ({ published, tags = [], id }) =>
        (published as Date) < before &&
        (slice === undefined || tags?.length === 1) &&
        (slug === undefined || slug === id),
    );
    return Promise.resolve(found.slice(0, limit));
  };
  return { rows, queries, load };
}

/** Follows a feed to its oldest archive page, and returns the ids of each page. */
async function walk(feeds: ReturnType<typeof createFeeds>, path: string): Promise<string[][]> {
  const text = await (await feeds.request(path)).text();
  const ids = [...text.matchAll(/<guid[^>]*>(.*?)<\/guid>/g)].map(([, id = '']) => id);
  const older = /<atom:link href="https:\/\/example\.org\/news([^"]*)" rel="prev-archive"/.exec(text)?.[1];
  return older === undefined ? [ids] : [ids, ...(await walk(feeds, older))];
}

describe('createFeeds with a loader', () => {
  it('leads from the newest items to the oldest, each once', async () => {
    const { load, queries } = database(8);
    const feeds = createFeeds({ site, items: load, now });
    expect(await walk(feeds, '/rss.xml')).toEqual([
      ['8', '7', '6'],
      ['5', '4', '3'],
      ['2', '1'],
    ]);
    expect(queries.map(({ limit }) => limit)).toEqual([4, 4, 4]);
    expect(await walk(feeds, '/tags/even/rss.xml')).toEqual([['8', '6', '4'], ['2']]);
  });

  it('keeps an archive page as it is when items are added', async () => {
    const { load, rows } = database(8);
    let time = now();
    const feeds = createFeeds({ site, items: load, now: () => time });
    const archive = `/archive/${now() / 1000 - 2 * 3600}/rss.xml`;
    const before = await (await feeds.request(archive)).text();
    expect(before).toContain('<guid isPermaLink="false">5</guid>');
    time += 3_600_000;
    rows.unshift({ ...one, published: new Date(time) });
    expect(await (await feeds.request('/rss.xml')).text()).toContain('>One &#x26; only</title>');
    expect(await (await feeds.request(archive)).text()).toBe(before);
  });

  it('splits no second between two pages', async () => {
    const { rows, load } = database(8);
    const same = rows.map((row, i) => (i < 6 ? { ...row, published: new Date(now()) } : row));
    rows.splice(0, rows.length, ...same);
    const [first = [], second] = await walk(createFeeds({ site, items: load, now }), '/rss.xml');
    expect([first.length, second]).toEqual([6, ['2', '1']]);
  });

  it('serves no other slice when the loader ignores it', async () => {
    const { load } = database(8);
    const feeds = createFeeds({ site, items: ({ before, limit }) => load({ before, limit }), now });
    expect((await walk(feeds, '/tags/even/rss.xml'))[0]).toEqual(['8', '6']);
    expect((await feeds.request('/tags/none/rss.xml')).status).toBe(404);
  });

  it('has pages of articles, a list of tags and a sitemap', async () => {
    const { load } = database(8);
    const feeds = createFeeds({ site, items: load, now });
    expect((await feeds.request('/articles/2')).status).toBe(200);
    expect((await feeds.request('/articles/9')).status).toBe(404);
    expect(await (await feeds.request('/feeds.opml')).text()).toContain('tags/even/rss.xml');
    expect(await (await feeds.request('/sitemap.xml')).text()).toContain('/articles/7<');
    expect((await feeds.request('/')).status).toBe(200);
    expect((await feeds.request('/archive/99999999999/rss.xml')).status).toBe(404);
  });

  it('has a menu of the sections in use, and of rare ones that the publisher lists', async () => {
    const { load, rows } = database(8);
    const sections = ['Sea', 'Land', 'Sea', 'Land', 'Sea', 'Land', 'Sea', 'Air'];
    for (const [i, row] of rows.entries()) rows[i] = { ...row, section: sections[i] };
    const bySection: LoadItems = async ({ slice, limit, ...query }) =>
      (await load({ ...query, limit: 8 }))
        .filter(({ section }) => slice?.kind !== 'section' || section?.toLowerCase() === slice.slug)
        .slice(0, limit);
    const menuAt = async (path: string, of = site) => {
      const page = await (await createFeeds({ site: of, items: bySection, now }).request(path)).text();
      const [menu = ''] = /<nav class="sections"[\s\S]*?<\/nav>/.exec(page) ?? [];
      return [...menu.matchAll(/<li><a[^>]*>([^<]*)/g)].map(([, name]) => name);
    };
    expect(await menuAt('/')).toEqual(['Land', 'Sea']);
    expect(await menuAt('/no/such/page')).toEqual(['Land', 'Sea']);
    const listed = { ...site, sections: { air: 'In the air', none: 'Nothing', sea: 'At sea' } };
    expect(await menuAt('/articles/3', listed)).toEqual(['In the air', 'At sea']);
    const page = await (await createFeeds({ site, items: bySection, now }).request('/articles/4')).text();
    const links = [...page.matchAll(/href="\.\.\/articles\/(\d)"/g)].map(([, slug]) => slug);
    expect(links).toEqual(['2', '3']);
    expect(page).toContain('<a rel="prev" href="../articles/3">');
  });

  it.each<[string, (rows: readonly Item[]) => LoadedItems]>([
    ['Postgres', (rows) => ({ rows, rowCount: 8 })],
    ['D1', (results) => ({ results, success: true })],
    ['a database with BigInt keys', (rows) => rows.map((row) => ({ ...row, id: BigInt(Number(row.id)) }))],
  ])('takes the answer of a client of %s', async (_, answer) => {
    const { load, rows } = database(8);
    const feeds = createFeeds({ site, items: async (query) => answer(await load(query)), now });
    expect(await walk(feeds, '/rss.xml')).toEqual(await walk(createFeeds({ site, items: load, now }), '/rss.xml'));
    expect((await feeds.request(`/articles/${rows[3]?.id}`)).status).toBe(200);
  });

  it('loads once for each document in ten seconds, and then serves what is new', async () => {
    const { load, rows, queries } = database(3);
    let time = now();
    const feeds = createFeeds({ site, items: load, now: () => time });
    const poll = async () => (await feeds.request('/rss.xml')).headers.get('ETag');
    const first = await poll();
    expect(await poll()).toBe(first);
    expect(queries).toHaveLength(1);
    time += 10_000;
    expect(await poll()).toBe(first);
    rows[0] = { ...(rows[0] as Item), title: 'Changed' };
    expect(await poll()).toBe(first);
    time += 10_000;
    expect(await poll()).not.toBe(first);
  });

  it.each<[LoadItems, string]>([
    [() => [{ ...one, published: 'yesterday' }], 'items[0].published: expected a date, got "yesterday"'],
    [() => Promise.reject(new Error('db down')), 'db down'],
    [() => 'rows' as never, 'items: expected a list from the loader, got "rows"'],
    [() => null as never, 'items: expected a list from the loader, got nothing'],
    [() => ({ rows: 3 }) as never, 'items: expected a list from the loader, got an object'],
  ])('answers 500 and reports an error (%#)', async (load, message) => {
    const onError = vi.fn();
    expect(await feedOf(load, '/rss.xml', { onError })).toMatchObject({ status: 500 });
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message }));
  });

  it('writes errors to the console by default', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    await feedOf(() => Promise.reject(new Error('db down')), '/rss.xml');
    expect(log).toHaveBeenCalledWith(expect.objectContaining({ message: 'db down' }));
    log.mockRestore();
  });
});
