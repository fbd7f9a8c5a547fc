/** What apps find of Podcasting 2.0 in the feed that directories take. */
import { parseRssFeed } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { parseSeed } from '../../src/article/parse.ts';
import { createApp } from '../../src/http/app.ts';
import { parseOptions } from '../../src/publication/addresses/parse-options.ts';
import { parsePublicationFile } from '../../src/publication/file/publication-file.ts';
import { publish } from '../../src/publication/memory.ts';
import { assertWellFormed } from '../validators/well-formed.ts';

const settings = `title: Tides & Talk
url: https://tides.example/
authors: [{ name: Ada, email: ada@tides.example }]
podcast:
  title: The <Tides> Show
  category: Technology
  explicit: false
  image: /media/art.png
  apple: https://podcasts.apple.com/us/podcast/id1
  medium: podcast
  updateFrequency: { text: Weekly, rrule: FREQ=WEEKLY, start: 2026-01-01 }
  funding: [{ url: "https://tides.example/give?a=1&b=2", text: "Support us & more" }]
  location: { name: "Austin, TX", rel: creator, geo: "geo:30.27,-97.74", osm: R113314, country: US }
  license: { name: cc-by-4.0, url: "https://license.example/" }
  value: { type: lightning, method: keysend, suggested: "0.00000005", recipients: [{ name: Ada, type: lnaddress, address: ada@pay.example, split: 100, fee: true }] }
  txt: [{ purpose: verify, text: abc }, plain]
  block: [amazon]
  podroll: [{ guid: 917393e3-1b1e-5cef-ace4-edaa54e1f810, url: "https://other.example/rss.xml" }]
  people: [{ name: Ada, role: host, url: "https://ada.example/" }, Bo]
  live: [{ title: Live & loud, start: "2026-03-01T20:00:00+01:00", end: "2026-03-01T21:00:00+01:00", url: "https://stream.example/live.mp3", link: "https://tides.example/live" }]
`;

const episode = `---
title: The lock keeper
date: 2026-02-16
tags: [Harbour]
enclosure:
  - { url: "https://tides.example/talk.mp3", duration: "42:10", length: 7 }
  - { url: "https://tides.example/talk.opus", type: audio/ogg, bitrate: 64000, codecs: opus, language: en }
season: 2
seasonName: High water
episode: 3
episodeDisplay: Ch. 3
transcript: ["https://tides.example/a.vtt", { url: "https://tides.example/a.srt", type: application/x-subrip, language: en }]
chapters: ["4:05 The lock & key", { start: 0, title: Intro, url: "https://lock.example/", image: "https://tides.example/i.png" }]
podcast:
  soundbite: [{ start: "1:13", duration: 60, title: Why }, { start: 73.5, duration: 20 }]
  location: Paris
  contentLink: { url: "https://video.example/1", text: On video }
  social: { url: "https://social.example/1", protocol: activitypub, account: "@a" }
  license: cc0-1.0
---
The keeper talks.
`;

const trailer = `---
title: A trailer
date: 2026-02-15
enclosure: { url: "https://tides.example/film.mp4", length: 9 }
episodeType: trailer
season: 2
---
Watch.
`;

const { site, problems } = parsePublicationFile(
  { path: 'publication.yaml', text: settings },
  { title: '', url: 'https://tides.example/' },
);

function appAt(now: string) {
  const texts = { keeper: episode, trailer, words: '# Only words\n\n2026-02-14\n\nNo recording.\n' };
  const sources = Object.entries(texts).flatMap(([name, text]) => {
    const parsed = parseSeed({ path: `${name}.md`, text }, parseOptions(site));
    expect(parsed.problems).toEqual([]);
    return 'source' in parsed ? [parsed.source] : [];
  });
  const edition = publish(site, sources as never, now);
  return createApp({ edition: () => edition }, { now: () => Date.parse(now) });
}

async function textAt(path: string, now = '2026-02-20T00:00:00Z'): Promise<string> {
  const answer = await appAt(now).request(path);
  expect(answer.status, path).toBe(200);
  return answer.text();
}

const feed = '/podcast/episodes/rss.xml';

