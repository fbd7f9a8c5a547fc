/** Where pictures, recordings, languages and summaries appear, and where they don't. */
import { describe, expect, test } from 'vitest';
import type { Article, Enclosure, Picture } from '../../src/article/article.ts';
import { renderFeed } from '../../src/feed/document.ts';
import { formats } from '../../src/feed/formats.ts';
import { pictureType } from '../../src/feed/media.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { DC, ITUNES, MEDIA, PODCAST } from '../validators/namespaces.ts';
import { childrenOf, type Node, parseXml } from '../validators/tree.ts';
import { deltaFor } from './delta-for.ts';
import {
  articlesOf,
  decode,
  everyKind,
  formatOf,
  mediaArticles,
  pageOf,
  plainArticle,
  plainSite,
  podcastSite,
  seedText,
} from './pages.ts';
import { read } from './readings.ts';

async function itemOf(article: Partial<Article>, site: Partial<Site> = {}): Promise<Node> {
  const text = await seedText(await pageOf({ ...plainSite, ...site }, [{ ...plainArticle, ...article }]), 'rss');
  const [channel] = childrenOf(parseXml(text), 'channel');
  return childrenOf(channel ?? expect.fail('no channel'), 'item')[0] ?? expect.fail('no item');
}

const file = (type: string, name = type.replace('/', '.')): Enclosure => ({
  url: `https://example.org/${name}`,
  type,
});

describe('the enclosure of RSS', () => {
  test.each([
    [['audio/mpeg'], 'audio/mpeg'],
    [['application/pdf', 'image/png'], 'application/pdf'],
    [['application/pdf', 'video/mp4'], 'video/mp4'],
    [['video/mp4', 'application/pdf', 'Audio/ogg', 'audio/mpeg'], 'Audio/ogg'],
    [['application/x-audio', 'video/mp4'], 'video/mp4'],
  ])('of %j is %s', async (types, type) => {
    const enclosures = childrenOf(await itemOf({ enclosures: types.map((type) => file(type)) }), 'enclosure');
    expect(enclosures.map(({ attributes }) => attributes.type)).toEqual([type]);
  });
});

describe('the other enclosures in RSS', () => {
  const audio = (name: string, duration?: number): Enclosure => ({
    ...file('audio/mpeg', name),
    ...(duration === undefined ? {} : { duration }),
  });
  const contents = (item: Node) => childrenOf(item, 'content', MEDIA).map(({ attributes }) => attributes);
  const forms = (item: Node) =>
    childrenOf(item, 'alternateEnclosure', PODCAST).map((form) =>
      childrenOf(form, 'source', PODCAST).map(({ attributes }) => attributes.uri?.replace('https://example.org/', '')),
    );

  test.each<[string, readonly Enclosure[], readonly string[]]>([
    ['another recording', [audio('a.mp3'), audio('b.mp3')], ['b.mp3']],
    ['the film of it', [file('video/mp4', 'a.mp4'), audio('a.mp3')], ['a.mp4']],
    ['one of nearly the same length', [audio('a.mp3', 600), audio('b.mp3', 630)], ['b.mp3']],
    ['one whose length is not known', [audio('a.mp3', 600), audio('b.mp3')], ['b.mp3']],
    ['a trailer of it', [audio('a.mp3', 600), audio('b.mp3', 30)], []],
    ['a file of another kind', [audio('a.mp3'), file('application/pdf')], []],
    ['two files that are no recordings', [file('application/pdf'), file('image/png')], []],
    ['the same file again', [audio('a.mp3'), audio('a.mp3')], []],
  ])('name %s as another form only if it can be the same', async (_, enclosures, expected) => {
    const item = await itemOf({ enclosures });
    expect(forms(item).flat()).toEqual(expected);
    const [main] = childrenOf(item, 'enclosure').map(({ attributes }) => attributes.url);
    const others = [...new Set(enclosures.map(({ url }) => url))].filter((url) => url !== main);
    expect(contents(item).map(({ url }) => url)).toEqual(others);
  });

  test('have their facts, and no type that would make newsboat play them', async () => {
    const opus = { ...audio('b.opus', 59.6), type: 'audio/ogg', length: 9, title: 'Small' };
    const pdf = { ...file('application/pdf'), length: 8 };
    const item = await itemOf({ enclosures: [audio('a.mp3'), opus, pdf] });
    expect(contents(item)).toEqual([
      { url: opus.url, fileSize: '9', medium: 'audio', duration: '60' },
      { url: pdf.url, fileSize: '8', type: 'application/pdf', medium: 'document' },
    ]);
    const [form] = childrenOf(item, 'alternateEnclosure', PODCAST);
    expect(form?.attributes).toEqual({ type: 'audio/ogg', length: '9', title: 'Small' });
  });

  test('leave out the picture of the article, which stands first', async () => {
    const image = { url: 'https://example.org/p.png' };
    const item = await itemOf({ image, enclosures: [audio('a.mp3'), file('image/png', 'p.png'), audio('b.mp3')] });
    expect(contents(item).map(({ url }) => url)).toEqual([image.url, 'https://example.org/b.mp3']);
  });
});

