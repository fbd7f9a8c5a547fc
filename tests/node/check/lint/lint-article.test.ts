import { describe, expect, it } from 'vitest';
import { lintArticle } from '../../../../src/node/check/lint/lint.ts';
import { siteFacts } from '../../../../src/node/check/lint/site-facts.ts';
import { SeedFolder } from '../../../../src/node/folder/seed-folder.ts';
import { hostileLength } from '../../../effort.ts';
import { png } from '../../pictures.ts';
import { type Files, makeFolder, seed } from '../../temporary-folder.ts';

const publication =
  'url: https://daily.example/news/\nid: "tag:daily.example,2026:"\nredirects: { /old: /articles/b }\n';
const now = '2026-03-10T00:00:00Z';

/** Lints `a.md` in a folder that also has `b.md`; returns `line:column code`. */
function lint(text: string, files: Files = {}, name = 'a.md'): string[] {
  const dir = makeFolder({ 'publication.yaml': publication, 'b.md': seed('B'), [name]: text, ...files });
  const reading = new SeedFolder(dir, { url: 'http://localhost:3000/' }).read();
  const article = reading.articles.find(({ file }) => file.endsWith(`/${name}`));
  if (article === undefined) throw new Error(JSON.stringify(reading.problems));
  return lintArticle(article, siteFacts(dir, reading, now)).map(
    ({ line, column, code }) => `${line}:${column} ${code}`,
  );
}

/** Returns the messages about all articles of a folder. */
function messagesOf(files: Files): string[] {
  const dir = makeFolder({ 'publication.yaml': publication, ...files });
  const reading = new SeedFolder(dir, { url: 'http://localhost:3000/' }).read();
  const facts = siteFacts(dir, reading, now);
  return reading.articles.flatMap((article) => lintArticle(article, facts).map(({ message }) => message));
}

const body = (text: string, files: Files = {}) => lint(seed('A', '2026-03-02', text), files);
const front = (keys: string, text = 'It happened.') => `---\ntitle: A\ndate: 2026-03-02\n${keys}---\n\n${text}\n`;

describe('references that repeat too much', () => {
  it('are reported where they begin to be shown as text', () => {
    const title = 'x'.repeat(100_000);
    const first = 'One [a] and [b][a].\n'.repeat(4);
    expect(body(`[a]: /b "${title}"\n\n${first}\n${'[a] '.repeat(20)}\n\n[a]`)).toEqual(['12:9 empty-link']);
  });
});

describe('a date in the future', () => {
  it.each([
    ['in a dateline', seed('A', '2026-03-11'), ['3:1 future-date']],
    ['in front matter', '---\ntitle: A\ndate: 2026-03-11\n---\n\nB.\n', ['3:7 future-date']],
    ['of an update', seed('A', 'Published: 2026-03-01\nUpdated: 2026-03-11'), ['3:1 future-date']],
    ['in the path, which has no place in the file', '---\ntitle: A\n---\n\nB.\n', ['1:1 future-date']],
  ])('is reported %s', (where, text, found) => {
    expect(lint(text, {}, where.includes('path') ? '2027-01-01-a.md' : 'a.md')).toEqual(found);
  });

  it('is not reported once it has come', () => {
    expect(lint(seed('A', '2026-03-10T00:00:00Z'))).toEqual([]);
  });
});

describe('a large picture', () => {
  const whole = Buffer.concat([png(2400, 1600), Buffer.alloc(400_000)]);
  const files = { 'ship.png': whole, 'small.png': png(2400, 1600), 'large.webp': whole };
  const text = '![A ship](ship.png) ![A ship](small.png) ![A ship](large.webp)';

  it('is reported where pages show it whole', () => {
    expect(body(text, files)).toEqual(['5:1 large-picture']);
    expect(lint(front('image: { url: /ship.png, alt: A }\n'), files)).toEqual(['4:15 large-picture']);
    expect(messagesOf({ ...files, 'a.md': seed('A', '2026-03-02', text) })).toEqual([
      'the picture "ship.png" (2400 × 1600 pixels) has 404 kB, and phones load all of it; set "pictures: sharp" in publication.yaml to make smaller versions, or save it smaller',
    ]);
  });

  it.each(['pictures: cloudflare', 'pages: false\npermalink: /:slug/'])('is not reported with %s', (setting) => {
    expect(body(text, { ...files, 'publication.yaml': `${publication}${setting}\n` })).toEqual([]);
  });
});

