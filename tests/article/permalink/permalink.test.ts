import { describe, expect, it } from 'vitest';
import { type ParsedArticle, parseSeed } from '../../../src/article/parse.ts';
import type { PermalinkRule } from '../../../src/article/permalink/parts.ts';
import { unknownPlaceholder } from '../../../src/article/permalink/parts.ts';

const parse = (path: string, frontMatter: string, rule: Partial<PermalinkRule> & { readonly pattern: string }) => {
  const dated = /^date:/m.test(frontMatter) || /\d{4}[-/]\d\d[-/]\d\d/.test(path) ? '' : 'date: 2020-01-01\n';
  const text = `---\n${frontMatter}\n${dated}---\nText.\n`;
  const { source, problems } = parseSeed(
    { path, text },
    {
      timezone: rule.timezone ?? 'UTC',
      articleUrl: (slug) => `https://feeds.example/articles/${slug}`,
      mintId: (slug) => `tag:feeds.example,2026:${slug}`,
      rule: { home: 'https://site.example/', language: 'en', timezone: 'UTC', ...rule },
    },
  );
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return (source as ParsedArticle).head;
};
const addressOf = (...args: Parameters<typeof parse>) => parse(...args).permalink;

// Most addresses are those that Hugo 0.111.3, Jekyll 4.3.1, Eleventy 3.1.8, Astro 6.0, Docusaurus 3.10 and Hexo 8.1 gave
// to such files. Those of Nuxt follow the code of Nuxt Content 3.16, and those of Zola its documentation; neither ran.
describe.each<
  [
    PermalinkRule['generator'],
    Partial<PermalinkRule>,
    readonly (readonly [pattern: string, path: string, frontMatter: string, address: string])[],
  ]
