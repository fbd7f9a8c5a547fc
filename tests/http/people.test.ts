/** What articles and pages say about authors, and what parsers written by others read there. */
import fc from 'fast-check';
import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import { mf2 } from 'microformats-parser';
import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/article/article.ts';
import { createApp } from '../../src/http/app.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { publish } from '../../src/publication/memory.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { propertyRuns } from '../effort.ts';
import { makeFolder, writeFiles } from '../node/temporary-folder.ts';
import { article, site } from '../publication/articles.ts';

const now = '2026-06-01T00:00:00Z';
const yaml = `url: https://daily.example/
title: The Daily
items: 3
authors:
  ana:
    name: Ana Silva
    bio: Writes about harbours.
    picture: /people/ana.jpg
    url: https://ana.example/
    fediverse: "https://social.example/@ana"
    profiles: [https://social.example/@ana, https://code.example/ana]
  bo: Bo Lind
  editors: { name: The Editors, default: true }
`;
const seed = (day: number, keys: string): string =>
  `---\ntitle: Day ${day}\ndate: 2026-03-0${day}\n${keys}---\nText.\n`;
const ana = {
  name: 'Ana Silva',
  bio: 'Writes about harbours.',
  picture: 'https://daily.example/people/ana.jpg',
  url: 'https://ana.example/',
  fediverse: '@ana@social.example',
  profiles: ['https://social.example/@ana', 'https://code.example/ana'],
};

function read(files: Record<string, string>) {
  return new SeedFolder(makeFolder(files), { url: 'http://localhost:3000/' }).read();
}

function folderApp() {
  const { site, sources, problems } = read({
    'publication.yaml': yaml,
    'key.md': seed(4, 'author: ana\n'),
    'name.md': seed(3, 'authors: [ana silva, bo]\nlastmod: 2026-03-09\n'),
    'own.md': seed(2, 'author: { name: Cy, url: https://cy.example/, fediverse: "@cy@social.example" }\n'),
    'none.md': seed(1, ''),
  });
  expect(problems).toEqual([]);
  return appOf(site, sources);
}

function appOf(site: Site, sources: Parameters<typeof publish>[1]) {
  const edition = publish(site, sources, now);
  const app = createApp({ edition: () => edition }, { now: () => Date.parse(now) });
  return { text: async (path: string) => (await app.request(path)).text() };
}

describe('an author in publication.yaml', () => {
  it('is found by key or name, and stands for articles without one if it is the default', () => {
    const { site, sources } = read({
      'publication.yaml': yaml,
      'a.md': seed(1, 'author: ana\n'),
      'b.md': seed(2, 'authors: [ana silva, bo]\n'),
      'c.md': seed(3, ''),
    });
    expect(sources.map(({ head }) => head.authors)).toEqual([[ana], [ana, { name: 'Bo Lind' }], []]);
    expect(site.authors).toEqual([{ name: 'The Editors' }]);
  });

  it('wins over a data file, and unknown keys name the file', () => {
    const { sources, problems } = read({
      'publication.yaml': yaml,
      'authors.yml': 'ana: { name: Other }\ncy: { name: Cy, avatar: /img/cy.png }\n',
      'a.md': seed(1, 'authors: [ana, cy, dee]\n'),
    });
    expect(sources[0]?.head.authors).toEqual([ana, { name: 'Cy' }, { name: 'dee' }]);
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'unknown-author: "dee" has no entry in publication.yaml; add one with a "name" there, or write the author\'s name',
    ]);
  });

  it('changes what articles say as soon as it changes', () => {
    const dir = makeFolder({ 'publication.yaml': yaml, 'a.md': seed(1, 'author: ana\n') });
    const folder = new SeedFolder(dir, { url: 'http://localhost:3000/' });
    expect(folder.read().sources[0]?.head.authors).toEqual([ana]);
    writeFiles(dir, { 'publication.yaml': yaml.replace('harbours', 'tides') });
    const again = folder.read();
    expect(again.sources[0]?.head.authors).toEqual([{ ...ana, bio: 'Writes about tides.' }]);
  });
});

