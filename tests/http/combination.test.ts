import fc from 'fast-check';
import { parseFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { combinedPage } from '../../src/publication/combination.ts';
import { publish } from '../../src/publication/memory.ts';
import { slicesOf } from '../../src/publication/slices/membership.ts';
import { slicePath } from '../../src/publication/slices/slice.ts';
import { article, site as plainSite } from '../publication/articles.ts';
import { storedInMemory } from './stored.ts';

const now = '2026-03-10T12:00:00Z';
const site = { ...plainSite, items: 4 };
const names = { tag: ['a', 'b', 'c'], author: ['ana', 'bo'], section: ['eng', 'ops'], language: ['de', 'en'] };

/** Articles whose labels follow from their number, two on each day. */
const sources = Array.from({ length: 40 }, (_, i) =>
  article({
    slug: `n-${String(i).padStart(2, '0')}`,
    published: `2026-0${1 + Math.floor(i / 28)}-${String(1 + (Math.floor(i / 2) % 14)).padStart(2, '0')}T00:00:00Z`,
    tags: names.tag.filter((_, n) => (i * 7 + n * 3) % 4 < 2).map((tag) => tag.toUpperCase()),
    authors: [{ name: names.author[i % 2] ?? '' }],
    ...(i % 3 === 0 ? {} : { section: names.section[i % 3 === 1 ? 0 : 1] ?? '' }),
    ...(i % 5 === 0 ? { language: 'de' } : {}),
    ...(i === 39 ? { expires: '2026-03-01T00:00:00Z' } : {}),
  }),
);
const edition = publish(site, sources, now);
const memory = createApp({ edition: () => edition }, { now: () => Date.parse(now) });
const stored = createApp(await storedInMemory(site, sources, now), { now: () => Date.parse(now) });

const term = fc
  .constantFrom('tag', 'author', 'section', 'language')
  .chain((kind) =>
    fc.record({ kind: fc.constant(kind), slug: fc.constantFrom(...(names[kind as 'tag'] ?? [])), not: fc.boolean() }),
  );

describe('a feed of a combination', () => {
  it('has the newest articles that meet all conditions, in memory and stored alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(term, { minLength: 2, maxLength: 8 }), async (terms) => {
        const query = terms.map(({ kind, slug, not }) => `${not ? 'not-' : ''}${kind}=${slug}`).join('&');
        const first = await memory.request(`/feed.json?${query}`);
        const moved = first.headers.get('Location');
        const path = moved === null ? `/feed.json?${query}` : new URL(moved, 'https://daily.example/').href.slice(21);
        const [one, two] = [await memory.request(path), await stored.request(path)];
        const body = await one.text();
        expect([two.status, await two.text(), two.headers.get('ETag')]).toEqual([
          one.status,
          body,
          one.headers.get('ETag'),
        ]);
        if (one.status !== 200) {
          const isBoth = (a: (typeof terms)[0]) =>
            terms.some((b) => a.kind === b.kind && a.slug === b.slug && a.not !== b.not);
          expect([one.status, terms.some(isBoth)]).toEqual([400, true]);
          return;
        }
        const kinds = [...new Set(terms.filter(({ not }) => !not).map(({ kind }) => kind))];
        const expected = sources
          .filter(({ head }) => {
            const paths = slicesOf(head, site).map(slicePath);
            const has = ({ kind, slug }: { kind: string; slug: string }) => paths.includes(`${kind}s/${slug}`);
            const isMet = kinds.every((kind) => terms.some((one) => one.kind === kind && !one.not && has(one)));
            return isMet && !terms.some((one) => one.not && has(one)) && head.expires === undefined;
          })
          .map(({ head }) => `https://daily.example/articles/${head.slug}`)
          .reverse()
          .slice(0, site.items);
        const { items } = JSON.parse(body) as { items: { url: string }[] };
        expect(items.map(({ url }) => url)).toEqual(expected);
      }),
    );
  });

  it('says which articles it has, in each format', async () => {
    const path = '?tag=a&author=ana&not-section=ops';
    const atom = await (await memory.request(`/atom.xml${path}`)).text();
    expect(parseFeed(atom)).toMatchObject({
      feed: {
        id: 'tag:daily.example,2026:/?tag=a&author=ana&not-section=ops',
        title: { value: 'The Daily: A + ana − ops' },
        links: expect.arrayContaining([
          { rel: 'self', type: 'application/atom+xml', href: `https://daily.example/atom.xml${path}` },
        ]),
      },
    });
    expect((await memory.request(`/rss.xml${path}`)).headers.get('Link')).toBe(
      `<https://daily.example/rss.xml${path}>; rel="self"`,
    );
  });

  it('has one address', async () => {
    for (const [asked, location] of [
      ['/rss.xml?author=Ana&tag=A', './rss.xml?tag=a&author=ana'],
      ['/rss.xml?tag=a&utm_source=x&author=ana', './rss.xml?tag=a&author=ana'],
      ['/rss.xml?tag=a&tag=b&tag=a', './rss.xml?tag=a&tag=b'],
      ['/feed/?tag=a&not-tag=b', '../rss.xml?tag=a&not-tag=b'],
      ['/rss/feed.xml?tag=a&not-tag=b', '../rss.xml?tag=a&not-tag=b'],
      ['/atom.xml?tag=C%2B%2B', './tags/c-plus-plus/atom.xml'],
      ['/feed.json?language=de&language=DE', './feed.json?language=de'],
    ]) {
      const answer = await memory.request(asked ?? '');
      expect([asked, answer.status, answer.headers.get('Location')]).toEqual([asked, 301, location]);
    }
  });

  it('leaves other parameters alone', async () => {
    const whole = await (await memory.request('/rss.xml')).text();
    for (const query of ['utm_source=x', 'feed=rss2', 'tags=a', 'podcast=episodes']) {
      expect(await (await memory.request(`/rss.xml?${query}`)).text()).toBe(whole);
    }
  });

  it('explains what it cannot do, and what to do instead', async () => {
    for (const [query, status, line] of [
      [
        'tag=a&author=anna',
        404,
        'There is no author "anna". Did you mean "ana"? All names are at https://daily.example/subscribe',
      ],
      ['tag=a&section=zzzzzz', 404, 'There is no section "zzzzzz". All names are at https://daily.example/subscribe'],
      ['tag=a&author=', 400, 'author= needs a name, such as author=news.'],
      ['tag=a&not-tag=a', 400, 'not-tag=a excludes what tag= asks for; remove one of them.'],
      [
        Array.from({ length: 9 }, (_, i) => `tag=t${i}`).join('&'),
        400,
        'A feed has at most 8 conditions; name it in publication.yaml to use more.',
      ],
    ] as const)
      for (const app of [memory, stored]) {
        const answer = await app.request(`/rss.xml?${query}`);
        expect([answer.status, await answer.text()]).toEqual([status, `${line}\n`]);
        expect(answer.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
      }
  });

  it('knows no label that only scheduled articles have, until they appear', async () => {
    const [slug, published] = ['launch', '2026-03-10T12:05:00Z'];
    const all = [...sources, article({ slug, published, tags: ['The Launch', 'a'], authors: [{ name: 'Cy' }] })];
    const edition = publish(site, all, now);
    for (const publication of [{ edition: () => edition }, await storedInMemory(site, all, now)]) {
      const at = (moment: string) => createApp(publication, { now: () => Date.parse(moment) });
      for (const query of ['tag=the-launch&not-tag=b', 'tag=a&author=cy']) {
        const early = await at(now).request(`/rss.xml?${query}`);
        expect([query, early.status]).toEqual([query, 404]);
        expect(await early.text()).not.toMatch(/The Launch|Cy/);
        expect(early.headers.get('Cache-Control')).toBe('public, max-age=60');
        expect((await at(published).request(`/rss.xml?${query}`)).status).toBe(200);
      }
    }
  });

  it('includes the regional forms of a language, also alone', async () => {
    const all = ['de-AT', 'de', 'den', 'de-CH', 'pt-BR'].map((language, i) =>
      article({ slug: language, language, tags: ['a'], published: `2026-01-0${5 - i}T00:00:00Z` }),
    );
    const edition = publish(site, all, now);
    for (const publication of [{ edition: () => edition }, await storedInMemory(site, all, now)]) {
      const read = async (query: string) => {
        const answer = await createApp(publication, { now: () => Date.parse(now) }).request(`/feed.json?${query}`);
        const { title, language, items } = JSON.parse(await answer.text());
        return [title, language, items.map((item: { url: string }) => item.url.replace(/.*\//, ''))];
      };
      expect(await read('language=de')).toEqual(['The Daily: de', 'de', ['de-AT', 'de', 'de-CH']]);
      expect(await read('tag=a&language=de-at')).toEqual(['The Daily: a + de-AT', 'de-AT', ['de-AT']]);
      expect(await read('language=pt')).toEqual(['The Daily: pt', 'pt', ['pt-BR']]);
      expect((await read('not-language=de'))[2]).toEqual(['den', 'pt-BR']);
    }
  });

  it('can exclude a label before any article has it, and says nothing of scheduled ones', async () => {
    const later = article({ slug: 'ad', published: '2026-03-10T12:05:00Z', tags: ['The Ads', 'a'] });
    const all = [...sources, later];
    const edition = publish(site, all, now);
    for (const publication of [{ edition: () => edition }, await storedInMemory(site, all, now)])
      for (const moment of [now, later.head.published]) {
        const app = createApp(publication, { now: () => Date.parse(moment) });
        const answer = await app.request('/feed.json?tag=a&not-tag=the-ads');
        const { items } = JSON.parse(await (await app.request('/feed.json?tag=a&not-tag=nothing-yet')).text());
        expect([answer.status, items[0].url.endsWith('/ad')]).toEqual([200, moment !== now]);
        const text = await answer.text();
        expect([text.includes('articles/ad'), text.includes('The Ads')]).toEqual([false, moment !== now]);
      }
  });

  it('answers 304 to a reader that has it, and changes when an article expires', async () => {
    const path = '/feed.json?author=bo&not-section=eng';
    const at = (moment: string) => createApp({ edition: () => edition }, { now: () => Date.parse(moment) });
    const before = await at('2026-02-28T23:00:00Z').request(path);
    expect(await before.text()).toContain('n-39');
    expect(before.headers.get('Cache-Control')).toContain('max-age=3600');
    const etag = before.headers.get('ETag') ?? '';
    expect((await at('2026-02-28T23:30:00Z').request(path, { headers: { 'If-None-Match': etag } })).status).toBe(304);
    const after = await at('2026-03-01T00:00:00Z').request(path, { headers: { 'If-None-Match': etag } });
    expect([after.status, (await after.text()).includes('n-39')]).toEqual([200, false]);
  });

  it('searches ten pages at most, of the slice with the fewest articles', async () => {
    const rare = article({ slug: 'rare', published: '2020-01-01T00:00:00Z', tags: ['Rare', 'Common'] });
    const common = Array.from({ length: 200 }, (_, i) =>
      article({
        slug: `c-${i}`,
        published: new Date(Date.UTC(2021, 0, 1 + i)).toISOString().replace('.000', ''),
        tags: ['Common'],
      }),
    );
    const all = publish(site, [rare, ...common], now);
    const items = async (query: string) => {
      const page = await all.combined?.(
        query.split('&').map((one) => ({
          kind: 'tag' as const,
          slug: one.replace(/.*=/, ''),
          ...(one.startsWith('not') ? { not: true as const } : {}),
        })),
        now,
      );
      return page !== undefined && 'articles' in page ? page.articles.map(({ slug }) => slug) : [];
    };
    expect(await items('tag=rare')).toEqual(['rare']);
    expect(await items('not-tag=common')).toEqual([]);
    let read = 0;
    const run = {
      count: 200,
      upcoming: [],
      expiring: {},
      heads: async (positions: readonly number[]) => {
        read += positions.length;
        return positions.map((position) => common[position]?.head ?? rare.head);
      },
      articles: async () => [],
      published: async () => undefined,
    };
    const store = {
      site,
      whole: run,
      slice: async (kind: 'tag', slug: string) => ({ slice: { kind, slug, label: slug }, run }),
      slices: async () => [],
      article: async () => undefined,
      findByOldPath: async () => undefined,
      isGone: async () => false,
    };
    await combinedPage(
      store as never,
      [
        { kind: 'tag', slug: 'common' },
        { kind: 'tag', slug: 'rare' },
        { kind: 'author', slug: 'nobody' },
      ],
      now,
    );
    expect(read).toBe(10 * site.items);
  });

  it('is purged with every change', async () => {
    const cached = publish({ ...site, purge: { kind: 'cloudflare', id: 'zone' } }, sources, now);
    const answer = await createApp({ edition: () => cached }, { now: () => Date.parse(now) }).request(
      '/rss.xml?tag=a&author=bo',
    );
    expect(answer.headers.get('Cache-Tag')).toBe('daily.example,daily.example/edition');
  });
});
