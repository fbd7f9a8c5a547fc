import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { serve } from '../../src/node/serve/serve.ts';
import { startWorker } from '../edge/workerd.ts';
import { isThorough } from '../effort.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { descendants, parseXml, seedText } from '../validators/tree.ts';
import { storeArticles } from './stored.ts';

/** Articles, and articles per page: enough that a section has archive pages. */
const [count, items] = isThorough ? [1000, 10] : [300, 10];
const title = (i: number): string => `Number ${i}`;
const now = '2026-03-10T12:00:00Z';

/** A minute apart, so that many share a day. */
function seeds(): Record<string, string> {
  const files: Record<string, string> = {
    'publication.yaml': `url: https://daily.example/\nitems: ${items}\n`,
  };
  for (let i = 0; i < count; i++) {
    const published = new Date(Date.UTC(2024, 0, 1) + i * 60_000).toISOString();
    files[`desk ${i % 7}/n-${i}.md`] = `# ${title(i)}\n\n${published}\n\nIt is ${i}.\n`;
  }
  return files;
}

interface Step {
  readonly titles: readonly string[];
  readonly older: string | undefined;
}

/** Reads a document as each format's readers do: the titles in it, and where the older ones are. */
const formats: Readonly<Record<string, (text: string) => Step>> = {
  'rss.xml': (text) => xmlStep(text, 'item'),
  'atom.xml': (text) => xmlStep(text, 'entry'),
  'feed.json': (text) => {
    const { items, next_url } = JSON.parse(text) as { items: { title: string }[]; next_url?: string };
    return { titles: items.map(({ title }) => title), older: next_url };
  },
};

function xmlStep(text: string, item: string): Step {
  const all = [...descendants(parseXml(text))];
  const uri = item === 'item' ? '' : 'http://www.w3.org/2005/Atom';
  return {
    titles: all.flatMap((node) => (node.local === item ? [seedText(node, 'title', uri) ?? ''] : [])),
    older: all.find(({ local, attributes }) => local === 'link' && attributes.rel === 'prev-archive')?.attributes.href,
  };
}

let node: Awaited<ReturnType<typeof serve>>;
let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  const dir = makeFolder(seeds());
  const quiet = { onRead: () => {}, onError: (error: Error) => console.error(error) };
  node = await serve(dir, { port: 0, host: '127.0.0.1', watch: false, ...quiet });
  const { site, sources } = new SeedFolder(dir, { url: 'http://localhost/' }).read();
  const edge = makeFolder();
  for (const [path, text] of await storeArticles(site, sources, now)) {
    mkdirSync(dirname(join(edge, path)), { recursive: true });
    writeFileSync(join(edge, path), text);
  }
  worker = await startWorker(edge);
}, 120_000);
afterAll(async () => {
  await node?.close();
  await worker?.close();
});

describe(`a walk through ${count} articles`, () => {
  it.each(
    Object.keys(formats).flatMap((file) => ['', 'languages/en/', 'sections/desk-3/'].map((run) => ({ file, run }))),
  )(
    'of /$run $file meets each of its articles, none twice in the archive, on Node and in workerd alike',
    async ({ file, run }) => {
      const expected = Array.from({ length: count }, (_, i) => i).filter((i) => !run.startsWith('s') || i % 7 === 3);
      const read = formats[file];
      if (read === undefined) throw new Error(file);
      const archived: string[] = [];
      let current: readonly string[] = [];
      let path: string | undefined = `/${run}${file}`;
      for (let steps = 0; path !== undefined; steps++) {
        expect(steps).toBeLessThan(300);
        const [text, other] = await Promise.all(
          [node.url, worker.url].map(async (base) => (await fetch(new URL(path ?? '', base))).text()),
        );
        expect(other).toBe(text);
        const { titles, older }: Step = read(text ?? '');
        if (steps === 0) current = titles;
        else archived.push(...titles);
        path = older === undefined ? undefined : new URL(older).pathname;
      }
      expect(new Set(archived).size).toBe(archived.length);
      expect([...new Set([...current, ...archived])].sort()).toEqual(expected.map(title).sort());
      // Newest first, all the way.
      expect(archived).toEqual(archived.toSorted((a, b) => Number(b.slice(7)) - Number(a.slice(7))));
    },
    120_000,
  );
});
