/**
 * What archives need as they grow: stored, published and read at 1,000, 10,000 and 100,000 articles. The formula of the
 * stored form is compared with the largest one, and gives the figures for 1 and 10 million (docs/scale.md).
 */

import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ObjectWriter, type WriteObject } from '../src/node/build/objects/object-writer.ts';
import { type WriteBlocks, writeObjects } from '../src/node/build/objects/write-objects.ts';
import { publishEdition } from '../src/node/publish/publish-edition.ts';
import { folderStore } from '../src/node/store/folder-store.ts';
import { emptyLedger } from '../src/publication/ledger.ts';
import { editionPath, objectPath, objectsFolder } from '../src/publication/stored/stored.ts';
import type { Bytes, WriteStore } from '../src/store/store.ts';
import { quick } from './measure.ts';
import { makeSource, newsroom, now, type Shape, sourceBytes } from './scale/archive.ts';
import { costOf, prices } from './scale/prices.ts';
import { mostReads } from './scale/reads.ts';
import { predict } from './scale/tree.ts';
import { makeFolder, site } from './site.ts';

/** What is measured of an archive. */
interface Measured {
  readonly source: number;
  readonly objects: number;
  readonly bytes: number;
  readonly fresh: number;
  readonly freshBytes: number;
  readonly requests: number;
  readonly manifest: number;
  /** Seconds of processor time that writing the objects takes. */
  readonly seconds: number;
  readonly reads: Readonly<Record<string, number>>;
}

const sizes = quick ? [300, 1000] : [1000, 10_000, 100_000];
const folder = makeFolder();

console.log(`Articles of 2.8 kB of prose; 50 a page. Node ${process.version}.\n`);
const measured = new Map<number, Measured>();
for (const size of sizes) {
  const one = await measure(newsroom(size));
  measured.set(size, one);
  print(size, one);
}
const [largest, figures] = [...measured].at(-1) ?? [];
if (largest !== undefined && figures !== undefined) extrapolate(largest, figures);

async function measure(shape: Shape): Promise<Measured> {
  const out = join(folder, String(shape.articles));
  mkdirSync(join(out, objectsFolder), { recursive: true });
  const sources = Array.from({ length: shape.articles + 1 }, (_, i) => makeSource(i, shape));
  const source = sources.slice(0, -1).reduce((sum, one, i) => sum + sourceBytes(one, i), 0);
  const write = async (count: number): Promise<void> => {
    const writeObject: WriteObject = (ref, text) => writeFile(join(out, objectPath(ref)), gzipSync(text));
    const blocks = new ObjectWriter(writeObject);
    const writeBlocks: WriteBlocks = async (all) => {
      const refs: string[] = [];
      for (const block of all) refs.push(await blocks.put(block.map((source) => source.article())));
      await blocks.finish();
      return refs;
    };
    const edition = await writeObjects(site, sources.slice(0, count), now, emptyLedger, writeBlocks, writeObject);
    await writeFile(join(out, editionPath), JSON.stringify({ ...edition, changed: now }));
  };
  const before = process.cpuUsage();
  await write(shape.articles);
  const { user, system } = process.cpuUsage(before);
  const sizesOf = (): Map<string, number> =>
    new Map(readdirSync(join(out, objectsFolder)).map((name) => [name, statSync(join(out, objectsFolder, name)).size]));
  const objects = sizesOf();
  const reads = await readsOf(out, shape);
  const store = countingStore();
  await publishEdition(out, store, { started: Date.parse(now) });
  await write(shape.articles + 1);
  const fresh = [...sizesOf()].filter(([name]) => !objects.has(name));
  store.requests.length = 0;
  await publishEdition(out, store, { started: Date.parse(now) + 60_000 });
  rmSync(out, { recursive: true });
  return {
    source,
    objects: objects.size,
    bytes: sum([...objects.values()]),
    fresh: fresh.length,
    freshBytes: sum(fresh.map(([, size]) => size)),
    requests: store.requests.length,
    manifest: store.manifest(),
    seconds: (user + system) / 1e6,
    reads,
  };
}

