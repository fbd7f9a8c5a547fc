import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ArticleSource, Instant } from '../../../src/article/article.ts';
import { build, edgeFolder } from '../../../src/node/build/build.ts';
import { readEarlierBuild } from '../../../src/node/build/earlier/earlier-build.ts';
import { ArticleFiles } from '../../../src/node/folder/files/article-files.ts';
import { packageFilesFolder } from '../../../src/node/folder/files/package-files.ts';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { publishedBy } from '../../../src/publication/ledger.ts';
import type { StoredEdition } from '../../../src/publication/stored/stored.ts';
import storedForm4 from '../../fixtures/stored-form-4.json' with { type: 'json' };
import { article, articles, site } from '../../publication/articles.ts';
import { dateline } from '../command.ts';
import { type Files, makeFolder, manySeeds, seed, writeFiles } from '../temporary-folder.ts';

const now = '2026-03-10T12:00:00Z';

/** Every file below a folder, by its path. */
function tree(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(dir, path)).isFile())
    .sort();
}

const publicFiles = tree(packageFilesFolder);
/** The files of every build, except feeds. */
const lists = [
  '404.html',
  '_headers',
  '_redirects',
  'app.webmanifest',
  'archive.html',
  'index.html',
  'subscribe.html',
  'feeds.opml',
  'sitemap.xml',
  'robots.txt',
];
const feeds = (folder = ''): string[] => ['rss.xml', 'atom.xml', 'feed.json'].map((file) => folder + file);