describe('a page', () => {
  it('of an article names its authors for link previews and search engines', async () => {
    const page = await folderApp().text('/articles/name');
    expect(page).toContain('<meta name="fediverse:creator" content="@ana@social.example">');
    const [, data = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(data).author).toEqual([
      {
        '@type': 'Person',
        name: ana.name,
        url: ana.url,
        image: ana.picture,
        description: ana.bio,
        sameAs: ana.profiles,
      },
      { '@type': 'Person', name: 'Bo Lind' },
    ]);
    expect(page).toContain('rel="author" href="../authors/ana-silva"');
    expect(page).toContain('src="../people/ana.jpg"');
  });

  it('of an author shows the bio and leads to the other pages with rel=me', async () => {
    const page = mf2(await folderApp().text('/authors/ana-silva'), {
      baseUrl: 'https://daily.example/authors/ana-silva',
    });
    expect(page.rels.me).toEqual([ana.url, ...ana.profiles]);
    const [card] = page.items.find(({ type }) => type?.includes('h-feed'))?.children ?? [];
    expect(card?.properties).toMatchObject({
      name: [ana.name],
      note: [ana.bio],
      url: [ana.url, ...ana.profiles],
      photo: [ana.picture],
    });
  });

  it('of a home leads to the pages of its only author', async () => {
    const single = appOf({ ...site, authors: [ana] }, [article()]);
    expect(mf2(await single.text('/'), { baseUrl: site.url }).rels.me).toEqual(ana.profiles);
    const two = appOf({ ...site, authors: [ana, { name: 'Bo' }] }, [article()]);
    expect(mf2(await two.text('/'), { baseUrl: site.url }).rels.me).toBeUndefined();
  });
});

it('a feed carries the portrait where its format has a place', async () => {
  const { items } = parseJsonFeed(await folderApp().text('/feed.json'));
  expect(items?.[0]?.authors).toEqual([{ name: ana.name, url: ana.url, avatar: ana.picture }]);
});

interface Entry {
  readonly name: string | undefined;
  readonly url: string | undefined;
  readonly published: string | undefined;
  readonly authors: readonly { readonly name: string | undefined; readonly uri: string | undefined }[];
}

type Item = ReturnType<typeof mf2>['items'][number];

/** The first value of a property that is text or a nested item. */
function first(item: Item | undefined, name: string): string | undefined {
  const [value] = item?.properties[name] ?? [];
  return typeof value === 'string' || value === undefined ? value : (value as { value: string }).value;
}

function authorsIn(item: Item | undefined) {
  return (item?.properties.author ?? []).map((author) => {
    const card = author as Item;
    return { name: first(card, 'name'), uri: first(card, 'url') };
  });
}

function entryIn(item: Item): Entry {
  return {
    name: first(item, 'name'),
    url: first(item, 'url'),
    published: first(item, 'published'),
    authors: authorsIn(item),
  };
}

function microformats(page: string, path: string) {
  const { items } = mf2(page, { baseUrl: new URL(path, site.url).href });
  const feed = items.find(({ type }) => type?.includes('h-feed'));
  const entries = (feed?.children ?? []).filter(({ type }) => type?.includes('h-entry'));
  return { title: first(feed, 'name'), authors: authorsIn(feed), entries: entries.map(entryIn) };
}

function atom(text: string) {
  const { title, authors = [], entries = [] } = parseAtomFeed(text);
  const person = ({ name, uri }: { name?: string; uri?: string }) => ({ name, uri });
  return {
    title: title?.value,
    authors: authors.map(person),
    entries: entries.map(
      ({ title, links, published, authors = [] }): Entry => ({
        name: title?.value,
        url: links?.find(({ rel }) => rel === 'alternate')?.href,
        published,
        authors: authors.map(person),
      }),
    ),
  };
}

