import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../../src/node/import/read/read-document.ts';
import { readFeed } from '../../../../src/node/import/read/read-feed.ts';
import { readPublishedFeed } from '../../../../src/node/published/published-feed.ts';
import { dateline } from '../../command.ts';
import { makeFolder } from '../../temporary-folder.ts';

const feed = (base: string, entry: string, body: string) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"${base}><id>urn:f</id><title>F</title><entry${entry}><id>urn:e</id><title>E</title><link href="https://old.example/2026/e"/><content type="html"${body}>&lt;p&gt;B&lt;/p&gt;</content></entry></feed>`;
const at = (base: string) => ` xml:base="${base}"`;

it.each([
  ['the address of the entry by default', '', '', '', 'https://old.example/2026/e'],
  ['that of the feed', at('https://a.example/blog/'), '', '', 'https://a.example/blog/'],
  ['that of the entry, relative to the feed', at('https://a.example/blog/'), at('x/'), '', 'https://a.example/blog/x/'],
  [
    'that of the content, relative to the entry',
    at('https://a.example/blog/'),
    at('x/'),
    at('y/'),
    'https://a.example/blog/x/y/',
  ],
  ['resolved against the address of the feed', at('/blog/'), at('x/'), '', 'https://old.example/blog/x/'],
])('the base of an Atom entry is %s (XML Base §4.1)', (_, base, entry, body, expected) => {
  const { items } = readFeed(feed(base, entry, body), new URL('https://old.example/feed.xml'));
  expect(items[0]?.base).toBe(expected);
});

it.each([
  ['text/html', 'https://old.example/page'],
  ['application/xhtml+xml', 'https://old.example/page'],
  ['application/rtf', 'https://old.example/e.pdf'],
])('an entry has the address of its page, even if a PDF comes first: %s', (type, expected) => {
  const links = `<link href="https://old.example/e.pdf" type="application/pdf"/><link href="https://old.example/page" type="${type}"/>`;
  const text = feed('', '', '').replace('<link href="https://old.example/2026/e"/>', links);
  expect(readFeed(text, new URL('https://old.example/feed.xml')).items[0]?.url).toBe(expected);
});