/** Reads pages of every kind from the folder, each as the first request of a process. */
async function readsOf(out: string, { articles, items }: Shape): Promise<Record<string, number>> {
  const store = folderStore(out);
  const full = Math.floor(articles / items) - 1;
  const pages = [1, 2, Math.ceil(full / 3), Math.ceil(full / 2), full - 1, full].filter((page) => page >= 1);
  const labels = ['/tags/tag-7', '/authors/author-3', '/sections/section-2', '/sections/section-4'];
  const slugs = Array.from({ length: 20 }, (_, i) => String(Math.floor((articles * i) / 20)).padStart(8, '0'));
  const kinds: Readonly<Record<string, readonly string[]>> = {
    'current feed': ['/rss.xml'],
    'archive feed': pages.map((page) => `/archive/${page}/atom.xml`),
    'archive page': pages.map((page) => `/archive/${page}`),
    'feed of a slice': labels.map((label) => `${label}/feed.json`),
    'archive page of a slice': labels.slice(2).flatMap((label) => [1, 2].map((page) => `${label}/archive/${page}`)),
    article: slugs.map((slug) => `/articles/${slug}`),
    'list of feeds': ['/feeds.opml', '/subscribe'],
    sitemap: ['/sitemap.xml', ...pages.map((page) => `/archive/${page}/sitemap.xml`)],
  };
  const most: Record<string, number> = {};
  for (const [kind, paths] of Object.entries(kinds)) most[kind] = (await mostReads(store, paths, now)).reads;
  return most;
}

/** A store that counts requests as S3 does, one for each key, and keeps only what is mutable and the lists. */
function countingStore(): WriteStore & { readonly requests: string[]; manifest(): number } {
  const kept = new Map<string, Bytes>();
  const requests: string[] = [];
  return {
    name: 'a store',
    takesFiles: false,
    requests,
    manifest: () =>
      Math.max(...[...kept].filter(([key]) => key.includes('/manifests/')).map(([, { byteLength }]) => byteLength)),
    get: async (key) => {
      requests.push(`get ${key}`);
      return kept.get(key);
    },
    put: async (keys, read) => {
      for (const key of keys) {
        requests.push(`put ${key}`);
        if (!key.startsWith(objectsFolder)) kept.set(key, await read(key));
      }
    },
    replace: async (key, content) => {
      requests.push(`put ${key}`);
      kept.set(key, content);
      return true;
    },
    listsFast: false,
    list: async (prefix) => {
      requests.push(`list ${prefix}`);
      return new Map();
    },
    remove: async (keys) => void requests.push(...keys.map((key) => `delete ${key}`)),
    close: async () => {},
  };
}

function print(size: number, one: Measured): void {
  console.log(`${size} articles, ${mega(one.source)} of source`);
  console.log(`  ${one.objects} objects, ${mega(one.bytes)}, ${(one.bytes / one.source).toFixed(2)} times the source`);
  console.log(
    `  one more article: ${one.fresh} objects, ${kilo(one.freshBytes)}, ${one.requests} requests; the manifest has ${kilo(one.manifest)}`,
  );
  console.log(`  ${one.seconds.toFixed(1)} s of processor time to write the objects`);
  console.log(
    `  reads of a cold page, at most: ${Object.entries(one.reads)
      .map(([kind, reads]) => `${kind} ${reads}`)
      .join(', ')}\n`,
  );
}

/** Compares the formula with what was measured, and prints what it gives for larger archives. */
function extrapolate(size: number, one: Measured): void {
  const formula = predict(newsroom(size));
  console.log(`The formula at ${size} articles, beside what was measured`);
  for (const [name, predicted, found] of [
    ['objects', formula.objects, one.objects],
    ['objects of one more article', formula.fresh, one.fresh],
    ['reads of an article', formula.articleReads, one.reads.article ?? 0],
  ] as const)
    console.log(
      `  ${name}: ${predicted.toFixed(0)} and ${found}, ${(((predicted - found) / found) * 100).toFixed(1)} %`,
    );
  const perArticle = one.bytes / size;
  console.log('\nLarger archives, by the formula\n');
  for (const articles of [size, size * 10, size * 100]) {
    const { objects, fresh, pageReads, articleReads } = predict(newsroom(articles));
    const bytes = perArticle * articles;
    // A hundred new articles a day, and a million cold pages a month.
    const use = { bytes, objects, writes: 3000 * (fresh + 3), reads: 1e6 * pageReads };
    console.log(
      `${articles} articles: ${(objects / 1e6).toFixed(2)} million objects, ${(bytes / 1e9).toFixed(1)} GB, ${fresh.toFixed(0)} objects for one more, ${pageReads} reads for a page of a section, ${articleReads} for an article, manifest ${mega(16 * objects)}`,
    );
    console.log(`  processor time of a full build: ${(((one.seconds / size) * articles) / 60).toFixed(0)} minutes`);
    for (const name of ['r2', 's3', 'kv'] as const) {
      const { once, month } = costOf(prices[name], use);
      console.log(`  ${name}: $${once.toFixed(2)} to fill, $${month.toFixed(2)} a month`);
    }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function mega(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function kilo(bytes: number): string {
  return `${(bytes / 1e3).toFixed(1)} kB`;
}