describe('an article that has expired', () => {
  it.each([
    ['date: 2026-03-02\nexpiryDate: 2026-03-09', ['4:13 expired']],
    ['expires: 2026-03-10T00:00:00Z\ndate: 2026-03-02', ['3:10 expired']],
    ['date: 2026-03-02\nexpiryDate: 2026-03-10T00:00:01Z', []],
    ['date: 2026-03-11\nexpiryDate: 2026-03-12', ['3:7 future-date']],
    ['date: 2026-03-02\nwithdrawn: 2026-03-09', []],
    ['date: 2026-03-02\nexpires: 2026-03-08\nwithdrawn: 2026-03-09', ['4:10 expired']],
  ])('is reported where it says so: %j', (keys, found) => {
    expect(lint(`---\ntitle: A\n${keys}\n---\n\nB.\n`)).toEqual(found);
  });

  it('is named with its moment, and has no page to link to', () => {
    const files = {
      'a.md': '---\ntitle: A\ndate: 2026-03-02\nexpiryDate: 2026-03-09\n---\n\nB.\n',
      'b.md': seed('B', '2026-03-02', '[A](/news/articles/a)'),
    };
    expect(messagesOf(files)).toEqual([
      expect.stringContaining('expired on 2026-03-09T00:00:00Z, so the article is in no feed'),
      expect.stringContaining('articles/a'),
    ]);
  });
});

describe('a headline', () => {
  it.each([
    ['of 120 characters is not too long', seed('x'.repeat(120)), []],
    ['of 121 characters is', seed('x'.repeat(121)), ['1:1 long-headline']],
    ['is counted in characters, not in code units', seed('😀'.repeat(120)), []],
    ['is reported below the date', `2026-03-02\n\n# ${'x'.repeat(121)}\n\nB.\n`, ['3:1 long-headline']],
    [
      'is reported in front matter',
      `---\ndate: 2026-03-02\ntitle: ${'x'.repeat(121)}\n---\n\nB.\n`,
      ['3:8 long-headline'],
    ],
  ])('%s', (_, text, found) => {
    expect(lint(text)).toEqual(found);
  });
});

describe('a summary', () => {
  it.each([
    ['is missing if the body is empty', '# A\n\n2026-03-02\n', ['1:1 missing-summary']],
    [
      'is missing if there is only a video',
      seed('A', undefined, '<video src="https://a.example/a.mp4"></video>'),
      ['1:1 missing-summary'],
    ],
    ['is the lede', seed('A'), []],
    ['may be HTML', seed('A', undefined, '<div>Hello</div>'), []],
    ['may be alternative text', seed('A', undefined, '![A ship](https://a.example/a.png)'), []],
    ['may be in front matter', front('summary: S\n', '<video src="https://a.example/a.mp4"></video>'), []],
  ])('%s', (_, text, found) => {
    expect(lint(text)).toEqual(found);
  });
});

describe('alternative text', () => {
  it.each([
    ['![](https://a.example/a.png)', ['5:1 missing-alt']],
    ['Text ![ ](https://a.example/a.png)', ['5:6 missing-alt']],
    ['> - ![](https://a.example/a.png)', ['5:5 missing-alt']],
    ['| a |\n|---|\n| ![](https://a.example/a.png) |', ['7:3 missing-alt']],
    ['[![](https://a.example/a.png)](https://a.example)', ['5:2 missing-alt']],
    ['<img src="https://a.example/a.png">', ['5:1 missing-alt']],
    ['<figure>\n  <img src="https://a.example/a.png">\n</figure>', ['6:3 missing-alt']],
    ['So <img src="https://a.example/a.png"> it was.', ['5:4 missing-alt']],
    ['![A ship](https://a.example/a.png)', []],
    ['<img src="https://a.example/a.png" alt="">', []],
    ['<img alt="A ship" src="https://a.example/a.png">', []],
    ['<img src="https://a.example/a.png" width="1" height="1">', []],
    ['<!-- <img src="https://a.example/a.png"> -->', []],
    ['`![](a.png)`', []],
    ['    ![](a.png)', []],
    ['```\n![](a.png)\n```', []],
  ])('of %j', (text, found) => {
    expect(lint(seed('A', '2026-03-02', `${text}\n\nWords.`))).toEqual(found);
  });

  it.each([
    ['image: https://a.example/a.png\n', ['4:8 missing-alt']],
    ['cover:\n  image: https://a.example/a.png\n', ['5:10 missing-alt']],
    ['image: { url: "https://a.example/a.png", alt: A ship }\n', []],
    ['image: true\n', []],
    ['image: missing.png\n', []],
  ])('of the picture of an article with %j', (keys, found) => {
    expect(lint(front(keys))).toEqual(found);
  });
});