/** Feeds with every kind of address, all relative. */
const atomOf = (root: string, entry = '', content = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom"${root}><id>urn:f</id><title>F</title><link rel="self" href="atom.xml"/><link rel="prev-archive" href="old.xml"/><link href="./"/><icon>i.png</icon><author><name>A</name><uri>a</uri></author><entry${entry}><id>urn:e</id><title>E</title><author><name>B</name><uri>b</uri></author><link href="e"/><link rel="enclosure" href="e.mp3"/><content type="html"${content}>&lt;a href="x"&gt;B&lt;/a&gt;</content></entry></feed>`;
const rssOf = (root: string, channel = '', item = '') =>
  `<rss version="2.0"${root} xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel${channel}><title>F</title><link>./</link><image><url>i.png</url></image><item${item}><guid isPermaLink="false">urn:e</guid><title>E</title><link>e</link><enclosure url="e.mp3"/><description>&lt;a href="x"&gt;B&lt;/a&gt;</description></item></channel></rss>`;
const file = new URL('file:///home/p/feed.xml');

describe('relative addresses', () => {
  it('are resolved against the base of the feed, wherever the file is', () => {
    const read = readFeed(atomOf(at('https://a.example/blog/')), file);
    expect(read).toMatchObject({
      siteUrl: 'https://a.example/blog/',
      self: 'https://a.example/blog/atom.xml',
      older: ['https://a.example/blog/old.xml'],
      icon: 'https://a.example/blog/i.png',
      authors: [{ name: 'A', url: 'https://a.example/blog/a' }],
    });
    expect(read.items[0]).toMatchObject({
      url: 'https://a.example/blog/e',
      base: 'https://a.example/blog/',
      authors: [{ name: 'B', url: 'https://a.example/blog/b' }],
      files: [{ url: 'https://a.example/blog/e.mp3' }],
    });
  });

  it('of an entry and of its content are each resolved against their own base (RFC 3986 §5.1)', () => {
    expect(readFeed(atomOf(at('https://a.example/'), at('x/'), at('../y/')), file).items[0]).toMatchObject({
      url: 'https://a.example/x/e',
      base: 'https://a.example/y/',
      authors: [{ name: 'B', url: 'https://a.example/x/b' }],
      files: [{ url: 'https://a.example/x/e.mp3' }],
    });
  });

  it.each([
    ['the root', rssOf(at('https://a.example/c/'), '', at('i/'))],
    ['the channel', rssOf('', at('https://a.example/c/'), at('i/'))],
    ['the channel inside the root', rssOf(at('https://a.example/'), at('c/'), at('i/'))],
  ])('of RSS are resolved against the base of %s, and then of the item', (_, text) => {
    const { siteUrl, icon, items } = readFeed(text, file);
    expect({ siteUrl, icon }).toEqual({
      siteUrl: 'https://a.example/c/',
      icon: 'https://a.example/c/i.png',
    });
    expect(items[0]).toMatchObject({
      url: 'https://a.example/c/i/e',
      base: 'https://a.example/c/i/',
      files: [{ url: 'https://a.example/c/i/e.mp3' }],
    });
  });

  it('are resolved against the address of the feed by default', () => {
    const { siteUrl, items } = readFeed(atomOf(''), new URL('https://a.example/f/atom.xml'));
    expect(siteUrl).toBe('https://a.example/f/');
    expect(items[0]).toMatchObject({ url: 'https://a.example/f/e', base: 'https://a.example/f/e' });
  });
});

describe('the date of a published item', () => {
  const dateOf = (written: string) =>
    readPublishedFeed(
      `<rss version="2.0"><channel><item><guid>a</guid><pubDate>${written}</pubDate></item></channel></rss>`,
      file,
    ).items[0]?.published;
  it.each(['Mon, 01 Jan 0001 00:00:00 +0000', '0001-01-01T00:00:00Z'])('is none: %s', (written) =>
    expect(dateOf(written)).toBeUndefined(),
  );
  it('is kept if only its time has these digits', () =>
    expect(dateOf('Mon, 01 Jan 2001 00:01:00 +0001')).toBe(Date.parse('2001-01-01T00:00:00Z')));
});

describe('the id of an item without one', () => {
  const rssLink = (link: string) =>
    `<rss version="2.0"><channel><link>https://a.example/f/</link><item><link>${link}</link></item></channel></rss>`;
  it.each([
    ['RSS', rssLink('one'), 'https://a.example/f/one'],
    ['RSS, unchanged if it is absolute', rssLink('HTTP://A.example'), 'HTTP://A.example'],
    ['RSS with a base on the item', rssOf(at('https://a.example/'), '', at('i/')), 'https://a.example/i/e'],
    ['Atom', atomOf(at('https://a.example/'), at('x/')), 'https://a.example/x/e'],
    [
      'JSON Feed',
      '{"version":"https://jsonfeed.org/version/1.1","home_page_url":"https://a.example/","items":[{"url":"/e"}]}',
      'https://a.example/e',
    ],
  ])('is its absolute link: %s', (_, text, id) => {
    const bare = text.replace(/<guid.*?<\/guid>|<id>urn:e<\/id>/, '');
    expect(readFeed(bare, file).items[0]?.id).toBe(id);
    expect(readPublishedFeed(bare, file).items[0]).toMatchObject({ id, hasId: false });
  });

  it('does not become the link of an item if it is not an address', () => {
    const text = rssLink('one').replace('</item>', '<guid>abc</guid></item>');
    const [item] = readFeed(text, file).items;
    expect([item?.id, item?.url]).toEqual(['abc', 'https://a.example/f/one']);
  });
});

describe('relative addresses without a base', () => {
  const html =
    '<p>See <a href="x">this</a>, <a href="#n">a note</a>, <a href="https://b.example/">that</a> <img src="p.png" srcset="p.png 2x" alt="the pier">.</p><p id="n">Note &amp; <a href="mailto:a@b.example">mail</a></p><p><img src="data:image/png;base64,AAAA" alt="dot"></p>';
  const item = {
    id: 'urn:x:1',
    title: 'A',
    content_html: html,
    image: 'i.png',
    date_published: '2025-01-01T00:00:00Z',
    attachments: [{ url: 's.mp3' }],
  };
  const json = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'T', items: [item] });

  it('are dropped with a warning', async () => {
    const dir = join(makeFolder(), 'seeds');
    const source = join(makeFolder({ 'f.json': json }), 'f.json');
    const { code, stdout, stderr } = await dateline(['import', source, dir]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${dir}: 1 new, 0 already here, 0 errors, 1 warning\n`,
    });
    expect(stderr).toContain(
      '1 item has relative addresses, such as "i.png", and the feed states no address of its own',
    );
    const seed = readFileSync(join(dir, '2025-01-01-a.md'), 'utf8');
    expect(seed.replace(/^---.*---\n\n/s, '')).toBe(
      'See this, [a note](#n), [that](https://b.example/) the pier.\n\n<span id="n"></span>Note & [mail](mailto:a@b.example)\n\n![dot](data:image/png;base64,AAAA)\n',
    );
    expect(seed).not.toMatch(/localhost|s\.mp3|i\.png/);
  });

  it("cause a warning even if only the article's own address is relative", () => {
    const atom =
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:x:1</id><link href="one"/><content>x</content></entry></feed>';
    const { items, notes } = readDocument(atom, file, {});
    expect(items[0]?.url).toBeUndefined();
    expect(notes?.map(({ message }) => message.slice(0, 47))).toEqual([
      '1 item has relative addresses, such as "one", a',
    ]);
  });
});

describe('an item of RSS with elements of another namespace only', () => {
  const item = (inner: string) =>
    readFeed(
      `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:a="http://www.w3.org/2005/Atom"><channel><title>T</title><item><title>A</title>${inner}</item></channel></rss>`,
      file,
    ).items[0];
  it.each([
    ['dc:description', '<dc:description>Words &lt;b&gt;here&lt;/b&gt;.</dc:description>', 'Words <b>here</b>.'],
    ['an Atom summary', '<a:summary>Words.</a:summary>', '<p>Words.</p>'],
    [
      'Atom content',
      '<description>Short</description><a:content type="html">&lt;p&gt;Long&lt;/p&gt;</a:content>',
      '<p>Long</p>',
    ],
    ['a description of its own', '<description>Own</description><dc:description>DC</dc:description>', '<p>Own</p>'],
  ])('has the text of %s', (_, inner, text) => {
    expect(item(inner)?.content.text).toBe(text);
  });
  it('has their author and date', () => {
    const author =
      '<a:author><a:name>Ana</a:name><a:email>ana@a.example</a:email><a:uri>https://a.example/</a:uri></a:author>';
    expect(item(`${author}<dcterms:created>2025-01-02T03:04:05Z</dcterms:created>`)).toMatchObject({
      authors: [{ name: 'Ana', email: 'ana@a.example', url: 'https://a.example/' }],
      published: '2025-01-02T03:04:05Z',
    });
  });
});

describe('RSS 1.0', () => {
  const rdf = (list: string) =>
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="urn:c"><title>T</title><dc:creator>Chief</dc:creator>${list}</channel>${['a', 'b', 'c'].map((name) => `<item rdf:about="urn:${name}"><title>${name}</title></item>`).join('')}</rdf:RDF>`;
  const seq = (...names: readonly string[]) =>
    `<items><rdf:Seq>${names.map((name) => `<rdf:li rdf:resource="urn:${name}"/>`).join('')}</rdf:Seq></items>`;

  it.each([
    ['in document order without a list', '', ['a', 'b', 'c']],
    ['in the order of the list', seq('c', 'b', 'a'), ['c', 'b', 'a']],
    ['with unlisted items last', seq('b'), ['b', 'a', 'c']],
    ['if the list names none of them', seq('x'), ['a', 'b', 'c']],
  ])('has all its items, %s', (_, list, names) => {
    expect(readFeed(rdf(list), file).items.map(({ title }) => title)).toEqual(names);
    expect(readPublishedFeed(rdf(list), file).items.map(({ id }) => id)).toEqual(names.map((name) => `urn:${name}`));
  });

  it('loses unlisted items when feedsmith alone reads it', () => {
    const { feed } = parseFeed(rdf(seq('b')));
    expect('rdf' in feed && feed.items).toHaveLength(1);
  });
});

describe('the author of an item without one', () => {
  it('is the author of its source, then of the feed (RFC 4287 §4.1.2)', () => {
    const name = (text: string) => `<author><name>${text}</name></author>`;
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom">${name('Feed')}<entry><source>${name('Source')}</source></entry><entry>${name('Own')}<source>${name('Source')}</source></entry></feed>`;
    const { authors, items } = readFeed(atom, file);
    expect([authors, ...items.map(({ authors }) => authors)]).toEqual([
      [{ name: 'Feed' }],
      [{ name: 'Source' }],
      [{ name: 'Own' }],
    ]);
  });

  it('is the creator of the channel', async () => {
    const dir = join(makeFolder(), 'seeds');
    const creator = (text: string) => `<dc:creator>${text}</dc:creator>`;
    const date = '<dc:date>2025-01-01</dc:date>';
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title>${creator('Chief')}</channel><item rdf:about="urn:x:a"><title>a</title>${date}</item><item rdf:about="urn:x:b"><title>b</title>${date}${creator('Hans')}</item></rdf:RDF>`;
    await dateline(['import', join(makeFolder({ 'f.rdf': rdf }), 'f.rdf'), dir]);
    const read = (name: string) => readFileSync(join(dir, name), 'utf8');
    expect(read('publication.yaml')).toContain('authors:\n  - Chief\n');
    // The publication's author is the default.
    expect(read('2025-01-01-a.md')).not.toContain('authors:');
    expect(read('2025-01-01-b.md')).toContain('authors:\n  - Hans\n');
  });
});