describe('microformats', () => {
  it.each(['', 'authors/ana-silva/', 'archive/1/'])('of /%s say the same as the Atom feed', async (folder) => {
    const app = folderApp();
    const feed = atom(await app.text(`/${folder}atom.xml`));
    const path = `/${folder}`.replace(/(?<=.)\/$/, '');
    expect(feed.entries.length).toBeGreaterThan(0);
    const page = microformats(await app.text(path), path);
    expect(page).toEqual(feed);
  });

  it('of named feeds, translations and corrections say the same as their Atom feeds', async () => {
    const text = (title: string, keys: string) => `---\ntitle: ${title}\n${keys}\n---\nText.\n`;
    const { site, sources, problems } = read({
      'publication.yaml': `${yaml}feeds:\n  ships: { title: Ships & more, tags: ships }\n  deutsch: { languages: de }\n`,
      'ferry.md': text(
        'The ferry',
        'date: 2026-03-01\nauthor: ana\ntags: ships\ncorrected: { date: 2026-03-02, note: Nine. }',
      ),
      'ferry.de.md': text('Die Fähre', 'date: 2026-03-03\ntags: ships\ncorrected: { date: 2026-03-04, note: Neun. }'),
      'ferry.de-AT.md': text('Das Schiff', 'date: 2026-03-03\nauthor: bo'),
      'gone.md': text('Gone <b>', 'date: 2026-03-01\nwithdrawn: { date: 2026-03-05, reason: Made up. }'),
      'own.md': text('Elsewhere', 'date: 2026-03-01\ntags: ships\nurl: https://other.example/a?b=1&c=2'),
    });
    expect(problems).toEqual([]);
    const app = appOf(site, sources);
    for (const [path, count] of [
      ...[['/feeds/ships', 3] as const, ['/feeds/deutsch', 2] as const, ['/languages/de', 1] as const],
      ...[['/tags/ships', 3] as const, ['/corrections', 3] as const],
    ]) {
      const feed = atom(await app.text(`${path}/atom.xml`));
      expect([path, feed.entries.length]).toEqual([path, count]);
      expect(microformats(await app.text(path), path)).toEqual(feed);
    }
  });

  it('of any titles, authors and addresses say the same as the Atom feed', async () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `${text.replace(/\s+/g, ' ').trim()}x`);
    const author = fc.record({ name: word, url: fc.webUrl({ withQueryParameters: true }) }, { requiredKeys: ['name'] });
    const said: fc.Arbitrary<Partial<Article>> = fc.record(
      { title: word, authors: fc.array(author, { maxLength: 3 }), permalink: fc.webUrl({ withQueryParameters: true }) },
      { requiredKeys: ['title', 'authors'] },
    );
    await fc.assert(
      fc.asyncProperty(said, fc.array(author, { minLength: 1, maxLength: 2 }), async (parts, authors) => {
        const normalized = <T extends { url?: string }>(one: T): T =>
          one.url ? { ...one, url: new URL(one.url).href } : one;
        const one = article({
          ...parts,
          authors: (parts.authors ?? []).map(normalized),
          ...(parts.permalink === undefined ? {} : { permalink: new URL(parts.permalink).href }),
        });
        const app = appOf({ ...site, authors: authors.map(normalized) }, [one]);
        const feed = atom(await app.text('/atom.xml'));
        const list = microformats(await app.text('/'), '/');
        const trimmed = (text: string | undefined) => text?.trim();
        expect(
          list.entries.map(({ url, published, authors }) => [url, published, authors.map(({ uri }) => uri)]),
        ).toEqual(feed.entries.map(({ url, published, authors }) => [url, published, authors.map(({ uri }) => uri)]));
        expect(list.entries.map(({ name }) => trimmed(name))).toEqual(feed.entries.map(({ name }) => trimmed(name)));
        expect(list.authors).toEqual(feed.authors);
      }),
      { numRuns: propertyRuns(100, 30) },
    );
  });

  it('of an article have its content, its update and its authors', async () => {
    const { items } = mf2(await folderApp().text('/articles/name'), { baseUrl: 'https://daily.example/articles/name' });
    const [entry, ...more] = items;
    expect(more).toEqual([]);
    expect(entry?.type).toEqual(['h-entry']);
    expect(entry && entryIn(entry)).toEqual({
      name: 'Day 3',
      url: 'https://daily.example/articles/name',
      published: '2026-03-03T00:00:00Z',
      authors: [
        { name: ana.name, uri: ana.url },
        { name: 'Bo Lind', uri: 'https://daily.example/authors/bo-lind' },
      ],
    });
    expect(first(entry, 'updated')).toBe('2026-03-09T00:00:00Z');
    expect(first(entry, 'content')).toContain('Text.');
  });
});
