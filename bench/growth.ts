/**
 * Compares publications of 1,000 and of 100,000 articles: the cost of rendering the current page, an archive page in
 * the middle and a tag's page without a cache, in turns in one process; and the memory of a real server.
 */
import { rmSync } from 'node:fs';
import type { ArticleSource } from '../src/article/article.ts';
import { createApp } from '../src/http/app.ts';
import { parsePublicationFile } from '../src/publication/file/publication-file.ts';
import { publish } from '../src/publication/memory.ts';
import { makeArticles } from './articles.ts';
import { compare, quick, rounds } from './measure.ts';
import { startServer } from './process.ts';
import { makeSite } from './site.ts';

const now = '2026-01-01T00:00:00Z';
const [few, many] = quick ? [200, 2000] : [1000, 100_000];
const { site } = parsePublicationFile(undefined, { title: 'Bench', url: 'https://bench.example/' });

function publication(count: number) {
  const sources = makeArticles(count, halfHour).map(({ head, article }, i): ArticleSource => {
    const tagged = { ...head, tags: [`tag ${i % 10}`] };
    return { head: tagged, article: () => ({ ...article(), ...tagged }) };
  });
  const edition = publish(site, sources, now);
  const middle = Math.floor(count / site.items / 2);
  // A new app has an empty cache.
  const ask = async (path: string): Promise<void> => {
    const app = createApp({ edition: () => edition }, { now: () => Date.parse(now) });
    const response = await app.request(path);
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    await response.arrayBuffer();
  };
  return { middle, ask };
}

/** Minutes between two articles, so that 100,000 of them are in the past. */
const halfHour = 30;
const [small, large] = [publication(few), publication(many)];
console.log(
  `Answers a second without a cache; Node ${process.version}, medians of ${rounds} rounds. The ratio is that of the times.\n`,
);
row('', `${many}`, `${few}`, 'ratio');
for (const [name, path] of [
  ['current page', () => '/rss.xml'],
  ['archive page in the middle', (middle: number) => `/archive/${middle}/rss.xml`],
  ["a tag's page", () => '/tags/tag-7/rss.xml'],
] as const) {
  const { ours, peers, ratio } = await compare(
    () => large.ask(path(large.middle)),
    () => small.ask(path(small.middle)),
  );
  row(name, ours.toFixed(0), peers.toFixed(0), (1 / ratio).toFixed(2));
}

console.log('\nMemory of a server in MB after a collection, and seconds from the start to the first answer.\n');
row('articles', 'resident', 'heap', 'seconds');
for (const count of [few, many]) {
  const folder = makeSite(count, halfHour);
  const start = performance.now();
  const server = await startServer('ours', folder);
  await (await fetch(`http://127.0.0.1:${server.port}/rss.xml`)).arrayBuffer();
  const seconds = (performance.now() - start) / 1000;
  const { rss, heapUsed } = await server.memory();
  row(String(count), megabytes(rss), megabytes(heapUsed), seconds.toFixed(1));
  await server.stop();
  rmSync(folder, { recursive: true });
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function row(name: string, ...cells: readonly string[]): void {
  console.log(name.padEnd(28) + cells.map((cell) => cell.padStart(10)).join(''));
}
