import { join } from 'node:path';
import { build } from '../../src/node/build/build.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { makeFolder, manySeeds } from '../node/temporary-folder.ts';

const now = '2026-03-10T12:00:00Z';

/** Builds a site of seven articles, three a page, with old addresses, and returns its folder. */
export async function buildSite(): Promise<string> {
  const dir = makeFolder({
    ...manySeeds(7),
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
  const { site, sources, files } = new SeedFolder(dir, { url: 'http://localhost:3000/' }).read();
  const out = join(makeFolder(), 'site');
  await build(site, sources, out, now, undefined, files);
  return out;
}

/** Documents of each kind, and their media types. */
export const served: readonly (readonly [path: string, type: string])[] = [
  ...['', 'archive/1/', 'languages/en/', 'tags/gr%C3%B6%C3%9Fe/'].flatMap((folder) => [
    [`/${folder}rss.xml`, 'application/rss+xml; charset=utf-8'] as const,
    [`/${folder}atom.xml`, 'application/atom+xml; charset=utf-8'] as const,
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