describe('a link', () => {
  it.each([
    ['See [this](#).', ['5:5 empty-link']],
    ['See [this]().', ['5:5 empty-link']],
    ['See [a](#), **[b](#)**,\nand [c](#).', ['5:5 empty-link', '5:15 empty-link', '6:5 empty-link']],
    ['See [this][r].\n\n[r]: #', ['5:5 empty-link']],
    ['See <a href="#">this</a>.', ['5:5 empty-link']],
    ['<div>\n<a href="">this</a>\n</div>', ['6:1 empty-link']],
    ['Note.[^1]\n\n[^1]: See [this](#).', ['7:11 empty-link']],
    ['See <a name="x">this</a>, [that](https://a.example/#) and `[x](#)`.', []],
    ['See [it](#part-two).\n\n## Part one', ['5:5 missing-anchor']],
    ['See [it](#part-one), [top](#top).\n\n## Part one', []],
    ['See [it](#x).\n\n<p id="x">X</p>', []],
    ['See [it](#x).\n\nOriginal url: <https://a.example/a>', []],
    ['See [it](b.md).', []],
    ['See [it](d.md).', ['5:5 markdown-link']],
    ['See [it](/c.mdx#x).', ['5:5 markdown-link']],
    ['See [it](https://github.example/README.md).', []],
    ['See [it](b).', []],
    ['See [it](c).', ['5:5 dead-link']],
    ['See [it](https://daily.example/news/articles/b#x).', []],
    ['See [it](https://daily.example/news/articles/b/).', []],
    ['See [it](https://daily.example/news/articles/c).', ['5:5 dead-link']],
    ['See <https://daily.example/news/articles/c>.', ['5:5 dead-link']],
    ['See [it](/articles/b).', []],
    [
      'See [it](../old), [feed](../rss.xml), [home](..), [page](../archive/1), [help](../subscribe), [icon](../icon.svg).',
      [],
    ],
    ['See [it](../sections/x), [it](../tags/).', ['5:5 dead-link', '5:26 dead-link']],
    ['See [it](mailto:a@a.example), [it](tel:1), [it](?x), [it](javascript:x).', []],
    ['See [it](c).\n\nOriginal url: <https://a.example/a>', []],
  ])('in %j', (text, found) => {
    expect(body(text)).toEqual(found);
  });

  it('to the old address of an article is not reported', () => {
    const files = { 'c.md': front('url: https://daily.example/news/2019/größe/\n') };
    const links = (path: string) => body(`[it](https://daily.example/news/${path})`, files);
    for (const path of ['2019/größe/', '2019/gr%c3%b6%c3%9fe?a#b']) expect(links(path)).toEqual([]);
    expect(links('2019/')).toEqual(['5:1 dead-link']);
  });

  it("to a file at the site's root is not reported", () => {
    const files = { 'public/ads.txt': '', 'public/.well-known/a b.json': '', 'public/.env': '' };
    const link = (path: string) => body(`[it](<https://daily.example/news/${path}>)`, files);
    for (const path of ['ads.txt#x', '.well-known/a%20b.json', '.well-known/a b.json']) expect(link(path)).toEqual([]);
    for (const path of ['none.txt', '.env', 'public/ads.txt']) expect(link(path)).toEqual(['5:1 dead-link']);
    const picture = '![A ship](https://daily.example/news/ship.png)';
    expect(body(picture, { 'public/ship.png': '' })).toEqual([]);
    expect(body(picture)).toEqual(['5:1 missing-file']);
  });

  it.each([
    ['[it](@/x/b.md)', ['6:1 markdown-link']],
    ['[it]({{< ref "d.md" >}})', ['6:1 markdown-link']],
    ['[it]({{< ref "b.md" >}} "Title") and [this](#)', ['6:38 empty-link']],
    ['[it]({% post_url b %}) and [this](#) and [that](#)', ['6:28 empty-link', '6:42 empty-link']],
    ['[it]({{<\nref "b.md" >}})', []],
  ])('by a shortcode is reported if it leads nowhere, and not as empty: %j', (text, found) => {
    expect(lint(front('', text))).toEqual(found);
  });

  it('to a heading with an id of its own is not reported', () => {
    expect(lint(front('', 'See [it](#part).\n\n## The first part {#part}'))).toEqual([]);
  });

  it.each([
    ['[this](#)', true],
    ['[this](<#> "title")', true],
    ['[this][r]\n\n[r]: #', false],
    ['<a href="#">this</a>', false],
  ])('suggests --fix only if it fixes it: %j', (text, isFixed) => {
    const [message] = messagesOf({ 'a.md': seed('A', '2026-03-02', text) });
    expect(message?.includes('--fix')).toBe(isFixed);
  });

  it('shows addresses without percent-encoding', () => {
    const text = '[a](/news/schön) [b](schön.md) ![c](<schöne Bilder.png>) ![](https://a.example/schön.png)';
    const messages = messagesOf({ 'a.md': seed('A', '2026-03-02', text) });
    expect(messages.map((message) => /"[^"]*"/.exec(message)?.[0])).toEqual([
      '"https://a.example/schön.png"',
      '"schön.md"',
      '"/news/schön"',
      '"schöne Bilder.png"',
    ]);
  });

  it.each(['/news/blog/b/', '/news/2026/03/02/b.html#x', '../2026-03-02-b', '/news/B?x'])(
    'to %s of another system suggests the article with this name',
    (address) => {
      const files = {
        'a.md': seed('A', '2026-03-02', `[b](${address})`),
        '2026-03-02-b.md': seed('B'),
      };
      expect(messagesOf(files)[0]).toContain('link to https://daily.example/news/articles/2026-03-02-b');
    },
  );

  it('may have a dot in its name', () => {
    const text = seed('A', '2026-03-02', '[b](/news/2025/version-1.2/)');
    expect(messagesOf({ 'a.md': text, 'version-1.2.md': seed('B') })[0]).toContain('articles/version-1-2');
  });

  it.each(['github.com/x', 'www.example.de', 'docs.example.org/a b'])('to %s asks for a scheme', (address) => {
    const [message] = messagesOf({ 'a.md': seed('A', '2026-03-02', `[b](<${address}>)`) });
    expect(message).toContain('; write https://');
  });

  it.each(['notes.community/x', 'example.html'])('to %s is treated as part of this site', (address) => {
    const [message] = messagesOf({ 'a.md': seed('A', '2026-03-02', `[b](${address})`) });
    expect(message).toContain('; correct the address');
  });

  it('to a name that two articles share suggests none', () => {
    const text = seed('A', '2026-03-02', '[b](/news/blog/b)');
    const messages = messagesOf({ 'a.md': text, 'b.md': seed('B'), '2026-03-02-b.md': seed('C') });
    expect(messages).toEqual([expect.stringContaining('; correct the address, or add')]);
  });

  it('suggests the article in a file', () => {
    const messages = messagesOf({
      'x/b.txt': seed('B'),
      'x/a.md': seed('A', '2026-03-02', '[b](b.txt) [c](c.md)'),
    });
    expect(messages).toEqual([
      expect.stringContaining("; link to the page's address"),
      expect.stringContaining('; link to https://daily.example/news/articles/b'),
    ]);
  });
});

