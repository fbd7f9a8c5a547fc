/**
 * Compares publications of 1,000 and of 100,000 articles: the cost of rendering the current page, an archive page in
 * the middle and a tag's page without a cache, in turns in one process. Also the memory and the processor time of the
 * installed command, at its first start and with the state of an earlier run.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { ArticleSource } from '../src/article/article.ts';
import { createApp } from '../src/http/app.ts';
import { parsePublicationFile } from '../src/publication/file/publication-file.ts';
import { publish } from '../src/publication/memory.ts';
import { buildCommand } from '../tests/built-command.ts';
import { makeArticles } from './articles.ts';
import { fillState } from './fill-state.ts';
import { compare, quick, rounds } from './measure.ts';
import { cpuTimeOf, residentMemory } from './process.ts';
import { makeSite } from './site.ts';

const now = '2026-01-01T00:00:00Z';
const [few, many] = quick ? [100, 500] : [1000, 100_000];
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

const cli = buildCommand();
console.log(
  '\nSeconds of processor time until the first feed was answered, and MB of resident memory after a collection: then,\nand after 400 archive pages were read.\n',
);
row('articles', 'seconds', 'MB', 'MB, pages');
for (const count of [few, many]) {
  const folder = makeSite(count, halfHour);
  row(`${count}, first start`, ...(await measureServer(folder, '--no-state')));
  await fillState(cli, folder, count);
  row(`${count}, with state`, ...(await measureServer(folder)));
  rmSync(folder, { recursive: true });
}

async function measureServer(folder: string, ...options: readonly string[]): Promise<string[]> {
  const collect = "process.on('SIGUSR2', () => globalThis.gc())";
  const node = ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(collect)}`];
  const child = spawn(process.execPath, [...node, cli, 'serve', '--port', '0', folder, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await urlOf(child);
  const ask = async (path: string) => (await fetch(new URL(path, url))).arrayBuffer();
  await ask('rss.xml');
  const seconds = cpuTimeOf(child.pid) / 1000;
  const first = await residentMemory(child);
  for (let page = 1; page <= 400; page++) await ask(`archive/${page}/rss.xml`);
  const after = await residentMemory(child);
  child.kill();
  await once(child, 'close');
  return [seconds.toFixed(1), first.toFixed(0), after.toFixed(0)];
}

async function urlOf(child: ChildProcess): Promise<string> {
  let output = '';
  for (;;) {
    const [part] = await once(child.stdout ?? child, 'data');
    output += part;
    const [, url] = / is at (http\S+)\n/.exec(output) ?? [];
    if (url !== undefined) return url;
  }
}

function row(name: string, ...cells: readonly string[]): void {
  console.log(name.padEnd(28) + cells.map((cell) => cell.padStart(10)).join(''));
}
