/** A publication that uses every key of feeds at once: the same documents everywhere, and nothing that is held back. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { build } from '../../src/node/build/build.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { publish } from '../../src/publication/memory.ts';
import { storedInMemory } from '../http/stored.ts';
import { png } from '../node/pictures.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { feedValidatorHere, validateFeed } from '../validators/feed-validator.ts';

const now = '2026-06-01T00:00:00Z';
const base = 'https://tides.example/';

const settings = `url: ${base}
title: Tides
language: en-US
id: "tag:tides.example,2026:"
icon: /art.png
copyright: Tides Ltd
hub: https://hub.example/
aggregators: true
news: true
tombstones: true
markdown: [pages, llms, rss]
machines: { search: true, ai-input: true, ai-train: false, license: "https://creativecommons.org/licenses/by/4.0/", contact: rights@tides.example }
authors:
  ana: { name: Ana Silva, bio: Writes., picture: /ana.png, url: "https://ana.example/", email: ana@tides.example, fediverse: "@ana@social.example", profiles: ["https://social.example/@ana"] }
  bo: { name: Bo Lind, default: true }
feeds:
  main: { not: { tags: diary } }
  ships: { title: Ships, tags: [ships, boats], not: { authors: cy }, items: 5 }
  deutsch: { languages: de, content: summary }
  readers: { aggregators: false }
podcast:
  category: Technology
  explicit: false
  owner: { name: Ana, email: ana@tides.example }
  type: episodic
  guid: 917393e3-1b1e-5cef-ace4-edaa54e1f810
  locked: true
  medium: podcast
  funding: { url: "https://tides.example/give", text: Give }
  license: cc-by-4.0
  location: { name: Oslo, geo: "geo:59.9,10.7", osm: R406091, country: "NO" }
  txt: token
  block: amazon
  podroll: [{ guid: 917393e3-1b1e-5cef-ace4-edaa54e1f811 }]
  updateFrequency: { text: Weekly, rrule: FREQ=WEEKLY }
  value: { type: lightning, method: keysend, recipients: [{ name: Ana, type: node, address: abc, split: 100 }] }
`;
const written = (head: string, body: string) => `---\n${head}\n---\n${body}\n`;
const files = {
  'publication.yaml': settings,
  'art.png': png(1400, 1400),
  'ferry.md': written(
    'title: The ferry\ndate: 2026-05-30\nauthor: ana\ntags: [ships, News]\ncorrected: { date: 2026-05-31, note: At nine. }',
    '![A ferry](art.png "A ferry")\n\nIt **sails**[^1].\n\n[^1]: At nine.',
  ),
  'ferry.de.md': written('title: Die Fähre\ndate: 2026-05-30T08:00:00Z\ntags: [boats]', 'Sie fährt.'),
  'ferry.de-AT.md': written('title: Das Schiff\ndate: 2026-05-30T09:00:00Z\ntags: [boats]', 'Es fährt.'),
  'diary.md': written('title: A diary\ndate: 2026-05-29\ntags: diary', 'Dear diary.'),
  'talk.md': written(
    `title: A talk
date: 2026-05-28
image: art.png
enclosures:
  - { url: https://cdn.example/talk.mp3, length: 900, duration: "1:02" }
  - { url: https://cdn.example/talk.mp4, length: 9000, duration: "1:02", width: 1920, height: 1080, bitrate: 900000 }
season: 1
seasonName: First
episode: 1
episodeDisplay: One
episodeType: full
people: [Ana, { name: Bo, role: guest }]
transcript: https://cdn.example/talk.vtt
chapters: ["0:00 Hello", "0:30 Bye"]
podcast: { soundbite: { start: 1, duration: 20, title: Best }, social: { url: "https://social.example/@ana/1", protocol: activitypub } }`,
    'Notes.',
  ),
  'film.md': written(
    'title: A film\ndate: 2026-05-27\nimage: art.png\nenclosure: { url: https://cdn.example/film.mp4, length: 99 }',
    'A film.',
  ),
  'cy.md': written('title: By Cy\ndate: 2026-05-26\nauthor: Cy\ntags: ships\nexpires: 2026-07-01', 'Short-lived.'),
  'gone.md': written(
    'title: Withdrawn headline\ndate: 2026-05-20\nwithdrawn: { date: 2026-05-25, reason: It was made up. }',
    'SECRET body.',
  ),
  'old.md': written('title: SECRET expired\ndate: 2026-05-20\nexpires: 2026-05-25', 'SECRET body.'),
  'later.md': written('title: SECRET later\ndate: 2026-06-02\ntags: secret-tag\nauthor: Secret Author', 'SECRET body.'),
  'ferry.fr.md': written('title: SECRET ferry\ndate: 2026-06-03\nlang: fr', 'SECRET body.'),
  'draft.md': written('title: SECRET draft\ndate: 2026-05-20\ndraft: true', 'SECRET body.'),
};

const feedFiles = ['rss.xml', 'atom.xml', 'feed.json'];
const folders =
  'feeds/ships feeds/deutsch feeds/readers tags/ships tags/boats tags/news tags/diary authors/ana-silva authors/bo-lind authors/cy languages/de languages/de-at languages/en-us podcast/episodes corrections'.split(
    ' ',
  );
const feeds = ['', ...folders.map((folder) => `${folder}/`)].flatMap((folder) =>
  feedFiles.map((file) => folder + file),
);
const others =
  'feeds.opml sitemap.xml news-sitemap.xml robots.txt llms.txt license.xml .well-known/tdmrep.json tdm-policy.json articles/talk/chapters.json articles/ferry.md'.split(
    ' ',
  );
const pages = ['', 'subscribe', 'archive', 'articles/ferry', 'articles/talk', ...folders];

let texts: Record<'memory' | 'stored', Map<string, string>>;
let folder: string;
beforeAll(async () => {
  const read = new SeedFolder(makeFolder(files), { url: base }).read();
  expect(read.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { site, sources } = read;
  const edition = publish(site, sources, now);
  folder = join(makeFolder(), 'site');
  await build(site, sources, folder, now, undefined, read.files);
  const textsOf = async (publication: Parameters<typeof createApp>[0]) => {
    const app = createApp(publication, { now: () => Date.parse(now) });
    const all = new Map<string, string>();
    for (const path of [...feeds, ...others, ...pages]) {
      const answer = await app.request(`/${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      all.set(path, await answer.text());
    }
    return all;
  };
  texts = {
    memory: await textsOf({ edition: () => edition }),
    stored: await textsOf(await storedInMemory(site, sources, now)),
  };
});

describe('a publication with every key', () => {
  it('has the same documents in memory, from a store and in a build', () => {
    for (const [path, text] of texts.memory) {
      expect([path, texts.stored.get(path)]).toEqual([path, text]);
      const [file = ''] = [path, `${path}.html`, join(path, 'index.html')].filter(
        (one) => /\.\w+$/.test(one) && existsSync(join(folder, one)),
      );
      expect([path, readFileSync(join(folder, file), 'utf8')]).toEqual([path, text]);
    }
  });

  it('says nothing of what is scheduled, expired or a draft', () => {
    for (const [path, text] of texts.memory)
      expect([
        path,
        /SECRET|secret-tag|Secret Author|made up/.test(
          path.startsWith('corrections') || path.endsWith('atom.xml') ? text.replaceAll('It was made up.', '') : text,
        ),
      ]).toEqual([path, false]);
  });

  it('has each item once, with the same id in every feed and format', () => {
    const ids = new Map<string, string>();
    for (const path of feeds.filter((path) => !path.startsWith('corrections'))) {
      const text = texts.memory.get(path) ?? '';
      const items = path.endsWith('rss.xml')
        ? (parseRssFeed(text).items ?? []).map(({ guid, link }) => [guid?.value, link])
        : path.endsWith('atom.xml')
          ? (parseAtomFeed(text).entries ?? []).map(({ id, links }) => [
              id,
              links?.find(({ hreflang }) => hreflang === undefined)?.href,
            ])
          : (parseJsonFeed(text).items ?? []).map(({ id, url }) => [id, url]);
      expect(items.length, path).toBeGreaterThan(0);
      expect(new Set(items.map(([id]) => id)).size, path).toBe(items.length);
      for (const [id = '', url = ''] of items) {
        expect(ids.get(url) ?? id, path).toBe(id);
        ids.set(url, id);
      }
    }
    expect(ids.size).toBe(7);
  });

  it.skipIf(!feedValidatorHere)('is valid for the W3C validator, except for what was asked for', async () => {
    // It does not know the namespaces, and wants a podcast's elements in each feed with a playing time.
    const expected = /^(?:UnknownNamespace|MissingItunesElement|MissingItunesEmail)$/;
    for (const path of feeds.filter((path) => path.endsWith('.xml'))) {
      const contentType = path.endsWith('atom.xml') ? 'application/atom+xml' : 'application/rss+xml';
      const found = await validateFeed(texts.memory.get(path) ?? '', { url: base + path, contentType });
      const wrong = found.filter(
        ({ type, level }) => level !== 'info' && !(level === 'warning' && expected.test(type)),
      );
      expect(wrong.map(({ type, message }) => `${path} ${type}: ${message}`)).toEqual([]);
    }
  });
});
