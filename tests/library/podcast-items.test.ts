/** Episodes as items: the same feed as that of a file with the same values in front matter. */
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
  title: 'Bridges',
  published: '2026-02-25T00:00:00Z',
  markdown: 'A talk.',
  image: { url: 'https://example.org/talk.png', width: 1400, height: 1400 },
  enclosures: [
    { url: 'https://example.org/talk.mp3', length: 123 },
    { url: 'https://example.org/talk.opus', duration: '1:02:03' },
  ],
  duration: '1:02:03',
  season: 2,
  episode: 7,
  episodeType: 'bonus',
  explicit: true,
  people: ['Ana', { name: 'Bo', role: 'guest', url: 'https://bo.example/', image: 'https://bo.example/i.png' }],
  transcripts: ['https://example.org/talk.vtt', { url: 'https://example.org/de.srt', language: 'de' }],
};

const file = `---
id: tag:example.org,2026:talk
title: Bridges
date: 2026-02-25
image: { url: https://example.org/talk.png, width: 1400, height: 1400 }
enclosures:
  - { url: https://example.org/talk.mp3, length: 123 }
  - { url: https://example.org/talk.opus, duration: "1:02:03" }
duration: "1:02:03"
season: 2
episode: 7
episodeType: bonus
explicit: true
people: [Ana, { name: Bo, role: guest, url: https://bo.example/, image: https://bo.example/i.png }]
transcripts: [https://example.org/talk.vtt, { url: https://example.org/de.srt, language: de }]
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

  it('is the same as a file with these keys', async () => {
    const { source, problems } = parseSeed({ path: 'talk.md', text: file }, site);
    expect(problems).toEqual([]);
    const { width, height, ...image } = item.image as { url: string; width: number; height: number };
    expect([width, height]).toEqual([1400, 1400]);
    for (const path of ['/rss.xml', '/atom.xml', '/feed.json'])
      expect(await feed([{ ...item, image }], path)).toBe(await feed([source], path));
  });

  it('keeps its episode when a program hands on a parsed article as its own', async () => {
    const { source } = parseSeed({ path: 'talk.md', text: file }, site);
    const copy = { head: source?.head, article: () => source?.article() };
    expect(await feed([copy])).toBe(await feed([source]));
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
  ])('names the field that is wrong: %j', (fields, message) => {
    const items = [{ ...item, ...fields }] as readonly Item[];
    expect(() => createFeeds({ site, items })).toThrow(message);
  });
});
