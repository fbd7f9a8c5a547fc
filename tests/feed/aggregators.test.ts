/** What RSS has for aggregators, as parsers by others read it, and that only the feeds which ask for it change. */
import { parseRssFeed } from 'feedsmith';
import RssParser from 'rss-parser';
import { expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { publish } from '../../src/publication/memory.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { feedValidatorHere, validateFeed } from '../validators/feed-validator.ts';

const now = '2026-06-01T00:00:00Z';
const base = 'https://daily.example/';
const files = {
  'film.md': `---
title: The tide in one minute
date: 2026-03-04
updated: 2026-03-06
expires: 2026-09-01
image: https://daily.example/quay.jpg
enclosures:
  - { url: https://daily.example/quay.mp4, length: 900, duration: "1:02", width: 1920, height: 1080, bitrate: 3000000 }
  - { url: https://daily.example/small.webm, title: A small one, height: 360, language: en }
  - https://daily.example/notes.pdf
---
A film.
`,
  'picture.md': '---\ntitle: A picture\ndate: 2026-03-03\nimage: https://daily.example/fog.png\n---\nFog.\n',
  'talk.md': '---\ntitle: A talk\ndate: 2026-03-02\nenclosure: https://daily.example/talk.mp3\n---\nA talk.\n',
};

function appOf(settings: string) {
  const folder = makeFolder({ ...files, 'publication.yaml': `url: ${base}\ntitle: The Daily\n${settings}` });
  const { site, sources, problems } = new SeedFolder(folder, { url: base }).read();
  expect(problems).toEqual([]);
  const edition = publish(site, sources, now);
  const app = createApp({ edition: () => edition }, { now: () => Date.parse(now) });
  return async (path: string) => (await app.request(path)).text();
}

it('has videos as Media RSS, pictures as enclosures, and what MSN reads of changes', async () => {
  const rss = await appOf('aggregators: true\n')('/rss.xml');
  const [film, picture, talk] = parseRssFeed(rss).items ?? [];
  const thumbnails = [{ url: `${base}quay.jpg` }];
  expect(film?.media?.contents).toEqual([
    { url: `${base}quay.jpg`, type: 'image/jpeg', medium: 'image' },
    {
      url: `${base}small.webm`,
      type: 'video/webm',
      medium: 'video',
      height: 360,
      lang: 'en',
      title: { value: 'A small one', type: 'plain' },
      thumbnails,
    },
    { url: `${base}notes.pdf`, type: 'application/pdf', medium: 'document' },
    {
      url: `${base}quay.mp4`,
      fileSize: 900,
      type: 'video/mp4',
      medium: 'video',
      isDefault: true,
      bitrate: 3000,
      duration: 62,
      height: 1080,
      width: 1920,
      thumbnails,
    },
  ]);
  expect(film?.enclosures).toEqual([{ url: `${base}quay.mp4`, length: 900, type: 'video/mp4' }]);
  expect(film?.dcterms).toMatchObject({ modified: ['2026-03-06T00:00:00Z'] });
  expect(rss).toContain('<dcterms:valid>end=2026-09-01T00:00:00Z; scheme=W3C-DTF</dcterms:valid>');
  expect(picture?.enclosures).toEqual([{ url: `${base}fog.png`, length: 0, type: 'image/png' }]);
  expect(talk?.media?.contents).toEqual([{ url: `${base}talk.mp3`, type: 'audio/mpeg', medium: 'audio' }]);
  const parsed = await new RssParser().parseString(rss);
  expect(parsed.items.map(({ enclosure }) => enclosure?.url)).toEqual(
    ['quay.mp4', 'fog.png', 'talk.mp3'].map((name) => base + name),
  );
});

it('is only in the feed that asks for it, which can also be the only one without', async () => {
  const plain = await appOf('')('/rss.xml');
  expect(plain).not.toMatch(/media:thumbnail|dcterms|fog\.png" length|medium="audio"/);
  const named = appOf('feeds:\n  news: { aggregators: true }\n');
  expect(await named('/rss.xml')).toBe(plain);
  expect(await named('/feeds/news/rss.xml')).toContain('<media:thumbnail');
  expect(await named('/languages/en/rss.xml')).not.toContain('<media:thumbnail');
  const without = appOf('aggregators: true\nfeeds:\n  readers: { aggregators: false }\n');
  expect(await without('/languages/en/rss.xml')).toContain('<media:thumbnail');
  expect(await without('/feeds/readers/rss.xml')).not.toContain('<media:thumbnail');
});

it('leaves Atom and JSON Feed, which have every file in any case', async () => {
  for (const path of ['/atom.xml', '/feed.json'])
    expect(await appOf('aggregators: true\n')(path)).toBe(await appOf('')(path));
});

it.skipIf(!feedValidatorHere)('is valid for the W3C validator, without a warning', async () => {
  // A playing time is itunes:duration, which makes the validator recommend the elements of a podcast.
  const podcast =
    'podcast: { category: Technology, explicit: false, owner: { name: Ana, email: ana@daily.example } }\n';
  const text = await appOf(`aggregators: true\nicon: /show.png\n${podcast}`)('/rss.xml');
  const found = await validateFeed(text, { url: `${base}rss.xml`, contentType: 'application/rss+xml' });
  expect(found.filter(({ level }) => level !== 'info')).toEqual([]);
});
