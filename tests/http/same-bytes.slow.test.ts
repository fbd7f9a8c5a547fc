import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '../../src/article/seed/date.ts';
import { routes } from '../../src/http/routes.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { publish } from '../../src/publication/memory.ts';
import { isShown } from '../../src/publication/publication.ts';
import { hasTwins } from '../../src/publication/site/markdown-uses.ts';
import { type Slice, sliceFolders, sliceKinds } from '../../src/publication/slices/slice.ts';
import { makeFolder, manySeeds } from '../node/temporary-folder.ts';
import { type Target, targets } from './targets.ts';

const publications = [
  {
    name: 'a publication of 120 articles',
    folder: () => makeFolder({ ...manySeeds(120), 'publication.yaml': 'url: https://daily.example/\nitems: 50\n' }),
    articles: 120,
    archives: 2,
  },
  {
    name: 'a publication of summaries with everything set',
    folder: () =>
      makeFolder({
        ...manySeeds(7),
        'corrected.md': `---\ntitle: Corrected\ndate: ${new Date().toISOString().slice(0, 10)}\ncorrected: { date: 2026-03-04, note: Neun. }\n---\nText.\n`,
        'withdrawn.md':
          '---\ntitle: W\ndate: 2024-03-01\nwithdrawn: { date: 2024-03-04, reason: Falsch. }\n---\nText.\n',
        'theme/style.css': ':root { --accent: #05386b; }',
        'theme/header.html': '<p>Täglich &amp; frisch</p>\n',
        'theme/footer.html': '<p>Impressum</p>\n',
        'publication.yaml': `title: "Täglich & <mehr>"
description: ein   Blatt
url: https://daily.example/blog
language: de-AT
authors: [{ name: Ö, email: o@daily.example, url: "https://daily.example/o" }, P]
timezone: Europe/Vienna
items: 3
content: summary
ttl: 5
hub: https://hub.example/
icon: /icon.png
favicon: favicon.png
copyright: © Ö
id: "tag:daily.example,2026:"
machines: { search: true, ai-train: false, license: "https://creativecommons.org/licenses/by/4.0/" }
markdown: [pages, llms, rss]
news: true
tombstones: true
`,
      }),
    articles: 9,
    archives: 2,
  },
  {
    name: 'a podcast in Arabic',
    folder: () =>
      makeFolder({
        ...manySeeds(3),
        'episode.md': `---
title: Episode
date: 2026-03-02
enclosure: { url: "https://daily.example/a.mp3", type: audio/mpeg, length: 1000, duration: 20:00 }
chapters: [{ start: 0, title: Begin }, { start: 600, title: "Ende & <so>" }]
---
Text.
`,
        'publication.yaml': `title: المرفأ
url: https://daily.example/
language: ar
podcast:
  category: Society & Culture > Documentary
  explicit: false
  image: /art.png
  owner: { name: "Ö & <P>", email: o@daily.example }
  locked: false
`,
      }),
    articles: 4,
    archives: 0,
    chapters: 1,
  },
  {
    name: 'an empty publication',
    folder: () => makeFolder({ 'publication.yaml': 'url: https://daily.example/\n' }),
    articles: 0,
    archives: 0,
  },
  {
    name: "the project's own news",
    folder: () => fileURLToPath(new URL('../../seeds', import.meta.url)),
    articles: undefined,
    archives: 0,
  },
];

