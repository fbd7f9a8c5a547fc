/** What an archive costs at the edge as it grows: built, stored and served by workerd from static assets. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArticleSource } from '../src/article/article.ts';
import { parseSeed } from '../src/article/parse.ts';
import { createApp } from '../src/http/app.ts';
import { build, edgeFolder } from '../src/node/build/build.ts';
import { folderStore } from '../src/node/store/folder-store.ts';
import { publish } from '../src/publication/memory.ts';
import { objectsFolder } from '../src/publication/stored/stored.ts';
import { printCosts } from './edge-cost.ts';
import { median, quick } from './measure.ts';
import { proseOf } from './scale/prose.ts';
import { mostReads } from './scale/reads.ts';
import { makeFolder, parseOptions, site } from './site.ts';
import { bundleWorker, startWorkerd } from './workerd.ts';

const sizes = quick ? [200] : [1000, 10_000, 100_000];
const now = '2026-01-01T00:00:00Z';
const folder = makeFolder();
const bundle = bundleWorker();
const bareBundle = bundleWorker(fileURLToPath(new URL('bare-worker.ts', import.meta.url)));
console.log(
  `Articles of 3 kB of prose, each with three of 300 tags, one of 50 authors and one of 5 sections; 50 a page. Node ${process.version}.\n`,
);
for (const size of sizes) await measure(size);

async function measure(size: number): Promise<void> {
  const out = join(folder, `site-${size}`);
  const texts = Array.from({ length: size + 1 }, (_, index) => makeText(index));
  const sources = texts.map(makeSource);
  const added = sources.pop();
  const sourceBytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const begun = performance.now();
  await build(site, sources, out, now, now, undefined, true);
  const seconds = (performance.now() - begun) / 1000;
  const objects = objectsIn(out);
  const largest = Math.max(...objects.values());
  const total = [...objects.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.log(`${size} articles: built in ${seconds.toFixed(1)} s`);
  console.log(
    `  ${objects.size} objects, ${megabytes(total)} in total, ${(total / sourceBytes).toFixed(1)} times the source, the largest ${megabytes(largest)} (Workers allow 20,000 files of 26.2 MB, 100,000 on a paid plan)`,
  );
  if (objects.size > 100_000) throw new Error('too many objects for static assets');
  await serveAll(size, edgeFolder(out), sources);
  await printCosts(bundle, bareBundle, edgeFolder(out), size);
  if (size <= 10_000) {
    await build(site, [...sources, ...(added === undefined ? [] : [added])], out, now, now, undefined, true);
    const written = [...objectsIn(out)].filter(([name]) => !objects.has(name));
    const bytes = written.reduce((sum, [, bytes]) => sum + bytes, 0);
    console.log(`  one more article: ${written.length} new objects, ${megabytes(bytes)}`);
  }
  rmSync(edgeFolder(out), { recursive: true });
  console.log('');
}

/** Requests each kind of address with an empty and a filled cache, and compares the bytes with those from Node. */
async function serveAll(size: number, assets: string, sources: readonly ArticleSource[]): Promise<void> {
  const edition = publish(site, sources, now);
  const node = createApp({ edition: () => edition }, { now: () => Date.parse(now) });
  const worker = await startWorkerd(bundle, { assets });
  const middle = Math.max(1, Math.floor(size / 100));
  const kinds = {
    current: '/rss.xml',
    archive: `/archive/${middle}/atom.xml`,
    tag: '/tags/tag-7/feed.json',
    author: '/authors/author-7/rss.xml',
    article: `/articles/${size >> 1}`,
    'list of feeds': '/feeds.opml',
  };
  try {
    await timed(worker.url, '/healthz');
    const started = await worker.heap();
    console.log(
      `  ${'milliseconds a request'.padEnd(24)}${'first'.padStart(8)}${'again'.padStart(8)}   objects read, cold`,
    );
    for (const [kind, path] of Object.entries(kinds)) {
      const first = await timed(worker.url, path);
      const again = await Promise.all([first]).then(async () => {
        const times: number[] = [];
        for (let i = 0; i < (quick ? 3 : 50); i++) times.push((await timed(worker.url, path)).time);
        return median(times);
      });
      const expected = new Uint8Array(await (await node.request(path)).arrayBuffer());
      if (Buffer.compare(expected, first.body) !== 0) throw new Error(`${path} differs from the bytes on Node`);
      const { reads } = await mostReads(folderStore(assets), [path], now);
      console.log(
        `  ${kind.padEnd(24)}${first.time.toFixed(1).padStart(8)}${again.toFixed(1).padStart(8)}${String(reads).padStart(8)}`,
      );
    }
    // Up to 500 pages, each once: memory must not grow with them.
    const pages = Math.min(Math.floor(size / 50), quick ? 5 : 500);
    for (let page = 1; page <= pages; page++) await timed(worker.url, `/archive/${page}/rss.xml`);
    const { uncollected, held } = await worker.heap();
    console.log(
      `  the worker's heap, including documents: ${megabytes(started.held)} at the start, ${megabytes(held)} after ${pages} archive pages and a collection, ${megabytes(uncollected)} before the collection (Workers allow 134 MB)`,
    );
  } finally {
    await worker.stop();
  }
}

async function timed(url: URL, path: string): Promise<{ readonly time: number; readonly body: Uint8Array }> {
  const begun = performance.now();
  const response = await fetch(new URL(path, url));
  const body = new Uint8Array(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  return { time: performance.now() - begun, body };
}

function objectsIn(out: string): ReadonlyMap<string, number> {
  const objects = join(edgeFolder(out), objectsFolder);
  return new Map(readdirSync(objects).map((name) => [name, statSync(join(objects, name)).size]));
}

function makeText(index: number): string {
  const tags = [index % 300, (index * 7 + 1) % 300, (index * 31 + 2) % 300].map((tag) => `Tag ${tag}`);
  // Two hours apart, so that all 100,000 are in the past.
  const date = new Date(Date.UTC(2000, 0, 1) + index * 7_200_000).toISOString();
  const body = `# Headline ${index} & more\n\n${date}\n\n${proseOf(index).join('\n\n')}\n`;
  return `---\ntags: [${tags.join(', ')}]\nauthor: Author ${index % 50}\n---\n${body}`;
}

function makeSource(text: string, index: number): ArticleSource {
  const path = `section-${index % 5}/${index}.md`;
  const { source, problems } = parseSeed({ path, text }, parseOptions);
  if (source === undefined) throw new Error(`article ${index} does not parse: ${problems[0]?.message}`);
  return source;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
