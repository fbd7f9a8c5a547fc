/** A publication file in the root of a site names the folder of articles. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { articlesFolder, findPublication } from '../../../src/node/folder/options/articles-folder.ts';
import { publicationHome } from '../../../src/node/folder/options/publication-file.ts';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { dateline } from '../command.ts';
import { png } from '../pictures.ts';
import { makeFolder } from '../temporary-folder.ts';

const settings = (more = ''): string =>
  `title: Daily\nurl: https://daily.example/blog/\nid: "tag:daily.example,2026:"\narticles: content/posts/\nstatic: static\npermalink: /posts/:slug/\nids: address\npages: false\n${more}`;
const makeSite = () =>
  makeFolder({
    'publication.yaml': settings(),
    'README.md': '# Not an article',
    'content/about.md': '---\ntitle: About\ndate: 2026-01-01\n---\nNot below articles.\n',
    'content/posts/a.md': '---\ntitle: A\ndate: 2026-02-01\n---\n![Ship](/img/ship%201.png) ![Own](own.png)\n',
    'content/posts/own.png': png(5, 6),
    'static/img/ship 1.png': png(3, 2),
    'static/.secret/x.png': png(3, 2),
  });

describe('the folders of a publication beside a site', () => {
  const site = makeSite();
  const posts = join(site, 'content/posts');
  it.each([
    [site, posts],
    [posts, posts],
    [join(site, 'content'), join(site, 'content')],
  ])('%s has its articles in %s', (dir, articles) => {
    expect(articlesFolder(dir)).toBe(articles);
  });
  it('are found from inside and beside', () => {
    expect([findPublication(posts), findPublication(join(site, 'static'))]).toEqual([posts, posts]);
    expect(publicationHome(posts)).toBe(site);
    expect(publicationHome(join(site, 'content'))).toBe(join(site, 'content'));
  });
});

describe('a folder of articles in a site', () => {
  it('has the settings of the site, and the addresses of its static files', () => {
    const folder = new SeedFolder(join(makeSite(), 'content/posts'), { url: 'http://localhost/' });
    const { sources, problems, site } = folder.read();
    expect(problems).toEqual([]);
    expect(site).toMatchObject({ title: 'Daily', pages: false, permalink: { pattern: '/posts/:slug/' } });
    const [article] = sources.map((source) => source.article());
    expect(article).toMatchObject({ id: 'https://daily.example/blog/posts/a/', permalink: article?.id });
    expect(article?.content).toContain(
      'src="https://daily.example/blog/img/ship%201.png" alt="Ship" width="3" height="2"',
    );
    expect(article?.content).toContain('src="https://daily.example/blog/media/own.png" alt="Own" width="5" height="6"');
    expect(article?.section).toBeUndefined();
  });

  it('finds a picture in front matter from the root of the static files, after one beside the article', () => {
    const site = makeSite();
    const imageOf = (written: string) => {
      writeFileSync(
        join(site, 'content/posts/a.md'),
        `---\ntitle: A\ndate: 2026-02-01\ncover:\n  image: ${written}\n---\nA.\n`,
      );
      const { sources, problems } = new SeedFolder(join(site, 'content/posts'), { url: 'http://localhost/' }).read();
      expect(problems).toEqual([]);
      return sources[0]?.article().image;
    };
    expect(imageOf('img/ship%201.png')).toMatchObject({
      url: 'https://daily.example/blog/img/ship%201.png',
      width: 3,
    });
    writeFileSync(join(site, 'static/own.png'), png(3, 2));
    expect(imageOf('own.png')).toMatchObject({ url: 'https://daily.example/blog/media/own.png', width: 5 });
  });

  it('takes over changed settings with the next reading, and keeps the last good ones', () => {
    const site = makeSite();
    const folder = new SeedFolder(join(site, 'content/posts'), { url: 'http://localhost/' });
    const ids = (): unknown => folder.read(new Map()).sources.map(({ head }) => [head.id, head.permalink]);
    folder.read();
    writeFileSync(
      join(site, 'publication.yaml'),
      `${settings()}generator: hugo\n`.replace('/posts/:slug', '/p/:title'),
    );
    expect(ids()).toEqual([['https://daily.example/blog/p/a/', 'https://daily.example/blog/p/a/']]);
    writeFileSync(join(site, 'publication.yaml'), 'title: [');
    const { problems } = folder.read(new Map());
    expect(problems.map(({ file, code }) => [file, code])).toEqual([[join(site, 'publication.yaml'), 'bad-yaml']]);
    expect(ids()).toEqual([['https://daily.example/blog/p/a/', 'https://daily.example/blog/p/a/']]);
  });
});

describe('commands in the root of a site', () => {
  it('check its articles, with the state beside the publication file', async () => {
    const cwd = makeSite();
    expect((await dateline(['check'], { cwd })).stdout).toBe('1 article, 0 errors, 0 warnings\n');
    expect([existsSync(join(cwd, '.dateline')), existsSync(join(cwd, 'content/posts/.dateline'))]).toEqual([
      true,
      false,
    ]);
    expect((await dateline(['check', 'content/posts/a.md'], { cwd })).code).toBe(0);
  });

  it('build feeds without pages', async () => {
    const cwd = makeSite();
    expect((await dateline(['build'], { cwd })).code).toBe(0);
    const built = (path: string) => existsSync(join(cwd, 'dist/site', path));
    const made = ['rss.xml', 'atom.xml', 'feed.json', 'feeds.opml', 'media/own.png', 'feed.css'];
    const missing = ['index.html', '404.html', 'subscribe.html', 'articles', 'sitemap.xml', 'robots.txt', 'media/img'];
    expect([made, missing].map((paths) => paths.filter(built))).toEqual([made, []]);
    expect((await dateline(['build'], { cwd })).code).toBe(0);
  });

  it('write a new article into its folder', async () => {
    const cwd = makeSite();
    const { stdout } = await dateline(['new', 'Hello'], { cwd });
    expect(stdout).toMatch(/^content\/posts\/\d{4}-\d\d-\d\d-hello\.md\n$/);
    expect(readFileSync(join(cwd, stdout.trim()), 'utf8')).toContain('Hello');
  });

  it('say which folder is missing', async () => {
    const cwd = makeFolder({ 'publication.yaml': settings() });
    const { code, stderr } = await dateline(['check'], { cwd });
    expect([code, stderr]).toEqual([1, expect.stringContaining('content/posts')]);
  });
});