describe.each(publications)('$name', ({ folder, articles, archives, chapters = 0 }) => {
  let paths: readonly string[];
  let node: Target;
  let stored: Target;
  let edge: Target;
  let memory: Target;

  beforeAll(async () => {
    const dir = folder();
    const { site, sources } = new SeedFolder(dir, { url: 'http://localhost/' }).read();
    expect(sources).toHaveLength(articles ?? sources.length);
    const now = instantOf(Date.now()) ?? '';
    const edition = publish(site, sources, now);
    const { slices } = await edition.slices(now);
    // Some settings add pages.
    const missing = new Set<string>();
    for (const { path, write } of routes)
      if (!path.includes(':') && (await write(edition, {}, now)) === undefined) missing.add(path);
    paths = everyPath(
      sources.filter(({ head }) => isShown(head, now)).map(({ head }) => head.slug),
      slices,
      Array.from({ length: archives === 0 ? 0 : archives + 1 }, (_, i) => String(i + 1)),
      ((await edition.months?.(now))?.months ?? []).map(({ month }) => month),
    ).filter((path) => !missing.has(path));
    if (hasTwins(site))
      for (const path of paths.filter((one) => /^\/articles\/[^/]+$/.test(one))) paths = [...paths, `${path}.md`];
    memory = await targets['the app in memory'](dir);
    // Few articles have chapters.
    for (const path of paths.filter((path) => path.endsWith('/chapters.json')))
      if ((await memory.request(path)).status === 404) missing.add(path);
    paths = paths.filter((path) => !missing.has(path));
    expect(paths.filter((path) => path.endsWith('/chapters.json'))).toHaveLength(chapters);
    node = await targets['a Node server'](dir);
    stored = await targets['a Node server of a store'](dir);
    edge = await targets['a worker in workerd'](dir);
  });
  afterAll(async () => {
    await node?.close();
    await stored?.close();
    await edge?.close();
  });

  it('has the same bytes and headers on every runtime', async () => {
    expect(paths.length).toBeGreaterThan(3);
    for (const path of paths) {
      const { isDated: _, ...answer } = await node.request(path);
      // The archive page after the last is not full yet: people are sent to the current page.
      const status = path.endsWith(`/archive/${archives + 1}`) ? 302 : 200;
      expect({ path, status: answer.status }).toEqual({ path, status });
      expect({ path, ...(await edge.request(path)) }).toMatchObject({ path, ...answer });
      expect({ path, ...(await memory.request(path)) }).toMatchObject({ path, ...answer });
      expect({ path, ...(await stored.request(path)) }).toMatchObject({ path, ...answer });
      if (!path.endsWith('.md')) continue;
      const page = path.slice(0, -'.md'.length);
      const asked = await node.request(page, { headers: { Accept: 'text/markdown' } });
      expect({ page, body: asked.body }).toEqual({ page, body: answer.body });
      for (const target of [edge, memory, stored]) {
        const { isDated: _, ...same } = asked;
        expect(await target.request(page, { headers: { Accept: 'text/markdown' } })).toMatchObject(same);
      }
    }
  });

  it('has the same last page on every runtime', async () => {
    const folders = sliceKinds.map((kind) => ({ kind, slug: 'none', label: '' }));
    for (const path of everyPath(['none'], folders, [String(archives + 2)], ['2024-13'])) {
      if (paths.includes(path)) continue;
      for (const target of [memory, node, stored, edge])
        expect(await target.request(path), path).toMatchObject({ status: 404 });
    }
  });
});

/** Every address of every route, given the articles' slugs, the slices, the archive pages and the months. */
function everyPath(
  slugs: readonly string[],
  slices: readonly Slice[],
  archives: readonly string[],
  months: readonly string[],
): string[] {
  return routes.flatMap(({ path: pattern }) => {
    const path = pattern.replace(/\{.*?\}/, '');
    const kind = sliceKinds.find((kind) => path.startsWith(`/${sliceFolders[kind]}/`));
    const mine = kind === undefined ? slugs : slices.filter((one) => one.kind === kind).map(({ slug }) => slug);
    if (path.includes(':month')) return months.map((month) => path.replace(':month', month));
    const named = path.includes(':slug') ? mine.map((slug) => path.replace(':slug', encodeURIComponent(slug))) : [path];
    return named.flatMap((one) =>
      one.includes(':archive') ? archives.map((archive) => one.replace(':archive', archive)) : [one],
    );
  });
}
