/**
 * What the library `feed` gets wrong, one claim each. When a claim fails, the workaround in src/feed that it names
 * can be removed.
 */
import { Feed, type FeedOptions, type Item } from 'feed';
import { describe, expect, test } from 'vitest';
import { ATOM } from '../validators/namespaces.ts';
import { childrenOf, type Node, parseXml, seedText } from '../validators/tree.ts';
import { assertWellFormed } from '../validators/well-formed.ts';

const date = new Date('2024-03-05T12:30:00Z');

function feedOf(item: Partial<Item> = {}, options: Partial<FeedOptions> = {}): Feed {
  const feed = new Feed({
    title: 'Title',
    id: 'tag:example.org,2024:/',
    link: 'https://example.org/',
    updated: date,
    ...options,
  });
  feed.addItem({ title: 'Item', id: 'tag:example.org,2024:a', link: 'https://example.org/a', date, ...item });
  return feed;
}

function entryOf(feed: Feed): Node {
  return childrenOf(parseXml(feed.atom1()), 'entry', ATOM)[0] ?? expect.fail('no entry');
}

function rssItemOf(feed: Feed): Node {
  const [channel] = childrenOf(parseXml(feed.rss2()), 'channel');
  return (channel && childrenOf(channel, 'item')[0]) ?? expect.fail('no item');
}

describe('atom.ts writes Atom itself, because `feed`', () => {
  test('writes titles as HTML', () => {
    const [title] = childrenOf(entryOf(feedOf({ title: 'AT&T' })), 'title', ATOM);
    expect(title?.attributes.type).toBe('html');
    expect(title?.text()).toBe('AT&T');
  });

  test('leaves extensions out of Atom, and with them archive links', () => {
    const feed = feedOf({ extensions: [{ name: 'x', objects: { _text: 'item-extension' } }] });
    feed.addExtension({
      name: 'link',
      objects: { _attributes: { rel: 'prev-archive', href: 'https://example.org/1' } },
    });
    expect(feed.atom1()).not.toMatch(/item-extension|prev-archive/);
  });

  test('has no xml:lang', () => {
    expect(feedOf({}, { language: 'de' }).atom1()).not.toMatch(/\blang\b/);
  });

  test("guesses an enclosure's type from its address", () => {
    const feed = feedOf({ enclosure: { url: 'https://example.org/a.mp3', type: 'audio/mpeg', length: 1 } });
    const types = childrenOf(entryOf(feed), 'link', ATOM).map(({ attributes }) => attributes.type);
    expect(types).toContain('image/mp3');
  });

  test('breaks on a category with <', () => {
    const atom = feedOf({ category: [{ name: 'a < b', term: 'a < b' }] }).atom1();
    expect(() => assertWellFormed(atom)).toThrow(/^X1/);
  });
});

describe('json-feed.ts writes JSON Feed itself, because `feed`', () => {
  const json = (feed: Feed): unknown => JSON.parse(feed.json1());

  test('writes version 1', () => {
    expect(json(feedOf())).toHaveProperty('version', 'https://jsonfeed.org/version/1');
  });

  test('writes one author instead of authors', () => {
    const author = [{ name: 'Ann' }, { name: 'Bo' }];
    expect(json(feedOf({ author }))).not.toHaveProperty('items.0.authors');
    expect(json(feedOf({ author }))).toHaveProperty('items.0.author.name', 'Ann');
  });

  test.each(['language', 'hubs', 'favicon', 'next_url'])('has no %s', (key) => {
    const options = { language: 'de', hub: 'https://hub.example.net/', favicon: 'https://example.org/i.png' };
    expect(json(feedOf({}, options))).not.toHaveProperty(key);
  });

  test('has no attachments', () => {
    const enclosure = { url: 'https://example.org/a.mp3', type: 'audio/mpeg', length: 1 };
    expect(json(feedOf({ enclosure }))).not.toHaveProperty('items.0.attachments');
  });
});

