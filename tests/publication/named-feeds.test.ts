import { parseFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { parsePublicationFile } from '../../src/publication/file/publication-file.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Publication } from '../../src/publication/publication.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { storedInMemory } from '../http/stored.ts';
import { article } from './articles.ts';

const now = '2026-03-10T12:00:00Z';
const day = (n: number): string => `2026-03-0${n}T08:00:00Z`;
const sources = [
  article({ slug: 'pg', published: day(1), tags: ['Postgres'], authors: [{ name: 'Ana' }], section: 'Eng' }),
  article({ slug: 'pg-ad', published: day(2), tags: ['Postgres', 'Ads'], authors: [{ name: 'Ana' }] }),
  article({ slug: 'mysql', published: day(3), tags: ['MySQL'], authors: [{ name: 'Bo' }], language: 'de-AT' }),
  article({ slug: 'cake', published: day(4), tags: ['Cake'], language: 'de' }),
  article({ slug: 'pg-de', published: day(5), tags: ['postgres'], authors: [{ name: 'ana' }], language: 'de' }),
];

/** Reads the settings of a publication; fails for a problem. */
function siteOf(feeds: string, more = ''): Site {
  const text = `title: The Daily\nurl: https://daily.example/\nid: "tag:daily.example,2026:"\n${more}feeds:\n${feeds}`;
  const { site, problems } = parsePublicationFile({ path: 'publication.yaml', text }, { title: '', url: 'x:' });
  expect(problems).toEqual([]);
  return site;
}

/** The publication in memory, and as a worker reads it. */
async function both(site: Site, articles = sources): Promise<[name: string, publication: Publication][]> {
  const edition = publish(site, articles, now);
  return [
    ['in memory', { edition: () => edition }],
    ['stored', await storedInMemory(site, articles, now)],
  ];
}

const appOf = (publication: Publication) => createApp(publication, { now: () => Date.parse(now) });

async function slugs(publication: Publication, path: string): Promise<string[]> {
  const answer = await appOf(publication).request(path);
  expect([path, answer.status]).toEqual([path, 200]);
  const { items } = (await answer.json()) as { items: { url: string }[] };
  return items.map(({ url }) => url.split('/').at(-1) ?? '');
}

describe('a named feed', () => {
  it.each([
    ['tags: postgres', ['pg-de', 'pg-ad', 'pg']],
    ['tags: [POSTGRES, mysql]', ['pg-de', 'mysql', 'pg-ad', 'pg']],
    ['{ tags: [postgres, mysql], authors: ana }', ['pg-de', 'pg-ad', 'pg']],
    ['{ tags: postgres, not: { tags: ads } }', ['pg-de', 'pg']],
    ['{ not: { tags: [ads, cake], languages: de } }', ['pg']],
    ['languages: de', ['pg-de', 'cake', 'mysql']],
    ['languages: de-AT', ['mysql']],
    ['sections: eng', ['pg']],
    ['items: 2', ['pg-de', 'cake']],
    ['tags: nothing', []],
  ])('has the articles that %s chooses', async (query, expected) => {
    const written = query.startsWith('{') ? `  chosen: ${query}\n` : `  chosen: { ${query} }\n`;
    for (const [name, publication] of await both(siteOf(written)))
      expect([name, await slugs(publication, '/feeds/chosen/feed.json')]).toEqual([name, expected]);
  });

  it('chooses authors by the keys of publication.yaml, as articles name them', async () => {
    const people = 'authors:\n  as: { name: Ana, bio: Writes. }\n  Bo: { name: Ana Bo }\n';
    const authors = { a: 'as', b: 'AS', c: 'Ana', d: 'bo', e: 'Bo Lind' };
    const written = Object.entries(authors).map(([name, author]) => `  ${name}: { authors: ${author} }\n`);
    const site = siteOf(`${written.join('')}  main: { not: { authors: [as] } }\n`, people);
    expect(site.feeds?.map(({ query }) => query.author)).toEqual([['ana'], ['ana'], ['ana'], ['ana-bo'], ['bo-lind']]);
    expect(site.main).toEqual({ not: { author: ['ana'] } });
    for (const [name, publication] of await both(site))
      expect([name, await slugs(publication, '/feeds/a/feed.json')]).toEqual([name, ['pg-de', 'pg-ad', 'pg']]);
  });

  it('has its own title, language, extent and id, read by another parser', async () => {
    const site = siteOf(
      '  auf-deutsch: { title: Auf Deutsch, description: Nur das, languages: de, content: summary }\n',
    );
    for (const [, publication] of await both(site)) {
      const app = appOf(publication);
      const atom = parseFeed(await (await app.request('/feeds/auf-deutsch/atom.xml')).text());
      expect(atom).toMatchObject({
        format: 'atom',
        feed: {
          id: 'tag:daily.example,2026:/feeds/auf-deutsch',
          title: { value: 'Auf Deutsch' },
          subtitle: { value: 'Nur das' },
          links: expect.arrayContaining([
            { rel: 'self', type: 'application/atom+xml', href: 'https://daily.example/feeds/auf-deutsch/atom.xml' },
            { rel: 'alternate', type: 'text/html', href: 'https://daily.example/feeds/auf-deutsch' },
          ]),
        },
      });
      const text = await (await app.request('/feeds/auf-deutsch/rss.xml')).text();
      expect(parseFeed(text)).toMatchObject({ feed: { title: 'Auf Deutsch', language: 'de' } });
      expect(text).toContain('<![CDATA[<p>A lede.</p>\n<p><a href="https://daily.example/articles/pg-de">');
    }
  });

  it('states the language of articles that are in another one than the feed', async () => {
    for (const [, publication] of await both(siteOf('  all: { language: de }\n'))) {
      const text = await (await appOf(publication).request('/feeds/all/atom.xml')).text();
      expect(
        text.match(/<(?:feed|entry)[^>]*xml:lang="[^"]+"|<entry>/g)?.map((tag) => /lang="(.+)"/.exec(tag)?.[1]),
      ).toEqual(['de', undefined, undefined, 'de-AT', 'en', 'en']);
    }
  });

  it('has archive pages of its own size, which lead to each other', async () => {
    for (const [, publication] of await both(siteOf('  pairs: { items: 2 }\n'))) {
      expect(await slugs(publication, '/feeds/pairs/archive/1/feed.json')).toEqual(['pg-ad', 'pg']);
      expect(await slugs(publication, '/feeds/pairs/archive/2/feed.json')).toEqual(['cake', 'mysql']);
      const newest = await (await appOf(publication).request('/feeds/pairs/atom.xml')).text();
      expect(newest).toContain(
        '<link rel="prev-archive" href="https://daily.example/feeds/pairs/archive/2/atom.xml"/>',
      );
      expect((await appOf(publication).request('/feeds/pairs/archive/3')).status).toBe(302);
    }
  });

  it('is listed first in OPML, at /subscribe, on the front page and in the sitemap', async () => {
    for (const [, publication] of await both(siteOf('  picks: { title: Our picks, tags: cake }\n'))) {
      const read = async (path: string) => (await appOf(publication).request(path)).text();
      expect((await read('/feeds.opml')).match(/xmlUrl="[^"]+"/g)?.slice(0, 3)).toEqual([
        'xmlUrl="https://daily.example/rss.xml"',
        'xmlUrl="https://daily.example/feeds/picks/rss.xml"',
        'xmlUrl="https://daily.example/tags/ads/rss.xml"',
      ]);
      expect(await read('/subscribe')).toContain('<h2>Selected articles</h2>');
      expect(await read('/')).toContain('title="Our picks (RSS)" href="./feeds/picks/rss.xml"');
      expect(await read('/sitemap.xml')).toContain('<loc>https://daily.example/feeds/picks</loc>');
      expect(await read('/feeds/picks')).toContain('<p class="kicker">Selected articles</p>\n<h1>Our picks</h1>');
    }
  });

  it('exists before its first article, so that people can subscribe, and after its last', async () => {
    const site = siteOf('  picks: { tags: later }\n');
    const later = article({
      slug: 'later',
      published: '2026-04-01T00:00:00Z',
      expires: '2026-04-02T00:00:00Z',
      tags: ['later'],
    });
    for (const [, publication] of await both(site, [...sources, later])) {
      const at = (moment: string) => createApp(publication, { now: () => Date.parse(moment) });
      for (const [moment, count] of [
        [now, 0],
        ['2026-04-01T01:00:00Z', 1],
        ['2026-04-03T00:00:00Z', 0],
      ] as const) {
        const answer = await at(moment).request('/feeds/picks/feed.json');
        expect([answer.status, ((await answer.json()) as { items: [] }).items.length]).toEqual([200, count]);
        expect(await (await at(moment).request('/feeds.opml')).text()).toContain('/feeds/picks/rss.xml');
      }
    }
  });

  it('leaves addresses with a dot to files and redirects', async () => {
    const site = { ...siteOf('  picks: { tags: cake }\n'), redirects: { '/feeds/all.atom.xml': './atom.xml' } };
    const [, [, publication]] = (await both(site)) as [never, [string, Publication]];
    const files = async () => new Response('a file');
    const app = createApp(publication, { files });
    expect(await (await app.request('/feeds/all.atom.xml')).text()).toBe('a file');
    const moved = await appOf(publication).request('/feeds/all.atom.xml');
    expect([moved.status, moved.headers.get('Location')]).toEqual([301, 'https://daily.example/atom.xml']);
  });
});