describe('the feed of the podcast', () => {
  it('has the episodes alone, under the name of the podcast', async () => {
    expect(problems).toEqual([]);
    const text = await textAt(feed);
    assertWellFormed(text);
    const { title, itunes, items } = parseRssFeed(text);
    expect(title).toBe('The <Tides> Show');
    expect(items?.map((item) => item.title)).toEqual(['The lock keeper', 'A trailer']);
    expect(itunes).toEqual({
      author: 'Ada',
      owner: { name: 'Ada', email: 'ada@tides.example' },
      categories: [{ text: 'Technology' }],
      explicit: false,
      image: 'https://tides.example/media/art.png',
    });
  });

  it('is the only one with these elements, besides that of everything', async () => {
    expect(await textAt('/rss.xml')).toContain('<podcast:guid>');
    for (const path of ['/tags/harbour/rss.xml', '/authors/ada/rss.xml', '/languages/en/rss.xml'])
      expect(await textAt(path)).not.toMatch(/<(?:podcast:guid|itunes:category)/);
  });

  it('has every element of the channel', async () => {
    const { podcast } = parseRssFeed(await textAt(feed));
    expect(podcast).toMatchObject({
      medium: 'podcast',
      updateFrequency: { display: 'Weekly', rrule: 'FREQ=WEEKLY' },
      fundings: [{ url: 'https://tides.example/give?a=1&b=2', display: 'Support us & more' }],
      locations: [{ display: 'Austin, TX', rel: 'creator', geo: 'geo:30.27,-97.74', osm: 'R113314', country: 'US' }],
      license: { display: 'cc-by-4.0', url: 'https://license.example/' },
      values: [
        {
          type: 'lightning',
          method: 'keysend',
          suggested: 0.00000005,
          valueRecipients: [{ name: 'Ada', type: 'lnaddress', address: 'ada@pay.example', split: 100, fee: true }],
        },
      ],
      txts: [{ purpose: 'verify', display: 'abc' }, { display: 'plain' }],
      blocks: [{ id: 'amazon', value: true }],
      podroll: {
        remoteItems: [{ feedGuid: '917393e3-1b1e-5cef-ace4-edaa54e1f810', feedUrl: 'https://other.example/rss.xml' }],
      },
      persons: [{ display: 'Ada', role: 'host', href: 'https://ada.example/' }, { display: 'Bo' }],
      trailers: [
        {
          display: 'A trailer',
          url: 'https://tides.example/film.mp4',
          length: 9,
          type: 'video/mp4',
          season: 2,
          pubDate: 'Sun, 15 Feb 2026 00:00:00 GMT',
        },
      ],
    });
  });

  it('has every element of an episode', async () => {
    const text = await textAt(feed);
    // feedsmith does not read this one.
    expect(text).toContain('<podcast:contentLink href="https://video.example/1">On video</podcast:contentLink>');
    expect(parseRssFeed(text).items?.[0]?.podcast).toEqual({
      season: { number: 2, name: 'High water' },
      episode: { number: 3, display: 'Ch. 3' },
      chapters: { url: 'https://tides.example/articles/keeper/chapters.json', type: 'application/json+chapters' },
      transcripts: [
        { url: 'https://tides.example/a.vtt', type: 'text/vtt' },
        { url: 'https://tides.example/a.srt', type: 'application/x-subrip', language: 'en' },
      ],
      alternateEnclosures: [
        {
          type: 'audio/ogg',
          bitrate: 64000,
          lang: 'en',
          codecs: 'opus',
          sources: [{ uri: 'https://tides.example/talk.opus' }],
        },
      ],
      soundbites: [
        { startTime: 73, duration: 60, display: 'Why' },
        { startTime: 73.5, duration: 20 },
      ],
      locations: [{ display: 'Paris' }],
      socialInteracts: [{ uri: 'https://social.example/1', protocol: 'activitypub', accountId: '@a' }],
      license: { display: 'cc0-1.0' },
    });
  });

  it.each([
    ['2026-02-20T00:00:00Z', 'pending', /Live from <time [^>]*>March 1, 2026<\/time> <time [^>]*>7:00 PM<\/time>/],
    ['2026-03-01T19:30:00Z', 'live', /Live now/],
    ['2026-03-01T20:00:00Z', 'ended', undefined],
    ['2026-03-02T20:00:00Z', undefined, undefined],
  ])('announces a live show by the clock: at %s it is %s', async (now, status, words) => {
    const text = await textAt(feed, now);
    const { podcast } = parseRssFeed(text);
    expect(text.includes('<title>Live &#x26; loud</title>')).toBe(status !== undefined);
    expect(podcast?.liveItems?.map((show) => show.status)).toEqual(status && [status]);
    const page = await textAt('/podcast/episodes', now);
    if (words === undefined) expect(page).not.toContain('class="live"');
    else expect(page).toMatch(words);
  });

  it('changes when a live show begins and ends', async () => {
    const app = appAt('2026-03-01T18:59:00Z');
    const [before, other] = await Promise.all([app.request(feed), app.request('/tags/harbour/rss.xml')]);
    expect(before.headers.get('Cache-Control')).toBe('public, max-age=60');
    expect(other.headers.get('Cache-Control')).toBe('public, max-age=3600');
    const during = await appAt('2026-03-01T19:30:00Z').request(feed);
    expect(during.headers.get('ETag')).not.toBe(before.headers.get('ETag'));
    expect(during.headers.get('Last-Modified')).toBe('Sun, 01 Mar 2026 19:00:00 GMT');
  });
});