describe('rss-text.ts protects text, because in RSS `feed`', () => {
  test('resolves &amp; in a text', () => {
    const feed = feedOf({ category: [{ name: 'Write &amp; for &' }] });
    expect(seedText(rssItemOf(feed), 'category')).toBe('Write & for &');
  });

  test('splits only the first ]]> of a CDATA section', () => {
    expect(() => assertWellFormed(feedOf({ content: 'a ]]> b' }).rss2())).not.toThrow();
    expect(() => assertWellFormed(feedOf({ content: 'a ]]> b ]]> c' }).rss2())).toThrow(/^X1/);
  });

  test('lets characters through that XML forbids', () => {
    expect(() => assertWellFormed(feedOf({ title: 'a\u0001b' }).rss2())).toThrow(/^X1/);
  });

  test("puts titles into CDATA sections, where references don't work", () => {
    const feed = feedOf({ title: 'AT&#x26;T' });
    expect(feed.rss2()).toContain('<title><![CDATA[');
    expect(seedText(rssItemOf(feed), 'title')).toBe('AT&#x26;T');
  });

  test('declares dc only where an item has content, and fh never', () => {
    const extensions = [{ name: 'dc:creator', objects: { _text: 'Ann' } }];
    expect(() => assertWellFormed(feedOf({ extensions }).rss2())).toThrow(/^X1.*dc/);
    const feed = feedOf({ content: 'Text' });
    feed.addExtension({ name: 'fh:archive', objects: {} });
    expect(() => assertWellFormed(feed.rss2())).toThrow(/^X1.*fh/);
  });
});

describe('rss.ts works around that `feed`', () => {
  test('says isPermaLink="false" even of an id that is the link', () => {
    const link = 'https://example.org/a';
    const [guid] = childrenOf(rssItemOf(feedOf({ id: link, guid: link, link })), 'guid');
    expect(guid?.attributes.isPermaLink).toBe('false');
  });

  test('writes a bare name as author', () => {
    expect(seedText(rssItemOf(feedOf({ author: [{ name: 'Ann' }] })), 'author')).toBe('Ann');
  });

  test('escapes nothing but quotes in attributes', () => {
    const enclosure = { url: 'https://example.org/a', type: 'a/b; c=<&', length: 1 };
    expect(() => assertWellFormed(feedOf({ enclosure }).rss2())).toThrow(/^X1/);
  });

  test('gives the time of writing to a feed without a date', () => {
    const [channel] = childrenOf(parseXml(new Feed({ title: 'Title', id: 'tag:x' }).rss2()), 'channel');
    const built = Date.parse((channel && seedText(channel, 'lastBuildDate')) ?? '');
    expect(Math.abs(built - Date.now())).toBeLessThan(60_000);
  });

  test('supports no links of a feed except self and hub', () => {
    const feedLinks = { rss: 'https://example.org/rss.xml', 'prev-archive': 'https://example.org/1' };
    expect(feedOf({}, { feedLinks }).rss2()).not.toContain('prev-archive');
  });

  test('writes one atom:link for self and replaces it by an extension of that name', () => {
    const feed = feedOf({}, { feedLinks: { rss: 'https://example.org/rss.xml' } });
    feed.addExtension({ name: 'atom:link', objects: [{ _attributes: { rel: 'x' } }] as never });
    expect(feed.rss2().match(/<atom:link [^>]*>/g)).toEqual(['<atom:link rel="x"/>']);
  });

  test('replaces the link and date of an item by extensions of their names, in their places', () => {
    const extensions = [
      { name: 'link', objects: { _text: 'x' } },
      { name: 'pubDate', objects: { _text: 'y' } },
    ];
    const rss = feedOf({ guid: 'z', description: 'w', extensions }).rss2();
    const item = rss.slice(rss.indexOf('<item>'));
    expect(item.match(/<(?:link|guid|pubDate|description)\b[^>]*>(?:<!\[CDATA\[)?\w/g)).toEqual([
      '<link>x',
      '<guid isPermaLink="false">z',
      '<pubDate>y',
      '<description><![CDATA[w',
    ]);
  });
});