describe('the main feed with a query', () => {
  const site = siteOf('  main: { languages: en, not: { tags: ads } }\n');

  it('has what the publisher says, and every other page has everything', async () => {
    for (const [, publication] of await both(site)) {
      expect(await slugs(publication, '/feed.json')).toEqual(['pg']);
      expect(await slugs(publication, '/tags/postgres/feed.json')).toEqual(['pg-de', 'pg-ad', 'pg']);
      expect(await slugs(publication, '/languages/de/feed.json')).toEqual(['pg-de', 'cake']);
      expect((await appOf(publication).request('/articles/cake')).status).toBe(200);
    }
  });

  it('keeps the ids of the feed and of its articles', async () => {
    const { main: _, ...plain } = site;
    const [[, filtered], [, whole]] = (await Promise.all([site, plain].map(async (one) => (await both(one))[0]))) as [
      [string, Publication],
      [string, Publication],
    ];
    const idsIn = async (publication: Publication) =>
      (await (await appOf(publication).request('/atom.xml')).text()).match(/<id>[^<]+/g) ?? [];
    const all = await idsIn(whole);
    expect(await idsIn(filtered)).toEqual([all[0], all.at(-1)]);
  });

  it('leaves every article and only existing pages in the sitemap', async () => {
    for (const [, publication] of await both({ ...site, items: 1 })) {
      const app = appOf(publication);
      const index = await (await app.request('/sitemap.xml')).text();
      const lists = [...index.matchAll(/<loc>([^<]+)/g)].map(([, url = '']) => new URL(url).pathname);
      const found = (await Promise.all(lists.map(async (path) => (await app.request(path)).text()))).join('');
      const paths = [...found.matchAll(/<loc>([^<]+)/g)].map(([, url = '']) => new URL(url).pathname);
      for (const { head } of sources) expect(paths).toContain(`/articles/${head.slug}`);
      for (const path of paths) expect([path, (await app.request(path)).status]).toEqual([path, 200]);
      expect(new Set(paths).size).toBe(paths.length);
    }
  });
});

