import { parseAtomFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../src/http/app.ts';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { publish } from '../../../src/publication/memory.ts';
import { storedInMemory } from '../../http/stored.ts';
import { type Files, makeFolder, writeFiles } from '../temporary-folder.ts';

const now = '2026-03-10T12:00:00Z';
const settings = 'url: https://daily.example/\nid: "tag:daily.example,2026:"\n';
const seed = (title: string, more = '', date = '2026-03-01'): string =>
  `---\ntitle: ${title}\ndate: ${date}\n${more}---\n\nText of ${title}.\n`;
const suffixes = { 'hello.md': seed('Hello'), 'hello.de.md': seed('Hallo'), 'hello.fr.md': seed('Bonjour') };

function folderOf(files: Files) {
  return new SeedFolder(makeFolder({ 'publication.yaml': settings, ...files }), { url: 'https://daily.example/' });
}

/** The app of a folder, in memory and as a worker reads it, at a moment. */
async function apps(files: Files, moment = now) {
  const { site, sources, problems } = folderOf(files).read();
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const edition = publish(site, sources, moment);
  const stored = await storedInMemory(site, sources, moment);
  return [{ edition: () => edition }, stored].map((one) => createApp(one, { now: () => Date.parse(moment) }));
}

async function linksOf(files: Files, path: string, moment = now) {
  const all = await Promise.all(
    (await apps(files, moment)).map(async (app) => {
      const answer = await app.request(path);
      expect([path, answer.status]).toEqual([path, 200]);
      return [...(await answer.text()).matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">/g)].map(
        ([, language, href = '']) => `${language} ${new URL(href).pathname}`,
      );
    }),
  );
  expect(all[1]).toEqual(all[0]);
  return all[0];
}

describe('translations are joined', () => {
  it.each<[string, Files, string, readonly string[]]>([
    [
      'with the language in the file name',
      suffixes,
      'hello',
      ['de /articles/hello-de', 'en /articles/hello', 'fr /articles/hello-fr', 'x-default /articles/hello'],
    ],
    [
      'in bundles',
      { 'a/index.md': seed('A'), 'a/index.de.md': seed('B') },
      'a-de',
      ['de /articles/a-de', 'en /articles/a', 'x-default /articles/a'],
    ],
    [
      'in folders',
      { 'en/posts/hi.md': seed('A'), 'de/posts/hi.md': seed('B', '', '2026-03-02') },
      'hi',
      ['de /articles/de-posts-hi', 'en /articles/hi', 'x-default /articles/hi'],
    ],
    [
      'with a key',
      { 'a.md': seed('A', 'translationKey: k\n'), 'b.md': seed('B', 'translation_id: k\nlang: pt_br\n') },
      'b',
      ['en /articles/a', 'pt-BR /articles/b', 'x-default /articles/a'],
    ],
    [
      'in other languages than the publication, of which the oldest is the default',
      {
        'a.md': seed('A', 'translationKey: k\nlang: fr\n'),
        'b.md': seed('B', 'translationKey: k\nlang: de\n', '2026-03-02'),
      },
      'b',
      ['de /articles/b', 'fr /articles/a', 'x-default /articles/a'],
    ],
    [
      'in the seed format',
      { 'hi.txt': '# Hi\n\n1 March 2026\n\nText.\n', 'hi.de.txt': '# Hallo\n\n2 March 2026\n\nText.\n' },
      'hi',
      ['de /articles/hi-de', 'en /articles/hi', 'x-default /articles/hi'],
    ],
  ])('%s', async (_, files, slug, links) => {
    expect(await linksOf(files, `/articles/${slug}`)).toEqual(links);
  });

  it.each<[string, Files]>([
    ['in one language', { 'a.md': seed('A', 'translationKey: k\n'), 'b.md': seed('B', 'translationKey: k\n') }],
    ['of which the other has no date yet', { 'a.md': seed('A'), 'a.de.md': seed('B', 'draft: true\n') }],
    ['with a name that is no language', { 'a.md': seed('A'), 'a.zz.md': seed('B') }],
    ['with a key of their own', { 'a.md': seed('A', 'translationKey: x\n'), 'a.de.md': seed('B') }],
  ])('but no articles %s', async (_, files) => {
    expect(await linksOf(files, '/articles/a')).toEqual([]);
  });

  it('in sections of the same name, not in those of their languages', () => {
    const files = {
      'en/world/hi.md': seed('A'),
      'de/world/hi.md': seed('B'),
      'de/index.md': seed('C'),
      'de/top.md': seed('D'),
      // A folder whose name is no language here.
      'us/hi.md': seed('E'),
    };
    const { sources } = folderOf(files).read();
    const sections = sources.map(({ head }) => [head.title, head.section] as const);
    expect(Object.fromEntries(sections)).toEqual({ A: 'world', B: 'world', C: undefined, D: undefined, E: 'us' });
  });

  it('keeps ids and addresses', () => {
    const heads = folderOf(suffixes)
      .read()
      .sources.map(({ head }) => [head.id, head.slug]);
    expect(heads).toEqual([
      ['tag:daily.example,2026:hello-de', 'hello-de'],
      ['tag:daily.example,2026:hello-fr', 'hello-fr'],
      ['tag:daily.example,2026:hello', 'hello'],
    ]);
  });

  it('shows a translation from its moment on, and until it expires', async () => {
    const files = { 'a.md': seed('A'), 'a.de.md': seed('B', 'expires: 2026-03-05\n', '2026-03-04') };
    const both = ['de /articles/a-de', 'en /articles/a', 'x-default /articles/a'];
    for (const [moment, links] of [
      ['2026-03-02T00:00:00Z', []],
      ['2026-03-04T00:00:00Z', both],
      ['2026-03-05T00:00:00Z', []],
    ] as const)
      expect([moment, await linksOf(files, '/articles/a', moment)]).toEqual([moment, links]);
    const { sources, site } = folderOf(files).read();
    const page = await publish(site, sources, '2026-03-02T00:00:00Z').article('a', '2026-03-02T00:00:00Z');
    expect(page?.until).toBe('2026-03-04T00:00:00Z');
  });

  it('follows changes of other files, and keeps the rest as it is', () => {
    const dir = makeFolder({ 'publication.yaml': settings, ...suffixes, 'other.md': seed('Other') });
    const folder = new SeedFolder(dir, { url: 'https://daily.example/' });
    const before = new Map(folder.read().sources.map((source) => [source.head.slug, source]));
    writeFiles(dir, { 'hello.de.md': seed('Servus') });
    const after = new Map(folder.read().sources.map((source) => [source.head.slug, source]));
    expect(
      after
        .get('hello')
        ?.article()
        .translations?.map(({ title }) => title),
    ).toEqual(['Servus', 'Bonjour']);
    expect(after.get('other')).toBe(before.get('other'));
    expect(after.get('hello')?.version).not.toBe(before.get('hello')?.version);
    writeFiles(dir, { 'other.md': seed('Changed') });
    const later = new Map(folder.read().sources.map((source) => [source.head.slug, source]));
    for (const slug of ['hello', 'hello-de', 'hello-fr']) expect(later.get(slug)).toBe(after.get(slug));
  });
});

describe('where translations appear', () => {
  it('in Atom, between two links to the article itself, for readers that follow the first or the last', async () => {
    for (const app of await apps(suffixes)) {
      const { entries = [] } = parseAtomFeed(await (await app.request('/atom.xml')).text());
      const type = 'text/html';
      const at = (slug: string, hreflang?: string) => ({
        href: `https://daily.example/articles/${slug}`,
        rel: 'alternate',
        type,
        ...(hreflang && { hreflang }),
      });
      const entry = entries.find(({ id }) => id === 'tag:daily.example,2026:hello-de');
      expect(entry?.links).toEqual([at('hello-de'), at('hello', 'en'), at('hello-fr', 'fr'), at('hello-de', 'de')]);
    }
  });

  it('in the sitemap', async () => {
    for (const app of await apps({ ...suffixes, 'other.md': seed('Other') })) {
      const text = await (await app.request('/sitemap.xml')).text();
      expect(text).toContain('xmlns:xhtml="http://www.w3.org/1999/xhtml"');
      expect(text.match(/<url><loc>[^<]+articles\/hello-de<.*/)?.[0]).toBe(
        '<url><loc>https://daily.example/articles/hello-de</loc><lastmod>2026-03-01T00:00:00Z</lastmod>' +
          ['de', 'en', 'fr', 'x-default']
            .map(
              (language) =>
                `<xhtml:link rel="alternate" hreflang="${language}" href="https://daily.example/articles/hello${/^(?:de|fr)$/.test(language) ? `-${language}` : ''}"/>`,
            )
            .join('') +
          '</url>',
      );
      expect(text).toMatch(/articles\/other<\/loc><lastmod>[^<]+<\/lastmod><\/url>/);
    }
  });

  it('on pages, by their titles, in their languages', async () => {
    const [app] = await apps({ ...suffixes, 'hello.ar.md': seed('مرحبا') });
    const text = await (await app?.request('/articles/hello'))?.text();
    expect(text).toContain(
      '<p><span>In other languages</span></p>\n<ul><li><a lang="ar" dir="rtl" hreflang="ar" href="../articles/hello-ar">مرحبا</a></li><li><a lang="de" hreflang="de" href="../articles/hello-de">Hallo</a></li><li><a lang="fr" hreflang="fr" href="../articles/hello-fr">Bonjour</a></li></ul>',
    );
  });
});

describe('the pages of a language', () => {
  const feedsOn = async (files: Files, path: string) => {
    const [app] = await apps(files);
    const text = (await (await app?.request(path))?.text()) ?? '';
    const first = /<input id="feed-rss" readonly value="([^"]+)"/.exec(text)?.[1];
    return [
      first,
      ...[...text.matchAll(/<link rel="alternate" type="application\/rss\+xml"[^>]* href="([^"]+)"/g)].map(
        ([, href]) => href,
      ),
    ];
  };

  it('lead to its own feed first', async () => {
    expect(await feedsOn(suffixes, '/articles/hello-de')).toEqual([
      'https://daily.example/languages/de/rss.xml',
      '../languages/de/rss.xml',
      '../rss.xml',
    ]);
    expect(await feedsOn(suffixes, '/languages/de')).toEqual([
      'https://daily.example/languages/de/rss.xml',
      '../languages/de/rss.xml',
      '../rss.xml',
    ]);
    expect(await feedsOn(suffixes, '/articles/hello')).toEqual(['https://daily.example/rss.xml', '../rss.xml']);
  });

  it('lead to other articles before and after', async () => {
    const others = { 'a.md': seed('A', '', '2026-02-01'), 'z.md': seed('Z', '', '2026-03-05') };
    for (const app of await apps({ ...suffixes, ...others })) {
      const text = await (await app.request('/articles/hello-de')).text();
      const [, links] = /<nav class="neighbors"[^>]*>(.*?)<\/nav>/s.exec(text) ?? [];
      expect([...(links ?? '').matchAll(/rel="(\w+)" href="([^"]+)"/g)].map(([, ...one]) => one.join(' '))).toEqual([
        'prev ../articles/a',
        'next ../articles/z',
      ]);
    }
  });

  it('lead to the named feed of that language, if there is one', async () => {
    const named = {
      'publication.yaml': `${settings}feeds:\n  rest: { languages: [de, fr] }\n  deutsch: { languages: de }\n  main: { languages: en }\n`,
    };
    expect(await feedsOn({ ...suffixes, ...named }, '/articles/hello-de')).toEqual([
      'https://daily.example/feeds/deutsch/rss.xml',
      '../feeds/deutsch/rss.xml',
      '../rss.xml',
    ]);
    expect(await feedsOn({ ...suffixes, ...named }, '/articles/hello-fr')).toEqual([
      'https://daily.example/languages/fr/rss.xml',
      '../languages/fr/rss.xml',
      '../rss.xml',
    ]);
  });
});