describe('an item of RSS', () => {
  const square: Picture = { url: 'https://example.org/a.jpg', width: 1400, height: 1400 };
  const audio = [file('audio/mpeg')];
  const rows: readonly (readonly [string, Partial<Article>, number])[] = [
    ['of a recording with a square picture', { image: square, enclosures: audio }, 1],
    ['of a film with a square picture', { image: square, enclosures: [file('video/mp4')] }, 1],
    ['of a file with a square picture', { image: square, enclosures: [file('application/pdf')] }, 0],
    ['with a square picture alone', { image: square }, 0],
    ['of a recording with a wide picture', { image: { ...square, width: 1600 }, enclosures: audio }, 0],
    ['of a recording with a picture of unknown size', { image: { url: square.url }, enclosures: audio }, 0],
    [
      'of a recording with a square picture in WebP',
      { image: { ...square, type: 'image/webp' }, enclosures: audio },
      0,
    ],
  ];
  test.each(rows)('%s has it as artwork only if Apple accepts it', async (_, article, count) => {
    const item = await itemOf(article);
    expect(childrenOf(item, 'image', ITUNES)).toHaveLength(count);
    expect(childrenOf(item, 'content', MEDIA)).toHaveLength(article.image === undefined ? 0 : 1);
  });

  test.each([
    [0.4, '0'],
    [59.5, '60'],
    [36_000, '36000'],
  ])('that plays %d seconds says %s', async (duration, written) => {
    const item = await itemOf({ enclosures: [{ ...file('audio/mpeg'), duration }] });
    expect(childrenOf(item, 'duration', ITUNES).map((node) => node.text())).toEqual([written]);
  });

  test('leaves out a number or season that Apple would reject', async () => {
    const item = await itemOf({ episode: { number: 0, season: 1.5 }, enclosures: audio });
    expect(item.children.filter(({ uri }) => uri === ITUNES)).toEqual([]);
  });

  test.each([
    ['de', 'en', ['de']],
    ['en', 'en', []],
    [undefined, 'en', []],
  ])('in %s of a publication in %s names %j', async (language, ofSite, named) => {
    const item = await itemOf(language === undefined ? {} : { language }, { language: ofSite });
    expect(childrenOf(item, 'language', DC).map((node) => node.text())).toEqual(named);
  });
});

describe('pictureType', () => {
  test.each([
    ['https://example.org/a.JPG?b=c.png', undefined, 'image/jpeg'],
    ['https://example.org/a.avif#x', undefined, 'image/avif'],
    ['https://example.org/a.png', 'image/webp', 'image/webp'],
    ['https://example.org/a', undefined, undefined],
    ['https://example.org/a.constructor', undefined, undefined],
    ['https://example.org/a.mp3', undefined, undefined],
  ])('of %s, said to be %s, is %s', (url, type, found) => {
    expect(pictureType({ url, ...(type === undefined ? {} : { type }) })).toBe(found);
  });
});

