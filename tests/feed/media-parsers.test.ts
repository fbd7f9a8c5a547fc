/** What independent readers find of pictures, recordings, languages and podcasts in our documents. */
import { parseFeed as parseWithRowanmanning } from '@rowanmanning/feed-parser';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import RssParser from 'rss-parser';
import { describe, expect, test } from 'vitest';
import { goldenPages, mediaArticles, podcastSite, seedText } from './pages.ts';

const page = goldenPages.media ?? expect.fail('no page');
const [episode, film] = mediaArticles;
const pictures = mediaArticles.map(({ image }) => image?.url);
const types = ['image/jpeg', undefined, 'image/webp', 'image/png', undefined, undefined, undefined];

describe('feedsmith', () => {
  test.each(['rss', 'atom'] as const)('reads the pictures of %s with all their facts', async (name) => {
    const text = await seedText(await page, name);
    const items = (name === 'rss' ? parseRssFeed(text).items : parseAtomFeed(text).entries) ?? [];
    const found = items.map((item) => item.media?.contents?.find(({ medium }) => medium === 'image'));
    expect(found).toEqual(
      mediaArticles.map(({ image }, i) =>
        image === undefined
          ? undefined
          : {
              url: image.url,
              type: types[i],
              medium: 'image',
              ...(image.width === undefined ? {} : { width: image.width, height: image.height }),
              ...(image.caption === undefined ? {} : { description: { value: image.caption, type: 'plain' } }),
              ...(image.alt === undefined ? {} : { texts: [{ value: image.alt, type: 'plain' }] }),
            },
      ),
    );
  });

  test('reads the podcast of RSS', async () => {
    const { itunes, podcast, language } = parseRssFeed(await seedText(await page, 'rss'));
    expect({ itunes, podcast, language }).toEqual({
      language: 'en',
      itunes: {
        author: 'Ann & <Bo>',
        owner: podcastSite.podcast?.owner,
        categories: [{ text: 'Society & Culture', categories: [{ text: 'Documentary' }] }, { text: 'Technology' }],
        explicit: false,
        image: podcastSite.podcast?.image,
        type: 'serial',
      },
      podcast: {
        guid: podcastSite.podcast?.guid,
        locked: { value: true, owner: 'ann@example.org' },
        trailers: [
          {
            display: film?.title,
            url: 'https://example.org/film.mp4',
            pubDate: 'Mon, 08 Apr 2024 08:00:00 GMT',
            type: 'video/mp4',
          },
        ],
      },
    });
  });

  test('reads the episodes of RSS', async () => {
    const items = parseRssFeed(await seedText(await page, 'rss')).items ?? [];
    expect(items.map(({ itunes }) => itunes)).toEqual([
      {
        duration: 61,
        season: 2,
        episode: 3,
        episodeType: 'full',
        explicit: true,
        image: episode?.image?.url,
      },
      { duration: 3600, episodeType: 'trailer', explicit: false },
      ...Array(5).fill(undefined),
    ]);
    expect(items.map(({ podcast }) => podcast)).toEqual([
      {
        alternateEnclosures: [
          {
            type: 'audio/ogg',
            length: 999,
            title: 'Talk & "small"',
            sources: [{ uri: 'https://example.org/talk.opus?a=1&b=2' }],
          },
        ],
        persons: [
          {
            display: 'Ada & Co',
            role: 'guest',
            group: 'cast',
            img: 'https://example.org/ada.png?a=1&b=2',
            href: 'https://example.org/ada',
          },
          { display: 'Bo' },
        ],
        transcripts: episode?.episode?.transcripts,
      },
      ...Array(6).fill(undefined),
    ]);
  });

  test('reads the language of each article', async () => {
    const rss = parseRssFeed(await seedText(await page, 'rss'));
    const atom = parseAtomFeed(await seedText(await page, 'atom'));
    const json = parseJsonFeed(await seedText(await page, 'json'));
    const said = mediaArticles.map(({ language }) => language);
    expect(rss.items?.map(({ dc }) => dc?.languages?.[0])).toEqual(said);
    expect(atom.entries?.map(({ xml }) => xml?.lang)).toEqual(said);
    expect(json.items?.map(({ language }) => language)).toEqual(said);
  });

  test('reads every enclosure', async () => {
    const rss = parseRssFeed(await seedText(await page, 'rss')).items ?? [];
    expect(rss.map(({ enclosures = [] }) => enclosures.map(({ url }) => url))).toEqual([
      ['https://example.org/talk.mp3'],
      ['https://example.org/film.mp4'],
      ...Array(5).fill([]),
    ]);
    const others = rss.map(({ media }) => media?.contents?.filter(({ medium }) => medium !== 'image') ?? []);
    expect(others).toEqual([
      [
        { url: 'https://example.org/notes.pdf', type: 'application/pdf', fileSize: 9, medium: 'document' },
        { url: 'https://example.org/clip.mp4', fileSize: 99, medium: 'video', duration: 12 },
        {
          url: 'https://example.org/talk.opus?a=1&b=2',
          fileSize: 999,
          medium: 'audio',
          title: { value: 'Talk & "small"', type: 'plain' },
        },
      ],
      [{ url: 'https://example.org/film.pdf', type: 'application/pdf', fileSize: 9, medium: 'document' }],
      ...Array(5).fill([]),
    ]);
    const atom = parseAtomFeed(await seedText(await page, 'atom')).entries ?? [];
    expect(atom[0]?.links?.slice(1)).toEqual(
      episode?.enclosures.map(({ url, duration: _, ...rest }) => ({ href: url, rel: 'enclosure', ...rest })),
    );
    const json = parseJsonFeed(await seedText(await page, 'json')).items ?? [];
    expect(json.slice(0, 2).map(({ attachments }) => attachments)).toEqual(
      [episode, film].map((article) =>
        article?.enclosures.map(({ url, type, title, length, duration }) => ({
          url,
          mime_type: type,
          ...(title === undefined ? {} : { title }),
          ...(length === undefined ? {} : { size_in_bytes: length }),
          ...(duration === undefined ? {} : { duration_in_seconds: duration }),
        })),
      ),
    );
    expect(json.map(({ image }) => image)).toEqual(pictures);
  });
});