describe('dateline build', () => {
  let out: string;
  beforeAll(async () => {
    const dir = makeFolder({
      ...manySeeds(5),
      'größe.md': seed('Größe', '2026-01-01'),
      'to-come.md': seed('To come', '2099-01-01'),
      'publication.yaml': 'url: https://daily.example\nid: "tag:daily.example,2025:"\nitems: 2\n',
    });
    out = join(dir, '..', 'built', 'here');
    const { code, stdout, stderr } = await dateline(['build', dir, '--out', out]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\S+\/built\/here: 7 articles in \d+ documents, \d+ objects for the edge\n$/);
  });

  it('writes every document, the files of public and what the worker needs', () => {
    const edge = edgeFolder(out);
    const objects = tree(edge).filter((file) => /^_dateline\/objects\/[0-9a-f]{32}\.gz$/.test(file));
    expect(objects.length).toBeGreaterThan(6);
    expect(tree(edge)).toEqual(['_headers', ...publicFiles, ...objects, '_dateline/edition-6.json'].sort());
    const pages = (folder: string) => [
      ...feeds(folder),
      ...[1, 2, 3].flatMap((n) => [`${folder}archive/${n}.html`, ...feeds(`${folder}archive/${n}/`)]),
    ];
    expect(tree(out)).toEqual(
      [
        ...publicFiles,
        ...lists,
        ...pages(''),
        ...[1, 2, 3].map((n) => `archive/${n}/sitemap.xml`),
        'months/2025-01.html',
        'months/2026-01.html',
        'languages/en.html',
        ...pages('languages/en/'),
        ...['0001', '0002', '0003', '0004', '0005', 'größe'].map((slug) => `articles/${slug}.html`),
      ].sort(),
    );
  });

  it('leaves an article that is not due out of the documents, and stores it for the worker', () => {
    const has = (dir: string): string[] =>
      tree(dir).filter((file) => {
        const bytes = readFileSync(join(dir, file));
        return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).includes('To come');
      });
    expect(has(out)).toEqual([]);
    // In a block of articles, among the headlines, and in the ledger.
    expect(has(edgeFolder(out))).toEqual([1, 2, 3].map(() => expect.stringMatching(/^_dateline\/objects\//)));
    const edition = JSON.parse(readFileSync(join(edgeFolder(out), '_dateline/edition-6.json'), 'utf8'));
    expect(edition).toMatchObject({ form: 6, whole: { count: 7, upcoming: ['2099-01-01T00:00:00Z'] } });
  });

  it('writes the same bytes again', async () => {
    const sources = articles(7);
    const [a, b] = [join(makeFolder(), 'a'), join(makeFolder(), 'b')];
    await build({ ...site, items: 3 }, sources, a, now);
    await build({ ...site, items: 3 }, sources.toReversed(), b, '2026-03-10T12:00:01Z');
    for (const [one, other] of [[a, b] as const, [edgeFolder(a), edgeFolder(b)] as const]) {
      expect(tree(other)).toEqual(tree(one));
      for (const file of tree(one)) expect(readFileSync(join(other, file))).toEqual(readFileSync(join(one, file)));
    }
  });
});

describe('a build', () => {
  const builtIn = async (files: Files, env: Record<string, string> = {}) => {
    const cwd = makeFolder(Object.fromEntries(Object.entries(files).map(([path, text]) => [`seeds/${path}`, text])));
    return { cwd, ...(await dateline(['build'], { cwd, env })) };
  };

  it('goes to dist/site by default, with SITE_URL as its address', async () => {
    const { cwd, code, stdout } = await builtIn({ 'a.md': seed('A') }, { SITE_URL: 'https://mirror.example' });
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^dist\/site: 1 article in 17 /),
    });
    expect(readFileSync(join(cwd, 'dist/site/rss.xml'), 'utf8')).toContain('https://mirror.example/rss.xml');
    expect(readdirSync(join(cwd, 'dist'))).toEqual(['site', 'site-edge']);
  });

  it('warns without a public address and without an id', async () => {
    const { code, stderr } = await builtIn({ 'a.md': seed('A') });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^seeds\/a\.md:1:1: warning: no public address; .* \(no-url\)\nseeds\/a\.md:1:1: warning: .* \(no-id\)\n$/,
    );
  });

  it.each<[string, Files]>([
    ['an article', { 'a.md': seed('A'), 'b.md': '# B\n' }],
    ['the publication file', { 'a.md': seed('A'), 'publication.yaml': 'items: 0\n' }],
  ])('is not made if %s has an error', async (_, files) => {
    const { cwd, code, stdout, stderr } = await builtIn(files);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^seeds\/\S+:\d+:\d+: error: /m);
    expect(stderr).toMatch(/^dateline: nothing was built: .* 1 error, /m);
    expect(readdirSync(cwd)).toEqual(['seeds']);
  });

  it("has the publication's own files at its root, which never replace a document", async () => {
    const files = {
      'publication.yaml': 'url: https://daily.example\nid: "tag:daily.example,2025:"\n',
      'a.md': seed('A'),
      'public/ads.txt': 'own',
      'public/page.html': 'own',
      'public/style.css': 'own',
      'public/.well-known/security.txt': 'own',
      'public/.assetsignore': '_dateline\n',
      'public/rss.xml': 'secret',
      'public/articles/a.html': 'secret',
      'public/index.html': 'secret',
      'public/404.html': 'secret',
      'public/_headers': 'secret',
      'public/_redirects': 'secret',
      'public/_dateline/edition-6.json': 'secret',
      // A file named like a folder, and folders named like files.
      'public/languages': 'own',
      'public/feeds.opml/b.txt': 'own',
      'public/icon.png/b.txt': 'own',
      'public/.git/config': 'secret',
      'public/.env': 'secret',
    };
    const dir = makeFolder(files);
    symlinkSync(join(makeFolder({ 'b.txt': 'secret' }), 'b.txt'), join(dir, 'public/out.txt'));
    const out = join(makeFolder(), 'out');
    const built = await dateline(['build', dir, '--out', out]);
    expect(built).toMatchObject({ code: 0, stderr: '' });
    expect(built.stdout).toMatch(/ documents, 5 files of public\/, \d+ objects for the edge\n$/);
    const holding = (folder: string, text: string) =>
      tree(folder).filter((file) => readFileSync(join(folder, file), 'utf8') === text);
    const own = ['.well-known/security.txt', 'ads.txt', 'icon.png/b.txt', 'page.html', 'style.css'];
    expect(holding(out, 'own')).toEqual(own);
    expect(holding(edgeFolder(out), 'own')).toEqual([...own, 'feeds.opml/b.txt', 'languages'].sort());
    for (const folder of [out, edgeFolder(out)]) {
      expect(holding(folder, 'secret')).toEqual([]);
      expect(tree(folder)).toEqual(expect.arrayContaining(publicFiles.filter((file) => file !== 'icon.png')));
    }
    expect(tree(out)).toEqual(expect.arrayContaining([...lists, ...feeds(), ...feeds('languages/en/')]));
    expect([out, edgeFolder(out)].map((folder) => existsSync(join(folder, '.assetsignore')))).toEqual([false, true]);
    rmSync(join(dir, 'public'), { recursive: true });
    expect(await dateline(['build', dir, '--out', out])).toMatchObject({ code: 0 });
    for (const folder of [out, edgeFolder(out)]) {
      expect(holding(folder, 'own')).toEqual([]);
      expect(tree(folder)).toEqual(expect.arrayContaining(publicFiles));
      expect(existsSync(join(folder, '.assetsignore'))).toBe(false);
    }
  });

  it('of an empty folder has the feeds and a page', async () => {
    const out = join(makeFolder(), 'out');
    await build(site, [], out, now);
    expect(tree(out)).toEqual([...publicFiles, ...lists, ...feeds()].sort());
    // The edition, no months, an empty ledger, and an empty table, shared by articles and slices.
    expect(tree(edgeFolder(out)).filter((file) => file.startsWith('_dateline/'))).toHaveLength(4);
  });

  it('replaces an earlier one completely', async () => {
    const out = join(makeFolder(), 'out');
    await build({ ...site, items: 1 }, articles(3), out, now);
    expect(tree(out)).toContain('archive/3/rss.xml');
    await build({ ...site, items: 1 }, articles(2), out, now);
    expect(tree(out)).not.toContain('archive/3/rss.xml');
    expect(tree(out)).not.toContain('articles/0003.html');
    expect(readdirSync(join(out, '..'))).toEqual(['out', 'out-edge']);
  });

  it('writes an archive page over the redirect that held its place', async () => {
    const out = join(makeFolder(), 'out');
    const page = () => readFileSync(join(out, 'archive/3.html'), 'utf8');
    await build({ ...site, items: 1 }, articles(3), out, now);
    expect(page()).toContain('<meta http-equiv="refresh" content="0; url=/">');
    await build({ ...site, items: 1 }, articles(4), out, now);
    expect(page()).not.toContain('http-equiv="refresh"');
    expect(page()).toContain('<link rel="canonical" href="https://daily.example/archive/3">');
  });

  it('accepts an empty folder', async () => {
    const out = makeFolder();
    await build(site, [article()], out, now);
    expect(tree(out)).toContain('articles/one.html');
  });

  it.each([
    [
      'a folder with files that no build wrote',
      (out: string) => mkdirSync(join(out, 'photos'), { recursive: true }),
      'holds files that no build wrote; choose another folder with --out, or empty this one',
    ],
    ['a file', (out: string) => writeFileSync(out, 'mine'), 'is a file; choose another name with --out'],
  ])('leaves %s alone and reports an error', async (_, make, message) => {
    const parent = makeFolder();
    const out = join(parent, 'out');
    make(out);
    const before = tree(parent);
    await expect(build(site, [article()], out, now)).rejects.toThrow(`${out} ${message}`);
    expect(tree(parent)).toEqual(before);
    expect(existsSync(out)).toBe(true);
    expect(readdirSync(parent)).toEqual(['out']);
  });

  it.each(['out', 'out-edge'])('leaves an earlier build in %s alone that the articles were put into', async (name) => {
    const out = join(makeFolder(), 'out');
    await build(site, [article()], out, now);
    const seeds = join(out, '..', name, 'seeds');
    mkdirSync(seeds);
    writeFileSync(join(seeds, 'one.md'), 'mine');
    const before = tree(join(out, '..'));
    await expect(build(site, [article()], out, now, undefined, new ArticleFiles(seeds))).rejects.toThrow(
      `${name} holds the articles, which a build would delete; choose another folder with --out`,
    );
    expect(tree(join(out, '..'))).toEqual(before);
  });

  it('for the edge only writes no documents, and does not make the folder of documents replaceable', async () => {
    const out = join(makeFolder(), 'out');
    mkdirSync(out);
    writeFileSync(join(out, 'photo'), 'mine');
    const built = await build(site, articles(2), out, now, undefined, undefined, true);
    expect(built).toMatchObject({ articles: 2, documents: 0 });
    expect(tree(edgeFolder(out))).toContain('_dateline/edition-6.json');
    await expect(build(site, articles(2), out, now)).rejects.toThrow('holds files that no build wrote');
    expect(tree(out)).toEqual(['photo']);
  });

  it('records the articles of an earlier one', async () => {
    const out = join(makeFolder(), 'out');
    const past = async () => {
      const { slugs, slices, oldPaths } = publishedBy((await readEarlierBuild(edgeFolder(out), now)).ledger, now);
      return [...slugs, ...slices, ...oldPaths].sort();
    };
    const old = (slug: string) => ({ slug, permalink: `${site.url}old/${slug}/` });
    const tagged = article({ ...old('tagged'), tags: ['Rare'] });
    const ahead = article({ ...old('ahead'), tags: ['Ahead'], published: '2099-01-01T00:00:00Z' });
    await build(site, [...articles(2), tagged, ahead], out, now);
    const known = ['0001', '0002', 'languages/en', 'old/tagged', 'tagged', 'tags/rare'];
    expect(await past()).toEqual(known);
    // What was withdrawn before it was due was never published.
    for (const count of [2, 1]) await build(site, articles(count), out, now);
    expect(await past()).toEqual(known);
  });

  it.each([3, 4])('remembers what a build of stored form %d published, and replaces it', async (form) => {
    // Form 3 says of a slice only when its first article becomes due.
    const older = Object.entries(storedForm4).map(([path, text]) => [
      path,
      text.replace('"form":4', `"form":${form}`).replace(form === 3 ? /"turns":\["([^"]+)"\]/g : /$^/, '"first":"$1"'),
    ]);
    const out = join(makeFolder(), 'out');
    const folder = edgeFolder(out);
    writeFiles(folder, Object.fromEntries(older));
    const pathsNow = async () => [...(await readEarlierBuild(folder, now)).ledger.paths.keys()];
    const slugs = ['old', 'a2', 'a3', 'a4'].map((slug) => `articles/${slug}`);
    expect(await pathsNow()).toEqual(expect.arrayContaining([...slugs, 'tags/rare', 'languages/en']));
    await build(site, [article({ slug: 'a2' })], out, now, undefined, undefined, true);
    expect(await pathsNow()).toEqual(expect.arrayContaining([...slugs, 'tags/rare', 'languages/en']));
    writeFileSync(join(folder, '_dateline/edition-6.json'), '{"form":2}');
    expect(await pathsNow()).toEqual([]);
  });

  it('takes an article that has expired out of the documents, with its files', async () => {
    const dir = makeFolder({
      ...manySeeds(2),
      'offer.md':
        '---\ntitle: Offer\ndate: 2026-03-01\nexpires: 2026-03-09\ntags: [Offers]\nurl: https://daily.example/old/offer/\n---\n\n![A](offer.png) ![B](both.png)\n',
      'other.md': seed('Other', '2026-03-02', '![B](both.png)'),
      'offer.png': 'a',
      'both.png': 'b',
    });
    const out = join(makeFolder(), 'out');
    const at = async (moment: Instant): Promise<string[]> => {
      const { site, sources, files } = new SeedFolder(dir, { url: 'https://daily.example/' }).read();
      await build(site, sources, out, moment, undefined, files);
      return [...tree(out), ...tree(edgeFolder(out)).map((path) => `edge/${path}`)].filter((path) =>
        /offer|both/.test(path),
      );
    };
    const both = ['media/both.png', 'edge/media/both.png'];
    const own = [
      'articles/offer.html',
      'media/offer.png',
      'old/offer/index.html',
      'tags/offers.html',
      ...feeds('tags/offers/'),
      'edge/media/offer.png',
    ];
    expect((await at('2026-03-08T00:00:00Z')).sort()).toEqual([...both, ...own].sort());
    expect(readFileSync(join(out, 'rss.xml'), 'utf8')).toContain('Offer');
    expect((await at('2026-03-09T00:00:00Z')).sort()).toEqual([...both].sort());
    for (const file of ['rss.xml', 'sitemap.xml', 'feeds.opml', 'index.html', '_redirects', 'subscribe.html'])
      expect(readFileSync(join(out, file), 'utf8')).not.toMatch(/offer/i);
  });

  it('is dated by its last change, not by the dates of files', async () => {
    const out = join(makeFolder(), 'out');
    const changedAfter = async (sources: readonly ArticleSource[], files: Instant, at: Instant) => {
      await build(site, sources, out, at, files);
      const text = readFileSync(join(edgeFolder(out), '_dateline/edition-6.json'), 'utf8');
      return (JSON.parse(text) as StoredEdition).changed;
    };
    const first = '2026-03-10T10:00:00Z';
    expect(await changedAfter(articles(2), first, '2026-03-10T10:30:00Z')).toBe(first);
    expect(await changedAfter(articles(2), '2026-03-10T11:00:00Z', '2026-03-10T11:30:00Z')).toBe(first);
    // Such as a file that another machine wrote before the first build, but that arrived later.
    const late = await changedAfter(articles(3), '2026-03-10T09:00:00Z', '2026-03-10T12:00:00Z');
    expect(late).toBe('2026-03-10T12:00:00Z');
  });

  it('leaves the earlier one unchanged if it fails', async () => {
    const parent = makeFolder();
    const out = join(parent, 'out');
    await build(site, [article()], out, now);
    const before = tree(out);
    const { head } = article({ slug: 'two' });
    const broken = {
      head,
      article: () => {
        throw new Error('no');
      },
    };
    await expect(build(site, [broken], out, now)).rejects.toThrow('no');
    expect(tree(out)).toEqual(before);
    expect(readdirSync(parent)).toEqual(['out', 'out-edge']);
  });
});
