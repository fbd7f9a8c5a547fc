/** Episodes as items: the same feed as that of a file with the same values in front matter. */
import { parseRssFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { createFeeds, type Item, parseSeed, type SiteSettings } from '../../src/index.ts';

const site: SiteSettings = {
  title: 'Talk',
  url: 'https://example.org/',
  id: 'tag:example.org,2026:',
  authors: ['Ana'],
  podcast: { category: 'Technology', explicit: false, image: 'https://example.org/show.png' },
};
const now = () => Date.parse('2026-11-30T12:00:00Z');

const item: Item = {
  id: 'tag:example.org,2026:talk',
  url: 'https://example.org/articles/talk',
  slug: 'talk',
  title: 'Bridges',
  published: '2026-02-25T00:00:00Z',
  markdown: 'A talk.',
  image: { url: 'https://example.org/talk.png', width: 1400, height: 1400 },
  enclosures: [
    { url: 'https://example.org/talk.mp3', length: 123 },
    { url: 'https://example.org/talk.opus', duration: '1:02:03', bitrate: 64_000, language: 'en', codecs: 'opus' },
    { url: 'https://example.org/talk.mp4', duration: 3723, width: 1920, height: 1080 },
  ],
  duration: '1:02:03',
  season: 2,
  seasonName: 'Rivers',
  episode: 7,
  episodeDisplay: 'Seven',
  episodeType: 'bonus',
  extent: 'summary',
  aliases: ['/2019/talk/'],
  explicit: true,
  people: ['Ana', { name: 'Bo', role: 'guest', url: 'https://bo.example/', image: 'https://bo.example/i.png' }],
  transcripts: ['https://example.org/talk.vtt', { url: 'https://example.org/de.srt', language: 'de' }],
  chapters: [
    { start: '1:02', title: 'The lock', url: 'https://example.org/lock' },
    { start: 0, title: 'Hello', image: 'https://example.org/hello.png' },
  ],
  podcast: {
    soundbite: [{ start: 12.5, duration: 30, title: 'The best part' }],
    location: { name: 'Oslo', geo: 'geo:59.9,10.7', osm: 'R406091', country: 'NO' },
    license: 'cc-by-4.0',
    funding: { url: 'https://example.org/give', text: 'Give' },
    value: {
      type: 'lightning',
      method: 'keysend',
      recipients: [{ name: 'Ana', type: 'node', address: 'abc', split: 100, fee: true }],
    },
    txt: { text: 'token', purpose: 'verify' },
    contentLink: { url: 'https://video.example/talk', text: 'On video' },
    social: { url: 'https://social.example/@ana/1', protocol: 'activitypub', account: '@ana@social.example' },
  },
};

const file = `---
id: tag:example.org,2026:talk
title: Bridges
date: 2026-02-25
image: { url: https://example.org/talk.png, width: 1400, height: 1400 }
enclosures:
  - { url: https://example.org/talk.mp3, length: 123 }
  - { url: https://example.org/talk.opus, duration: "1:02:03", bitrate: 64000, language: en, codecs: opus }
  - { url: https://example.org/talk.mp4, duration: "1:02:03", width: 1920, height: 1080 }
duration: "1:02:03"
season: 2
season_name: Rivers
episode: 7
episode_display: Seven
content: summary
aliases: [/2019/talk/]
episodeType: bonus
explicit: true
people: [Ana, { name: Bo, role: guest, url: https://bo.example/, image: https://bo.example/i.png }]
transcripts: [https://example.org/talk.vtt, { url: https://example.org/de.srt, language: de }]
chapters:
  - { start: "1:02", title: The lock, url: https://example.org/lock }
  - { start: 0, title: Hello, image: https://example.org/hello.png }
podcast:
  soundbite: [{ start: 12.5, duration: 30, title: The best part }]
  location: { name: Oslo, geo: "geo:59.9,10.7", osm: R406091, country: NO }
  license: cc-by-4.0
  funding: { url: https://example.org/give, text: Give }
  value: { type: lightning, method: keysend, recipients: [{ name: Ana, type: node, address: abc, split: 100, fee: true }] }
  txt: { text: token, purpose: verify }
  contentLink: { url: https://video.example/talk, text: On video }
  social: { url: https://social.example/@ana/1, protocol: activitypub, account: "@ana@social.example" }
---
A talk.
`;

const feed = async (items: readonly Item[] | readonly unknown[], path = '/rss.xml') =>
  (await createFeeds({ site, items: items as readonly Item[], now }).request(path)).text();

describe('an item that is an episode', () => {
  it('has the elements that podcast apps read', async () => {
    const rss = await feed([item]);
    for (const element of [
      '<enclosure length="123" type="audio/mpeg" url="https://example.org/talk.mp3"/>',
      '<itunes:duration>3723</itunes:duration>',
      '<itunes:season>2</itunes:season>',
      '<itunes:episode>7</itunes:episode>',
      '<itunes:episodeType>bonus</itunes:episodeType>',
      '<itunes:explicit>true</itunes:explicit>',
      '<itunes:image href="https://example.org/talk.png"/>',
      '<podcast:transcript url="https://example.org/de.srt" type="application/x-subrip" language="de"/>',
      '<podcast:person role="guest" img="https://bo.example/i.png" href="https://bo.example/">Bo</podcast:person>',
    ])
      expect(rss).toContain(element);
  });

  it('has every element of Podcasting 2.0, as feedsmith reads it', async () => {
    const [read] = parseRssFeed(await feed([item])).items ?? [];
    expect(read?.podcast).toMatchObject({
      season: { number: 2, name: 'Rivers' },
      episode: { number: 7, display: 'Seven' },
      chapters: { url: 'https://example.org/articles/talk/chapters.json', type: 'application/json+chapters' },
      soundbites: [{ startTime: 12.5, duration: 30, display: 'The best part' }],
      license: { display: 'cc-by-4.0' },
      socialInteracts: [{ uri: 'https://social.example/@ana/1', protocol: 'activitypub' }],
    });
    expect(JSON.parse(await feed([item], '/articles/talk/chapters.json'))).toMatchObject({
      chapters: [
        { startTime: 0, title: 'Hello', img: 'https://example.org/hello.png' },
        { startTime: 62, title: 'The lock', url: 'https://example.org/lock' },
      ],
    });
  });

  it('is found at its old address', async () => {
    const response = await createFeeds({ site, items: [item], now }).request('/2019/talk/');
    expect([response.status, response.headers.get('Location')]).toEqual([301, 'https://example.org/articles/talk']);
  });

  it('is the same as a file with these keys', async () => {
    const { source, problems } = parseSeed({ path: 'talk.md', text: file }, site);
    expect(problems).toEqual([]);
    const { width, height, ...image } = item.image as { url: string; width: number; height: number };
    expect([width, height]).toEqual([1400, 1400]);
    for (const path of ['/rss.xml', '/atom.xml', '/feed.json', '/articles/talk', '/articles/talk/chapters.json'])
      expect(await feed([{ ...item, image }], path)).toBe(await feed([source], path));
  });

  it('keeps its episode when a program hands on a parsed article as its own', async () => {
    const { source } = parseSeed({ path: 'talk.md', text: file }, site);
    const copy = { head: source?.head, article: () => source?.article() };
    for (const path of ['/rss.xml', '/articles/talk/chapters.json'])
      expect(await feed([copy], path)).toBe(await feed([source], path));
  });

  it.each<[Partial<Record<keyof Item, unknown>>, string]>([
    [{ episode: 0 }, 'items[0].episode: expected a whole number from 1, got 0'],
    [{ season: '2' }, 'items[0].season: expected a whole number from 1, got "2"'],
    [{ episodeType: 'Trailer' }, 'items[0].episodeType: expected "full" or "trailer" or "bonus", got "Trailer"'],
    [{ explicit: 'no' }, 'items[0].explicit: expected true or false, got "no"'],
    [
      { duration: 'long' },
      'items[0].duration: expected seconds, or hours, minutes and seconds as in 1:02:03, got "long"',
    ],
    [{ people: [{ role: 'host' }] }, 'items[0].people[0].name: expected text, got nothing'],
    [{ people: [7] }, 'items[0].people[0]: expected an object, got 7'],
    [
      { transcripts: ['talk.vtt'] },
      'items[0].transcripts[0]: expected an absolute http or https address, got "talk.vtt"',
    ],
    [
      { transcripts: [{ url: 'https://example.org/a.vtt', language: '?' }] },
      'items[0].transcripts[0].language: expected a language tag such as en or pt-BR, got "?"',
    ],
    [{ chapters: [{ start: 0 }] }, 'items[0].chapters[0].title: expected text, got nothing'],
    [{ chapters: [{ start: 'later', title: 'A' }] }, 'items[0].chapters[0].start: expected seconds'],
    [{ chapters: 'chapters.json' }, 'items[0].chapters: expected an absolute http or https address'],
    [
      { podcast: { soundbite: { start: 1 } } },
      'items[0].podcast.soundbite: expected a map of start, duration and title',
    ],
    [{ podcast: { location: { name: 'Oslo', osm: 'x' } } }, 'items[0].podcast.location: osm is wrong: "x"'],
    [{ podcast: 'x' }, 'items[0].podcast: expected an object of funding, location'],
    [{ extent: 'half' }, 'items[0].extent: expected "full" or "summary", got "half"'],
    [{ aliases: ['talk'] }, 'items[0].aliases[0]: expected a path such as /2019/hello/, got "talk"'],
  ])('names the field that is wrong: %j', (fields, message) => {
    const items = [{ ...item, ...fields }] as readonly Item[];
    expect(() => createFeeds({ site, items })).toThrow(message);
  });
});