describe('namespaces', () => {
  const withOneFile = (article: Article): Article => ({ ...article, enclosures: article.enclosures.slice(0, 1) });
  const declared = (text: string): string[] =>
    [...text.matchAll(/ xmlns:(media|itunes|podcast)=/g)].map(([, p = '']) => p);

  test.each([
    ['nothing of the kind', articlesOf(120, everyKind).map(withOneFile), { rss: [], atom: [] }],
    ['other files', articlesOf(120, everyKind), { rss: ['media', 'podcast'], atom: [] }],
    [
      'text that speaks of them',
      [{ ...plainArticle, content: '<p>&lt;media:content itunes:x="" <media:x></p>' }],
      { rss: [], atom: [] },
    ],
    ['a picture', mediaArticles.filter(({ slug }) => slug === 'picture'), { rss: ['media'], atom: ['media'] }],
    ['a recording', mediaArticles.filter(({ slug }) => slug === 'film'), { rss: ['itunes', 'media'], atom: [] }],
    ['an episode', mediaArticles.slice(0, 1), { rss: ['itunes', 'media', 'podcast'], atom: ['media'] }],
  ])('are declared for %s where they are needed', async (_, articles, expected) => {
    const page = await pageOf(plainSite, articles);
    for (const name of ['rss', 'atom'] as const) expect(declared(await seedText(page, name))).toEqual(expected[name]);
  });

  test('of a podcast are declared in its archive too', async () => {
    const page = await pageOf({ ...podcastSite, items: 2 }, articlesOf(5), { archive: 1 });
    expect(declared(await seedText(page, 'rss'))).toEqual(['itunes', 'podcast']);
  });
});

describe.each(formats)('the content of $label', ({ name }) => {
  async function contentOf(site: Partial<Site>, article: Partial<Article>): Promise<string | undefined> {
    const page = await pageOf({ ...plainSite, ...site }, [{ ...plainArticle, ...article }]);
    return read(name, await seedText(page, name)).items[0]?.content;
  }
  const whole = '<p>Cast off.</p>\n';
  const excerpt = '<p>Cast off.</p>\n<p><a href="https://example.org/articles/plain">Plain</a></p>\n';

  test.each([
    ['full', undefined, whole],
    ['full', 'summary', excerpt],
    ['summary', undefined, excerpt],
    ['summary', 'full', whole],
    ['full', 'full', whole],
    ['summary', 'summary', excerpt],
  ] as const)('of a publication with contents: %s and an article with %s', async (content, extent, found) => {
    expect(await contentOf({ content }, extent === undefined ? {} : { extent })).toBe(found);
  });

  test.each([
    ['en', undefined, whole],
    ['en', 'fa', `<div dir="rtl" lang="fa">${whole}</div>`],
    ['ur', undefined, `<div dir="rtl" lang="ur">${whole}</div>`],
    ['ur', 'en', whole],
    ['ku', 'ku-Arab', `<div dir="rtl" lang="ku-Arab">${whole}</div>`],
  ])(
    'of a publication in %s and an article in %s is marked if it runs from right to left',
    async (ofSite, language, found) => {
      expect(await contentOf({ language: ofSite }, language === undefined ? {} : { language })).toBe(found);
    },
  );

  test('is not marked if it is empty, and neither is a title', async () => {
    const page = await pageOf({ ...plainSite, language: 'ar' }, [{ ...plainArticle, title: 'سفن', content: '' }]);
    const text = await seedText(page, name);
    expect(read(name, text).items[0]).toMatchObject({ title: 'سفن', content: '' });
    // Except for the greeting, which is not part of an article.
    const said = text.replace(/<div xmlns=.*<\/div>/, '');
    expect(said).not.toMatch(/\brtl\b|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
  });
});

describe.each(['rss', 'atom'] as const)('a delta in %s', (name) => {
  const format = formatOf(name);

  test.each([
    ['a picture', { image: { url: 'https://example.org/a.png' } }],
    ['its language', { language: 'ar' }],
    ['being cut to a summary', { extent: 'summary' }],
  ] as const)('has an article for %s', async (_, change) => {
    const articles = articlesOf(3);
    const { etag } = await renderFeed(await pageOf(plainSite, articles), format);
    const after = articles.map((article, i) => (i === 1 ? { ...article, ...change } : article));
    const part = await deltaFor(await pageOf(plainSite, after), format, etag);
    const found = read(name, decode(part?.bytes ?? expect.fail('no delta')));
    expect(found.items.map(({ id }) => id)).toEqual([articles[1]?.id]);
  });
});

test.each([
  ['rss', 'W/"RVZZL6W4OxB6ohum.ytS8gnVDkyEizx-Gwdrp"'],
  ['atom', 'W/"Az1zdbJgzviinwuO.6U8CypNjE9hFYcijtGob"'],
] as const)('the entity-tag of %s for articles without any of this did not change', async (name, etag) => {
  const page = await pageOf(
    plainSite,
    articlesOf(5, (i) => ({ enclosures: i === 2 ? [file('audio/mpeg')] : [] })),
  );
  expect((await renderFeed(page, formatOf(name))).etag).toBe(etag);
});