describe('publication.yaml', () => {
  const problemsOf = (text: string) =>
    parsePublicationFile({ path: 'p.yaml', text }, { title: 'T', url: 'https://x.example/' }).problems.map(
      ({ line, column, code, message }) => `${line}:${column} ${code} ${message}`,
    );

  it.each([
    ['feeds:\n  a: { tagz: x }', '2:8 unknown-key unknown key "feeds.a.tagz"; did you mean "feeds.a.tags"?'],
    [
      'feeds:\n  a: { not: { tag: x } }',
      '2:15 unknown-key unknown key "feeds.a.not.tag"; did you mean "feeds.a.not.tags"?',
    ],
    ['feeds:\n  a: { items: 0 }', '2:15 wrong-value feeds.a.items: expected a whole number from 1 to 1000, got "0"'],
    [
      'feeds:\n  a: { languages: [xx-] }',
      '2:19 wrong-value feeds.a.languages: expected a language tag such as en or pt-BR, or a list of them, got a list',
    ],
    ['feeds:\n  a: { tags: [] }', '2:14 wrong-value feeds.a.tags: expected a tag or a list of tags, got a list'],
    [
      'feeds:\n  A b: { tags: x }',
      '2:3 wrong-value feeds.A b: the name is part of the feed\'s address, so write it as "a-b", and its title under "title"',
    ],
    [
      'feeds:\n  all.atom: { tags: x }',
      '2:3 wrong-value feeds.all.atom: the name is part of the feed\'s address, so write it as "all-atom", and its title under "title"',
    ],
    [
      'feeds:\n  a: postgres',
      '2:6 wrong-value feeds.a: expected a map of title, description, tags, authors, sections, languages, not, language, items, content, aggregators, got "postgres"',
    ],
    [
      'feeds:\n  main: { title: x }',
      '2:11 wrong-value feeds.main.title: the main feed has it from the publication; set "title" at the left margin',
    ],
    [
      'feeds: [a]',
      '1:8 wrong-value feeds: expected a map of names, each with the articles that the feed has, got a list',
    ],
  ])('reports %j', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});
