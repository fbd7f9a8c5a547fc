import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build } from '../../src/node/build/build.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { makeFolder, manySeeds } from '../node/temporary-folder.ts';

const now = '2026-03-10T12:00:00Z';

/** Files that a browser shows as pages. Each says in its address whether it ran a script. */
const script = "location.hash = 'ran'";
const hostileHtml = `<!DOCTYPE html><title>own</title><body onload="${script}"><script>${script}</script>own`;
const hostileXhtml = `<html xmlns="http://www.w3.org/1999/xhtml"><body><script>${script}</script>own</body></html>`;
const hostileSvg = `<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"><script>${script}</script></svg>`;
export const hostileFiles = [
  '/page.html',
  '/page',
  '/2019/data.xml',
  '/archive/deep/own',
  '/mark.svg',
  '/media/mark.svg',
];

/** Builds a site of seven articles, three a page, with old addresses, and returns its folder. */
export async function buildSite(): Promise<string> {
  const dir = siteFolder();
  const { site, sources, files } = new SeedFolder(dir, { url: 'http://localhost:3000/' }).read();
  const out = join(makeFolder(), 'site');
  await build(site, sources, out, now, undefined, files);
  return out;
}

/** Makes the folder of that site. */
export function siteFolder(): string {
  return makeFolder({
    ...manySeeds(7),
    'withdrawn.md': `---
title: Withdrawn
date: 2026-02-01
withdrawn: { date: 2026-03-09, reason: It was made up. }
---
Made up.
`,
    'tagged.md': '---\ntitle: Tagged\ndate: 2025-03-01\ntags: [Größe]\n---\nIt happened.\n',
    'moved.md': '---\ntitle: "Moved & <on>"\ndate: 2019-03-01\nurl: https://daily.example/2019/03/größe/\n---\nOld.\n',
    'page.md': '---\ntitle: Page\ndate: 2019-03-02\nurl: https://daily.example/2019/page.html\n---\nOld.\n',
    'program.md': '---\ntitle: Program\ndate: 2019-03-03\nurl: https://daily.example/2019/03/program.php\n---\nOld.\n',
    // These have no old path, or an old path that must not be written.
    'own.md': '---\ntitle: Own\ndate: 2019-03-04\nurl: https://daily.example/articles/0001\n---\nOld.\n',
    'above.md': '---\ntitle: Above\ndate: 2019-03-05\nurl: https://daily.example/a/..%2F..%2Fabove\n---\nOld.\n',
    'file.md': '---\ntitle: File\ndate: 2019-03-06\nurl: https://daily.example/articles/0002.html\n---\nOld.\n',
    'below.md': '---\ntitle: Below\ndate: 2019-03-07\nurl: https://daily.example/rss.xml/below\n---\nOld.\n',
    'rules.md': '---\ntitle: Rules\ndate: 2019-03-08\nurl: https://daily.example/_redirects\n---\nOld.\n',
    'ahead.md': '---\ntitle: Ahead\ndate: 2099-03-07\nurl: https://daily.example/2099/ahead\n---\nOld.\n',
    'public/ads.txt': 'own',
    'public/.well-known/security.txt': 'own',
    'public/2019/own.html': 'own',
    'public/2019/data.xml': hostileXhtml,
    'public/page.html': hostileHtml,
    'public/archive/deep/own.html': hostileHtml,
    'public/mark.svg': hostileSvg,
    'mark.svg': hostileSvg,
    'MARK.SVG': hostileSvg,
    'marked.md': '---\ntitle: Marked\ndate: 2019-03-10\n---\n![A mark](mark.svg) ![Another](MARK.SVG)\n',
    'kept.md': '---\ntitle: Kept\ndate: 2019-03-09\nurl: https://daily.example/2019/own.html\n---\nOld.\n',
    'publication.yaml': `url: https://daily.example/
id: "tag:daily.example,2026:"
items: 3
ttl: 30
hub: https://hub.example/?a=1,2
redirects:
  /2019/hello/: /articles/0001
  /old: https://elsewhere.example/
  /away: gone
`,
  });
}

/** Opens the hostile files in a browser and lists those that ran a script. */
export async function scriptsThatRan(browser: Browser, url: URL, paths = hostileFiles): Promise<string[]> {
  const page = await browser.newPage();
  const ran: string[] = [];
  for (const path of paths) {
    const answer = await page.goto(new URL(path, url).href);
    if (answer?.status() !== 200) ran.push(`${path} answers ${answer?.status()}`);
    if (page.url().endsWith('#ran')) ran.push(path);
  }
  await page.close();
  return ran;
}

/** Documents of each kind, and their media types. */
export const served: readonly (readonly [path: string, type: string])[] = [
  ...['', 'archive/1/', 'languages/en/', 'tags/gr%C3%B6%C3%9Fe/'].flatMap((folder) => [
    [`/${folder}rss.xml`, 'application/xml; charset=utf-8'] as const,
    [`/${folder}atom.xml`, 'application/xml; charset=utf-8'] as const,
    [`/${folder}feed.json`, 'application/feed+json'] as const,
  ]),
  ['/feeds.opml', 'text/x-opml; charset=utf-8'],
  ...['/', '/archive/1', '/articles/0001', '/languages/en', '/tags/gr%C3%B6%C3%9Fe'].map(
    (path) => [path, 'text/html; charset=utf-8'] as const,
  ),
];

/** The publication's own files, and their media types. */
export const ownFiles: readonly (readonly [path: string, type: RegExp])[] = [
  ['/ads.txt', /^text\/plain/],
  ['/.well-known/security.txt', /^text\/plain/],
  ['/2019/own.html', /^text\/html/],
];