>([
  [
    'hugo',
    {},
    [
      ['/posts/:path/', 'My First_Post.md', 'title: T', '/posts/my-first_post/'],
      ['/posts/:path/', 'sub/Deep Post.md', 'title: T', '/posts/sub/deep-post/'],
      ['/posts/:path/', 'c++ & c#.md', 'title: T', '/posts/c++-c%23/'],
      ['/posts/:path/', 'ünï.cödé.md', 'title: T', '/posts/ünï.cödé/'],
      ['/posts/:path/', 'bundle/index.md', 'title: T', '/posts/bundle/'],
      ['/posts/:path/', 'bundle/index.md', 'slug: My Own Slug', '/posts/my-own-slug/'],
      ['/posts/:path/', 'gruß.de.md', 'title: T', '/de/posts/gruß/'],
      ['/posts/:path/', 'hello.en.md', 'title: T', '/posts/hello/'],
      ['/posts/:path/', 'url.md', 'url: /some/where', '/some/where/'],
      ['/posts/:path/', 'url.md', 'url: some/Where2.html', '/some/Where2.html'],
      ['/posts/:path/', 'url.md', 'url: /some/v1.2', '/some/v1.2'],
      [
        '/posts/:year/:month/:slug/',
        'a.md',
        'title: "Title of a.b.c, really?"',
        '/posts/2020/01/title-of-a.b.c-really/',
      ],
      ['/posts/:year/:month/:slug/', 'bundle/index.md', 'slug: My Own Slug', '/posts/2020/01/my-own-slug/'],
      ['/p/:year/:month/:day/:title/', 'a.md', 'title: A\ndate: 2020-01-01T00:30:00+08:00', '/p/2020/01/01/a/'],
      ['/posts/:slugorfilename', 'sub/Deep Post.md', 'title: T', '/posts/deep-post/'],
      ['/posts/:sections/:filename/', 'a.b.c.md', 'title: T', '/posts/a.b.c/'],
    ],
  ],
  [
    'jekyll',
    { timezone: 'America/New_York' },
    [
      [
        '/:categories/:year/:month/:day/:title.html',
        '2020-01-01-My First_Post & more.md',
        'categories: [Foo Bar, Baz]',
        '/foo%20bar/baz/2020/01/01/My-First_Post-&-more.html',
      ],
      [
        '/:categories/:year/:month/:day/:title:output_ext',
        '2020-02-02-dated.md',
        'date: 2020-02-01 02:00:00\nslug: Own Slug.x\ncategory: Single Cat',
        '/single%20cat/2020/01/31/Own-Slug.x.html',
      ],
      [
        '/:categories/:year/:month/:day/:title.html',
        '2020-02-03-zone.markdown',
        'date: 2020-02-01 02:00:00 +0900\ncategories: a b',
        '/a/b/2020/01/31/zone.html',
      ],
      ['/:year/:title/', '2020-02-04-perm.md', 'permalink: /x/:year/:title', '/x/2020/perm'],
      ['/:title/', 'sub/2020-02-05-ünï.c.md', 'title: T', '/ünï.c/'],
    ],
  ],
  [
    'eleventy',
    {},
    [
      [
        '/posts/:path/',
        '2020-01-01-My First_Post & more.md',
        'title: T',
        '/posts/2020-01-01-My%20First_Post%20&%20more/',
      ],
      ['/posts/:path/', 'folder/2020-01-01-ünï.c.md', 'title: T', '/posts/folder/2020-01-01-ünï.c/'],
      ['/posts/:path/', 'bundle/index.md', 'title: T', '/posts/bundle/'],
      ['/posts/:path/', 'sub/fourth/fourth.md', 'title: T', '/posts/sub/fourth/'],
      ['/posts/:path/', '2020-02-02-t2.md', 'permalink: /t/{{ page.fileSlug }}/index.html', '/t/t2/'],
      [
        '/posts/:path/',
        't.md',
        'title: Hé & Llo, wörld 2.0\npermalink: "/t/{{ title | slugify }}/"',
        '/t/he-and-llo-woerld-2-0/',
      ],
      ['/posts/:path/', 't.md', 'permalink: "/{{ page.fileSlug | upcase }}/"', '/posts/t/'],
    ],
  ],
  [
    'astro',
    { home: 'https://site.example/b/' },
    [
      ['/blog/:path', 'My First_Post & more.md', 'title: T', '/b/blog/my-first_post--more'],
      ['/blog/:path/', '2020-01-01-ünï.c.md', 'title: T', '/b/blog/2020-01-01-ünïc/'],
      ['/blog/:path/', 'C++ (v2.0).md', 'title: T', '/b/blog/c-v20/'],
      ['/blog/:path/', 'sub/Déep Post.md', 'title: T', '/b/blog/sub/déep-post/'],
      ['/blog/:path/', 'bundle/index.md', 'title: T', '/b/blog/bundle/'],
      ['/blog/:path/', 'own.md', 'slug: Own/Slug.x', '/b/blog/Own/Slug.x/'],
    ],
  ],
  [
    'docusaurus',
    { home: 'https://site.example/base/' },
    [
      [
        '/news/:path',
        '2020-01-01-My First_Post & more.md',
        'title: T',
        '/base/news/2020/01/01/My%20First_Post%20&%20more',
      ],
      ['/news/:path', '2021/03/04/bundle/index.md', 'title: T', '/base/news/2021/03/04/bundle'],
      ['/news/:path', 'folder/2020-02-02-a.b.md', 'title: T', '/base/news/2020/02/02/folder/a.b'],
      ['/news/:path', 'folder/plain.mdx', 'title: T', '/base/news/folder/plain'],
      ['/news/:path', '2020-02-02-own.md', 'slug: own/slug', '/base/news/own/slug'],
      ['/news/:path', '2020-02-03-own.md', 'slug: /abs', '/base/news/abs'],
    ],
  ],
  [
    'hexo',
    { home: 'https://site.example/base/', timezone: 'Asia/Tokyo' },
    [
      [
        '/:year/:month/:day/:title/',
        'My First_Post & more.md',
        'date: 2020-01-01 23:00:00',
        '/base/2020/01/01/My%20First_Post%20&%20more/',
      ],
      [
        '/:year/:month/:day/:title/',
        'sub/2020-01-01-ünï.c.md',
        'date: 2020-01-02T23:00:00Z\nslug: own',
        '/base/2020/01/02/sub/2020-01-01-ünï.c/',
      ],
      ['/:category/:name.html', 'sub/a.b.md', 'title: T', '/base/uncategorized/a.b.html'],
      ['/a/:i_month/:post_title/', 'a.md', 'title: One Two', '/base/a/1/one-two/'],
      ['/:title', 'p.md', 'permalink: some/where.html', '/base/some/where.html'],
    ],
  ],
  [
    'nuxt',
    {},
    [
      ['/blog/:path', '1.My First_Post & more.md', 'title: T', '/blog/my-first_post-and-more'],
      ['/blog/:path', '2.ünï.c.md', 'title: T', '/blog/uni.c'],
      ['/blog/:path', 'C++ (v2.0).md', 'title: T', '/blog/c++-(v2.0)'],
      ['/blog/:path', '1.bundle/index.md', 'title: T', '/blog/bundle'],
    ],
  ],
  [
    'zola',
    {},
    [
      ['/blog/:path/', '2020-01-01-My First_Post.md', 'title: T', '/blog/my-first-post/'],
      ['/blog/:path/', '2020-01-01_Größe.md', 'title: T', '/blog/grosse/'],
      ['/blog/:path/', '2020-01-01-bundle/index.md', 'title: T', '/blog/bundle/'],
      ['/blog/:path/', 'a.md', 'slug: Own Slug', '/blog/own-slug/'],
      ['/blog/:path/', 'a.md', 'path: some/where', '/some/where/'],
      ['/blog/:path/', 'a.fr.md', 'title: T', '/fr/blog/a/'],
    ],
  ],
])('an address of %s', (generator, rule, rows) => {
  it.each(rows)('%s of %s with %j is %s', (pattern, path, frontMatter, address) => {
    expect(addressOf(path, frontMatter, { generator: generator as 'hugo', pattern, ...rule })).toBe(
      new URL(address, 'https://site.example').href,
    );
  });
});