describe('a file', () => {
  const ship = { 'ship.png': png(60, 60), 'static/deep/ship.png': png(60, 60) };
  it.each([
    ['![A ship](ship.png) ![A ship](/ship.png) ![A ship](/deep/ship.png) [it](ship.png)', []],
    ['![A ship](boat.png)', ['5:1 missing-file']],
    ['![A ship](SHIP.png)', ['5:1 missing-file']],
    ['Words, [it](boat.pdf).', ['5:8 missing-file']],
    ['<img src="boat.png" alt="x">', ['5:1 missing-file']],
    ['<script src="/charts.js"></script>', []],
    ['<video src="boat.mp4" poster="boat.png"></video>', ['5:1 missing-file', '5:1 missing-file']],
    ['![A ship](https://daily.example/news/media/ship.png)', []],
    ['![A ship](https://daily.example/news/media/boat.png)', ['5:1 missing-file']],
    ['![A ship](//a.example/boat.png) ![A ship](data:image/png;base64,AA)', []],
  ])('in %j', (text, found) => {
    expect(body(`${text}\n\nWords.`, ship)).toEqual(found);
  });

  it('in front matter', () => {
    const url = 'https://daily.example/news/media/boat.mp3';
    expect(lint(front(`enclosure:\n  url: ${url}\n`))).toEqual(['5:8 missing-file']);
    expect(lint(front('enclosure: https://daily.example/news/media/ship.png\n'), ship)).toEqual([]);
  });
});

