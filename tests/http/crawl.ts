import { readFileSync } from 'node:fs';
import type { Files } from '../node/temporary-folder.ts';

/** The public address of {@link full}. */
export const address = 'https://daily.example/';

const image = readFileSync(new URL('../../public/icon.png', import.meta.url));

/** A publication that uses every feature with pages or links. */
export const full: Files = {
  'publication.yaml': `title: The Full Daily
url: ${address}
items: 4
language: en
timezone: Europe/Berlin
search: true
tombstones: true
markdown: [pages, llms, rss]
machines: { search: true, ai-train: false, license: "https://creativecommons.org/licenses/by/4.0/" }
icon: /icon.png
authors:
  ana: { name: Ana Álvarez, bio: "Writes about <ships>.", picture: /media/ana.png, profiles: ["https://social.example/@ana"] }
  bo: { name: Bo, url: "https://bo.example/" }
podcast: { category: Technology, explicit: false, image: /icon.png, apple: "https://podcasts.example/1" }
sections:
  harbour: { title: The harbour, description: Ships. }
  world-news: The world
tags: { c++: { title: The language C++, description: Compiled. } }
feeds:
  briefly: { title: In brief, tags: [brief], content: summary }
  german: { languages: [de], language: de }
redirects: { /old: /articles/plain, /lost: gone }
`,
  'theme/header.html': '<p><a href="{{ root }}rss.xml">Follow us</a></p>\n',
  'theme/article-bottom.html': '<p><a href="{{ root }}archive">All articles</a></p>\n',
  'plain.md': '# Nothing but a headline\n\n2026-01-05\n',
  'harbour/_index.md': '---\ntitle: Quay\nimage: quay.jpg\n---\n',
  'harbour/quay.jpg': image,
  'ana.png': image,
  'harbour/ship.md': `---
title: A ship & its crew
date: 2026-02-01T10:00:00Z
author: ana
tags: [C++, "R&D/2", Ärzte]
corrected: { date: 2026-02-02, note: The name was wrong. }
---
One[^1] and two[^1]. See [the end](#the-end), [another](../talk.md), [a page](/articles/plain) and [a file](ship.pdf).

![](/icon.png)
![A second](ship.png "Moored.")

[^1]: A note.

## The end
`,
  'harbour/ship.png': image,
  'harbour/ship.pdf': '%PDF-1.4\n',
  'public/icon.png': image,
  'world-news/hello.md':
    '---\ntitle: Hello\ndate: 2026-02-03\nauthors: [bo, ana]\ntags: [brief]\nexpiryDate: 2126-01-01\n---\nHi.\n',
  'world-news/hello.de.md': '---\ntitle: Hallo\ndate: 2026-02-03\nauthor: Ünal\ntags: [brief]\n---\nTag.\n',
  'talk.md': `---
title: A talk
date: 2026-02-04
tags: [brief]
enclosures: [{ url: talk.mp3, duration: "10:00" }, { url: talk.opus }]
transcripts: [{ url: talk.vtt, language: en }]
chapters: [{ start: 0, title: Begin }, { start: 60, title: End, url: "https://end.example/" }]
---
Listen.
`,
  'talk.mp3': new Uint8Array(200_000),
  'talk.opus': new Uint8Array(2000),
  'talk.vtt': 'WEBVTT\n',
  'film.md': '---\ntitle: A film\ndate: 2026-02-05\nimage: /icon.png\nenclosure: { url: film.mp4 }\n---\nWatch.\n',
  'film.mp4': new Uint8Array(2000),
  'told.md': '# Told elsewhere\n\n2025-12-31\n\nShort.\n\nOriginal url:\n\n<https://elsewhere.example/told>\n',
  'moved.md': '---\ntitle: Moved here\ndate: 2025-11-30\nurl: https://daily.example/2019/moved/\n---\nOld.\n',
  'withdrawn.md': '---\ntitle: W\ndate: 2026-01-01\nwithdrawn: { date: 2026-01-02, reason: Wrong. }\n---\nText.\n',
  ...Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [
      `harbour/day ${i + 1}.md`,
      `---\ntitle: Day ${i + 1}\ndate: 2025-10-0${i + 1}\ntags: [C++]\n---\nIt went by.\n`,
    ]),
  ),
};

/** What somebody finds who follows every link of a site. */
export interface Crawl {
  /** The paths of all pages, below the site's address. */
  readonly pages: readonly string[];
  /** The paths of everything else. */
  readonly files: readonly string[];
  /** Links that lead to a missing page or place, to a redirect, or to the page that they are on. */
  readonly faults: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly isPage: boolean;
  readonly text: string;
}

/** Follows every link from the home page of a site at `root`; links to its public address lead there, too. */
export async function crawl(root: URL, request: (url: URL) => Promise<Response>): Promise<Crawl> {
  const known = new Map<string, Promise<Answer>>();
  const get = (path: string): Promise<Answer> => {
    const asked = known.get(path) ?? read(request(new URL(path, root)));
    known.set(path, asked);
    return asked;
  };
  const faults: string[] = [];
  const waiting = [''];
  const pages: string[] = [];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const page = await get(path);
    if (!page.isPage) continue;
    pages.push(path);
    for (const link of linksIn(page.text)) {
      const target = targetOf(link, new URL(path, root), root);
      if (target === undefined) continue;
      const [to = '', anchor] = target.split('#');
      const isNew = !known.has(to);
      const { status, isPage, text } = await get(to);
      if (isNew && isPage) waiting.push(to);
      if (status !== 200) faults.push(`/${path}: ${link} answers ${status}`);
      else if (to === path && anchor === undefined) faults.push(`/${path}: ${link} leads to itself`);
      else if (anchor !== undefined && isPage && !text.includes(` id="${anchor}"`))
        faults.push(`/${path}: ${link} leads to a missing place`);
    }
  }
  const files = [...known.keys()].filter((path) => !pages.includes(path));
  return { pages: pages.sort(), files: files.sort(), faults };
}

async function read(asked: Promise<Response>): Promise<Answer> {
  const response = await asked;
  const isPage = response.status === 200 && /^text\/html\b/.test(response.headers.get('Content-Type') ?? '');
  const text = await response.text();
  return { status: response.status, isPage, text: isPage ? text : '' };
}

/** Lists the addresses that a page shows or loads, each once; not the links that describe it in its head. */
function linksIn(page: string): readonly string[] {
  const shown = page
    .replace(/<link rel="(?:canonical|prev|next|alternate" hreflang)[^>]*>/g, '')
    .replace(/<(?:script type="application|meta)[^>]*>.*/g, '');
  const single = [...shown.matchAll(/ (?:href|src|poster)="([^"]*)"/g)].map(([, link = '']) => link);
  const sets = [...shown.matchAll(/ srcset="([^"]*)"/g)].flatMap(
    ([, set = '']) => set.match(/[^\s,]\S*(?= \d+w)/g) ?? [],
  );
  return [...new Set([...single, ...sets])].map((link) => link.replaceAll('&amp;', '&'));
}

/** Returns the path of a link on the site, with its fragment; `undefined` for one to elsewhere. */
function targetOf(link: string, page: URL, root: URL): string | undefined {
  const { href } = new URL(link, page);
  const own = [root.href, address].find((start) => href.startsWith(start));
  return own === undefined ? undefined : href.slice(own.length);
}