describe('without a generator', () => {
  it.each([
    ['/posts/:slug/', 'News/2026/Hello World.md', 'title: T', '/posts/hello-world/'],
    ['/:section/:slug/', 'News/2026/Hello World.md', 'slug: Own', '/news/own/'],
    ['/:path/', 'News/2026/Hello World.md', 'title: T', '/news/2026/hello-world/'],
    ['/:year/:month/:day/:filename.html', 'a/index.md', 'date: 2026-05-04', '/2026/05/04/a.html'],
    ['/:slug', 'a.md', 'url: /old/place', '/old/place'],
    ['/:slug', 'a.md', 'permalink: /x/', '/x/'],
    ['/:slug', 'a.md', 'url: https://else.example/x', '/a'],
    ['/:slug', 'a?b#c.md', 'title: T', '/a-b-c'],
  ])('%s of %s with %j is %s', (pattern, path, frontMatter, address) => {
    expect(addressOf(path, frontMatter, { pattern })).toBe(`https://site.example${address}`);
  });
});

describe('the id of an article beside a site', () => {
  const pattern = '/posts/:slug/';
  it.each<[PermalinkRule['ids'], string, string]>([
    [undefined, 'title: T', 'tag:feeds.example,2026:a'],
    [undefined, 'canonical_url: https://else.example/a', 'tag:feeds.example,2026:a'],
    ['address', 'title: T', 'https://site.example/posts/a/'],
    ['address', 'url: /x/', 'https://site.example/x/'],
    ['address', 'id: urn:x:1', 'urn:x:1'],
    ['jekyll-feed', 'title: T', 'https://site.example/posts/a'],
    ['jekyll-feed', 'slug: B c', 'https://site.example/posts/B%20c'],
  ])('with ids: %s and %s is %s', (ids, frontMatter, id) => {
    expect(parse('a.md', frontMatter, ids === undefined ? { pattern } : { pattern, ids }).id).toBe(id);
  });
});

describe('the old paths of an article', () => {
  it.each<[string, PermalinkRule['generator'], readonly string[] | undefined]>([
    ['aliases: [/old/, /posts/a/, old-name]', undefined, ['old/']],
    ['aliases: [/old/, old-name, "Two words"]', 'hugo', ['old/', 'posts/old-name']],
    ['redirect_from: /2019/a.html', 'jekyll', ['2019/a.html']],
    ['redirect_from: [//else.example/a]', 'jekyll', undefined],
    ['aliases: A note', undefined, undefined],
  ])('%s in %s', (frontMatter, generator, aliases) => {
    const rule = { pattern: '/posts/:path/', ...(generator && { generator }) };
    expect(parse('a.md', frontMatter, rule).aliases).toEqual(aliases);
  });
});

describe('a pattern', () => {
  it.each([
    ['/:year/:month/:title:output_ext', undefined],
    ['/:i_month-:short_year/', undefined],
    ['/:weekday/', ':weekday'],
    ['/:yeer', ':yeer'],
  ])('%s has the unknown placeholder %s', (pattern, unknown) => {
    expect(unknownPlaceholder(pattern)).toBe(unknown);
  });
});
