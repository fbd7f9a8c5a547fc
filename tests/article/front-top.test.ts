import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { topsAlike } from './top-alike.ts';

const options = {
  timezone: 'America/New_York',
  articleUrl: (slug: string) => `https://a.example/articles/${slug}`,
  mintId: (slug: string) => `tag:a.example,2026:${slug}`,
};
/** Where a text may be cut off, and all of it. */
const sizes = [30, 50, 70, 100, 200, 1000, 10_000];

const told = (text: string, path = 'x/a.md'): number => topsAlike(text, path, sizes, options);

describe('the beginning is enough of an article with front matter', () => {
  it.each([
    '---\ntitle: A title\ndate: 2026-03-01\n---\n\nBody.\n',
    '---\ntitle: "A title & more"\ndate: 2026-03-01T10:00:00Z\ntags: [one, "Two"]\n---\nBody.\n',
    "---\nlayout: post\ntitle:  'It''s here'\ndate: 2026-03-01 10:30:00 +0100\ncategories: harbour city\n---\n\nBody.",
    '---\ntitle: A\ndate: 2026-03-01\ndraft: false\ntags:\n  - one\n  - One\ncategories: []\n---\nBody\n\n---\n\nMore.\n',
    '---\ntitle: A\npubDate: Mar 1 2026\nupdated: 2026-03-02\nauthor: Ann <ann@a.example>\ndescription: It *is*.\n---\nB\n',
    '---\ntitle: A\ndate: 2026-03-01\nid: https://b.example/a\nslug: other\nlang: de\n---\nB\n',
    '---\ntitle: A\ndate: 2026-03-01\nurl: https://b.example/a\ncontent: summary\n---\nB\n',
  ])('%j', (text) => {
    expect(told(text)).toBeGreaterThan(0);
  });
});

describe('the beginning is not enough of', () => {
  it.each([
    ['what is a draft', '---\ntitle: A\ndate: 2026-03-01\ndraft: true\n---\nB\n'],
    ['what has something wrong', '---\ntitle: A\ndate: Monday, March 1, 2026\n---\nB\n'],
    ['what names a picture', '---\ntitle: A\ndate: 2026-03-01\nimage: a.png\n---\nB\n'],
    ['what may have a shortcode', '---\ntitle: A\ndate: 2026-03-01\n---\n{{< b >}}\n'],
    ['what says its date below', '---\ntitle: A\n---\n2026-03-01\n\nB\n'],
    ['what says its title below', '---\ndate: 2026-03-01\n---\n# A\n\nB\n'],
    ['what ends with dots', '---\ntitle: A\ndate: 2026-03-01\n...\nB\n\n---\n\nC\n'],
    ['what has no end', '---\ntitle: A\ndate: 2026-03-01\n'],
  ])('%s', (_, text) => {
    expect(told(text)).toBe(0);
  });

  it('MDX', () => {
    const text = '---\ntitle: A\ndate: 2026-03-01\n---\nB\n';
    expect(told(text, 'a.mdx')).toBe(0);
    expect(told(text, 'a.md')).toBeGreaterThan(0);
  });
});

/** Most often what is ordinary, else anything. */
const mostly = (ordinary: readonly string[], any: readonly string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...ordinary) },
    { weight: 1, arbitrary: fc.constantFrom(...any) },
  );
// biome-ignore format: what belongs together stands in a row
const values = mostly(
  ['A title', '"One: two"', '2026-03-01', '2026-03-01T09:00:00Z', 'false', '[one, two]', 'Ann'],
  [
    '', '~', '""', '" "', 'true', 'no', '[]', '[ "A", a ]', '*A*', '"*A*"', '"&amp;"', '"<b>"', '3', '1.50', '2026-02-30',
    '03/04/2026', 'Friday, March 3, 2026', 'March 3, 2026', '12', '20260301', 'created', 'https://b.example/a', 'tag:b.example,2026:b',
    'http://', 'en', 'en_GB.utf8', 'Klingon', 'full', 'summary', '../a/b', '/a/b/', 'a.png', '{a: b}', '[[a], {name: b}]', '|\n  x',
    'Ann <ann@b.example>, Bob', 'a, b', 'never', "''", "' x '", '!x', '- a', '\n  - a\n  - b', '\n  name: a\n  url: b',
  ],
);
// biome-ignore format: what belongs together stands in a row
const keys = mostly(
  ['title', 'date', 'title', 'date', 'tags', 'draft', 'layout', 'categories'],
  [
    'Title', 'pubDate', 'published', 'updated', 'lastmod', 'author', 'authors', 'tag', 'category', 'taxonomies', 'extra', 'summary',
    'description', 'id', 'guid', 'url', 'link', 'permalink', 'slug', 'path', 'language', 'lang', 'content', 'build',
    'eleventyExcludeFromCollections', 'image', 'cover', 'enclosure', 'duration', 'weight', 'x', 'Source', 'Original url', 'source',
  ],
);
const lines = fc
  .array(
    fc
      .tuple(keys, mostly([': '], [':', ' : ', ':  ']), values, mostly([''], [' ', ' # note']))
      .map((parts) => parts.join('')),
    { maxLength: 4 },
  )
  .map((all) => all.join('\n'));
const sound = mostly(
  ['title: A title\ndate: 2026-03-01\n', 'date: 2026-03-01T09:00:00Z\ntitle: "A"\n'],
  ['', '# note\n', '\n', 'title: A\n'],
);
const bodies = mostly(
  ['\nBody.\n', 'Body.\n\n---\n\nMore.\n', '', '\n# A heading\n\nBody.\n'],
  [
    'Id: <tag:b.example,2026:b>\n',
    '\nOriginal url: <https://b.example/>\n',
    'Source: https://b.example/\n',
    '2026-04-01\n\nBody.\n',
    '{{< x >}}\n',
    '[toc]\n',
    '---\n',
    'Updated: 2026-03-09\n',
  ],
);
const texts = fc
  .tuple(
    mostly(['---\n'], ['--- \n', '---yaml\n', '+++\n', '---toml\n', '\n---\n', '----\n', '---\n---\n']),
    sound,
    lines,
    mostly(['\n---\n', '---\n'], ['\n--- \n', '\n...\n', '\n---', '\n----\n', '\n---x\n', '\n+++\n']),
    bodies,
  )
  .map((parts) => parts.join(''));
const paths = fc.constantFrom(
  ...[
    'a.md',
    'Sport/2026/goal.md',
    'x/index.md',
    'x/index.de.md',
    'hello.de.md',
    '_index.md',
    'a.mdx',
    'a.txt',
  ],
  '2026-01-01-b.md',
);

test('what the beginning tells is what the whole tells', { timeout: 600_000 }, () => {
  let some = 0;
  // A million takes some minutes.
  const numRuns = Number(process.env.FRONT_TOP_RUNS ?? 20_000);
  fc.assert(
    fc.property(texts, paths, (text, path) => {
      if (topsAlike(text, path, sizes, options) > 0) some += 1;
    }),
    { numRuns },
  );
  // Of nothing it would hold, too.
  expect(some).toBeGreaterThan(numRuns / 20);
});