it('reports positions in the file, after front matter, shortcodes and other line ends', () => {
  const text = `---\r\ntitle: A\r\ndate: 2026-03-02\r\n---\r\n\r\nGo {{< x >}} to [it](#).\r\n\r\n{{< y\r\n >}}\r\n\r\n- ä 😀 [b](#)\r\n`;
  expect(lint(text)).toEqual(['6:17 empty-link', '11:8 empty-link']);
});

it.each([
  ['in a table cell after a pipe', '| a | b |\n|---|---|\n| x \\| y \\| [it](#) | [b](#) |', ['7:13', '7:23']],
  ['in a table head after a pipe', '| `x\\|y` [it](#) | b |\n|---|---|', ['5:10']],
  ['in the row below it', '| a \\| b |\n|---|\n| \\|\\| |\n| c \\| [it](#) |', ['8:8']],
  ['in the alternative text of a picture', '![A [ship](#) and [more](#)](ship.png) [b](#)', ['5:5', '5:19', '5:40']],
  ['in alternative text on several lines of a quote', '> ![A\n> [ship](#) x](ship.png)', ['6:3']],
])('an empty link is reported %s', (_, text, places) => {
  const found = body(`${text}\n\nWords.`, { 'ship.png': png(60, 60) });
  expect(found).toEqual(places.map((place) => `${place} empty-link`));
});

describe('hostile bodies are read in linear time', () => {
  const many = hostileLength / 10;
  it.each([
    ['links to #', '[a](#) '.repeat(many), 'empty-link', many],
    ['links to # on lines', '[a](#)\n'.repeat(many), 'empty-link', many],
    ['links by reference', `${'[a][b] '.repeat(many)}\n\n[b]: #`, 'empty-link', many],
    ['links in a table', `| a |\n|---|\n${'| [a](#) |\n'.repeat(many / 4)}`, 'empty-link', many / 4],
    ['links in a cell', `| a |\n|---|\n| ${'[a](#) \\| '.repeat(many / 4)} |`, 'empty-link', many / 4],
    ['links in the alternative text of a picture', `![${'[a](#) '.repeat(many)}](#)`, 'empty-link', many],
    ['pictures', '![](https://a.example/a.png) '.repeat(many), 'missing-alt', many],
    ['img tags', '<img src="https://a.example/a.png"> '.repeat(many), 'missing-alt', many],
    ['open tags', '<img '.repeat(many), 'missing-alt', 0],
    ['open comments', '<!-- '.repeat(many), 'missing-alt', 0],
    ['brackets', '[['.repeat(many), 'empty-link', 0],
  ])('%s', (_, text, code, count) => {
    const found = body(`Words.\n\n${text}`);
    expect(found.filter((one) => one.endsWith(code))).toHaveLength(count);
  });
});