test('rss-parser reads the podcast and its episodes', async () => {
  const { itunes, items } = await new RssParser().parseString(await seedText(await page, 'rss'));
  expect(itunes).toMatchObject({
    author: 'Ann & <Bo>',
    owner: podcastSite.podcast?.owner,
    image: podcastSite.podcast?.image,
    explicit: 'false',
    categoriesWithSubs: [{ name: 'Society & Culture', subs: [{ name: 'Documentary' }] }, { name: 'Technology' }],
  });
  expect(items.map(({ itunes }) => itunes?.duration)).toEqual(['61', '3600', ...Array(5).fill(undefined)]);
  expect(items[0]?.itunes).toMatchObject({
    season: '2',
    episode: '3',
    episodeType: 'full',
    explicit: 'true',
  });
  expect(items.map(({ enclosure }) => enclosure?.type)).toEqual([
    'audio/mpeg',
    'video/mp4',
    ...Array(5).fill(undefined),
  ]);
});

test.each(['rss', 'atom'] as const)(
  '@rowanmanning/feed-parser reads the pictures of %s, and recordings before them',
  async (name) => {
    const { items } = parseWithRowanmanning(await seedText(await page, name));
    expect(items.map(({ image }) => image?.url)).toEqual(pictures);
    const [first] = items[0]?.media.filter(({ type }) => type === 'audio') ?? [];
    expect(first).toMatchObject({
      url: 'https://example.org/talk.mp3',
      length: 12345,
      mimeType: 'audio/mpeg',
    });
  },
);
