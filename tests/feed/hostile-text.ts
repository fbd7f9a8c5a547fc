import fc from 'fast-check';
import type { Article, Enclosure, Picture } from '../../src/article/article.ts';
import type { Author } from '../../src/article/author.ts';
import type { Episode, Participant, PodcastElement } from '../../src/article/media/episode.ts';
import type { PageAddress } from '../../src/publication/addresses/address.ts';
import type { Page } from '../../src/publication/page.ts';
import type { Podcast } from '../../src/publication/site/podcast.ts';
import type { Site } from '../../src/publication/site/site.ts';
import { plainArticle, plainSite } from './pages.ts';

/** What breaks writers: ends of CDATA sections, references and lookalikes, markup, our own control characters. */
export const tokens: readonly string[] = [
  ...[']]>', ']]&gt;', ']]', '>', '<![CDATA[', '<', '</title>', '<b>', '<!--', '-->', '<?xml', '?>'],
  ...['&', '&amp;', '&lt;', '&gt;', '&quot;', '&nbsp;', '&#0;', '&#x1;', '&#xD800;', '&amp;amp;', ';', '%', '$&', '$1'],
  ...['"', "'", '`', '\\', '{{', '${', '/', '\u0000', '\u0001', '\u0002', '\u0003', '\u0004', '\u0005', '\u0006'],
  ...['\n', '\r', '\r\n', '\t', ' ', '\u0085', '\u00a0', '\u2028', '\u2029', '\ufeff', '\ufffe', '\uffff'],
  ...['\ud800', '\udc00', '\ud83d\ude00', '\u{1fffe}', '\u{10ffff}', '\u202e', 'e\u0301', '__proto__'],
];

/** Any text: every code unit, alone or in pairs, mixed with {@link tokens}. */
export const hostileText: fc.Arbitrary<string> = fc.string({
  unit: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...tokens) },
    { weight: 2, arbitrary: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }) },
  ),
  maxLength: 24,
});

/** An address with odd characters in its path, query and fragment, in canonical form. */
const hostileUrl: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(
      'http://example.org/',
      'https://u:p@exämple.org:8080/',
      'https://example.org/?',
      'https://example.org/#',
    ),
    hostileText,
  )
  .map(([start, rest]) => new URL(start + rest).href);

const moment: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: Date.UTC(9999, 11, 31) / 1000 })
  .map((second) => new Date(second * 1000).toISOString().replace('.000', ''));

const author: fc.Arbitrary<Author> = fc.record(
  {
    name: hostileText,
    email: fc.constantFrom('ann@example.org', "o'ther+x&y@example.org"),
    url: hostileUrl,
  },
  { requiredKeys: ['name'] },
);

const enclosure: fc.Arbitrary<Enclosure> = fc.record(
  {
    url: hostileUrl,
    type: fc.constantFrom('audio/mpeg', 'audio/ogg; codecs="<vorbis> & flac"'),
    length: fc.nat(),
    title: hostileText,
    duration: fc.nat(),
  },
  { requiredKeys: ['url', 'type'] },
);

const picture: fc.Arbitrary<Picture> = fc.record(
  {
    url: hostileUrl,
    type: fc.constantFrom('image/jpeg', 'image/png'),
    width: fc.nat(9),
    height: fc.nat(9),
    alt: hostileText,
    caption: hostileText,
  },
  { requiredKeys: ['url'] },
);

const participant: fc.Arbitrary<Participant> = fc.record(
  { name: hostileText, role: hostileText, group: hostileText, image: hostileUrl, url: hostileUrl },
  { requiredKeys: ['name'] },
);

const element: fc.Arbitrary<PodcastElement> = fc.record(
  {
    name: fc.constantFrom('funding', 'location', 'txt'),
    attributes: fc.record({ url: hostileUrl, purpose: hostileText }),
    text: hostileText,
    inner: fc.constant([{ name: 'valueRecipient', attributes: { name: '"<&' } }]),
  },
  { requiredKeys: ['name'] },
);

const episode: fc.Arbitrary<Episode> = fc.record(
  {
    number: fc.nat(),
    display: hostileText,
    season: fc.nat(),
    seasonName: hostileText,
    kind: fc.constantFrom('full', 'trailer'),
    chapters: fc.array(fc.record({ start: fc.nat(), title: hostileText }), { maxLength: 2 }),
    elements: fc.array(element, { maxLength: 3 }),
    participants: fc.array(participant, { maxLength: 2 }),
    transcripts: fc.array(fc.record({ url: hostileUrl, type: fc.constant('text/vtt') }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

const podcast: fc.Arbitrary<Podcast> = fc.record(
  {
    categories: fc.constant([{ name: 'Society & Culture', subcategory: 'Documentary' }]),
    image: hostileUrl,
    author: hostileText,
    owner: fc.record({ name: hostileText, email: fc.constant('ann@example.org') }),
    guid: fc.uuid(),
    elements: fc.array(element, { maxLength: 3 }),
  },
  { requiredKeys: ['categories', 'author', 'guid'] },
);

const article: fc.Arbitrary<Article> = fc
  .record({
    id: hostileText.map((text) => `tag:example.org,2024:${text}`),
    permalink: hostileUrl,
    title: hostileText,
    dates: fc.tuple(moment, moment).map((two) => two.sort()),
    authors: fc.array(author, { maxLength: 2 }),
    tags: fc.array(hostileText, { maxLength: 2 }),
    summary: hostileText,
    content: hostileText,
    enclosures: fc.array(enclosure, { maxLength: 2 }),
    rare: fc.record({ plainId: hostileText.map((text) => `#${text}`), image: picture, episode }, { requiredKeys: [] }),
  })
  .map(({ dates: [published, updated], rare, ...rest }) => ({
    ...plainArticle,
    ...rest,
    ...rare,
    published: published ?? '',
    updated: updated ?? '',
  }));

const site: fc.Arbitrary<Site> = fc
  .record(
    {
      title: hostileText,
      description: hostileText,
      authors: fc.array(author, { maxLength: 2 }),
      hub: hostileUrl,
      icon: hostileUrl.map((url) => `${url.replace(/[?#].*/, '')}.png`),
      favicon: hostileUrl,
      copyright: hostileText,
      feedId: hostileText.map((text) => `tag:example.org,2024:${text}`),
      content: fc.constantFrom('full' as const, 'summary' as const),
      podcast,
    },
    { requiredKeys: ['title', 'description', 'authors', 'feedId', 'content'] },
  )
  .map((fields) => ({ ...plainSite, ...fields }));

const address: fc.Arbitrary<PageAddress> = fc.constantFrom({}, {}, { archive: 2 });

/** A page in which every text is {@link hostileText}. */
export const hostilePage: fc.Arbitrary<Page> = fc.record({
  site,
  address,
  articles: fc.array(article, { minLength: 1, maxLength: 2 }),
});