it('serves chapters in order, and none for an article without', async () => {
  const answer = await appAt('2026-02-20T00:00:00Z').request('/articles/keeper/chapters.json');
  expect(answer.headers.get('Content-Type')).toBe('application/json+chapters');
  expect(await answer.json()).toEqual({
    version: '1.2.0',
    title: 'The lock keeper',
    chapters: [
      { startTime: 0, title: 'Intro', url: 'https://lock.example/', img: 'https://tides.example/i.png' },
      { startTime: 245, title: 'The lock & key' },
    ],
  });
  expect((await appAt('2026-02-20T00:00:00Z').request('/articles/words/chapters.json')).status).toBe(404);
});

describe('the page of an episode', () => {
  it('begins with its player, number, duration, chapters and transcripts', async () => {
    const page = await textAt('/articles/keeper');
    const [, body = ''] = /<div class="body[^"]*">\n([\s\S]*)/.exec(page) ?? [];
    expect(body).toMatch(/^<section class="player" aria-label="Player">/);
    expect(body).toContain('High water · Ch. 3 · ');
    expect(body).toContain('<time datetime="PT42M10S">42:10</time>');
    expect(body).toContain('<audio controls preload="none" src="../talk.mp3" aria-label="The lock keeper">');
    expect(body).toContain('srclang="en"');
    expect(body).toContain('<a href="../talk.mp3#t=245"><time datetime="PT4M5S">4:05</time> The lock &amp; key</a>');
    expect(body.match(/<audio/g)).toHaveLength(1);
    expect(body).toContain('href="../a.srt"');
    expect(body.indexOf('The keeper talks.')).toBeGreaterThan(body.indexOf('</section>'));
  });

  it('describes episode, sound and film to search engines', async () => {
    const dataOf = async (path: string) =>
      [...(await textAt(path)).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(([, json]) =>
        JSON.parse(json ?? ''),
      );
    const data = await dataOf('/articles/keeper');
    const [article, found] = ['NewsArticle', 'PodcastEpisode'].map((type) => data.find((one) => one['@type'] === type));
    const sound = {
      '@type': 'AudioObject',
      contentUrl: 'https://tides.example/talk.mp3',
      encodingFormat: 'audio/mpeg',
      duration: 'PT42M10S',
    };
    expect(article).toMatchObject({ '@type': 'NewsArticle', audio: sound });
    expect(found).toMatchObject({
      '@type': 'PodcastEpisode',
      episodeNumber: 3,
      duration: 'PT42M10S',
      associatedMedia: sound,
      partOfSeason: { seasonNumber: 2, name: 'High water' },
      partOfSeries: { name: 'The <Tides> Show', webFeed: 'https://tides.example/podcast/episodes/rss.xml' },
    });
    expect(await dataOf('/articles/trailer')).toContainEqual(
      expect.objectContaining({ video: expect.objectContaining({ '@type': 'VideoObject' }) }),
    );
    expect(JSON.stringify(await dataOf('/articles/words'))).not.toMatch(/PodcastEpisode|AudioObject/);
  });
});

it.each(['/subscribe', '/podcast/episodes', '/articles/keeper', '/'])(
  '%s opens the feed in podcast apps, before other readers',
  async (path) => {
    const page = await textAt(path);
    const [apps, readers] = ['AntennaPod', 'Feedly'].map((name) => page.indexOf(`>${name}<`));
    expect(readers === -1 || (apps ?? 0) < (readers ?? 0)).toBe(true);
    const asked = 'https%3A%2F%2Ftides.example%2Fpodcast%2Fepisodes%2Frss.xml';
    for (const href of [
      'podcast://tides.example/podcast/episodes/rss.xml',
      'pktc://subscribe/tides.example/podcast/episodes/rss.xml',
      `overcast://x-callback-url/add?url=${asked}`,
      `https://antennapod.org/deeplink/subscribe?url=${asked}&amp;title=The%20%3CTides%3E%20Show`,
      'https://podcasts.apple.com/us/podcast/id1',
    ])
      expect(page).toContain(`href="${href}"`);
    expect(page).not.toContain('Spotify');
  },
);

it('offers other readers where no episode is', async () => {
  expect(await textAt('/articles/words')).toContain('>Feedly<');
});
