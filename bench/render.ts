import { renderFeed } from '../src/feed/document.ts';
import { formats } from '../src/feed/formats.ts';
import { createApp } from '../src/http/app.ts';
import { parsePublicationFile } from '../src/publication/file/publication-file.ts';
import { publish } from '../src/publication/memory.ts';
import { asFeedItems, makeArticles } from './articles.ts';
import { type Comparison, compare, rounds } from './measure.ts';
import { buildPeerFeed, peerApp } from './peer.ts';

const now = '2026-01-01T00:00:00Z';
const { site } = parsePublicationFile(undefined, { title: 'Bench', url: 'https://bench.example/' });
const edition = publish(site, makeArticles(200), now);
const page = await edition.page({}, now);
if (page === undefined) throw new Error('no page to render');
const items = asFeedItems(page.articles);

const app = createApp({ edition: async () => edition }, { now: () => Date.parse(now) });
const peer = peerApp(items);
const peerWriters = { rss: 'rss2', atom: 'atom1', json: 'json1' } as const;

console.log(
  `A page of ${page.articles.length} articles; Node ${process.version}. Calls a second, medians of ${rounds} rounds.\n`,
);
row('', 'Dateline', 'feed on Hono', 'ratio', 'kB');
for (const format of formats) {
  const bytes = (await renderFeed(page, format)).bytes.byteLength;
  const write = peerWriters[format.name];
  const rendered = await compare(
    () => renderFeed(page, format),
    () => buildPeerFeed(items)[write](),
  );
  print(`render ${format.label}`, rendered, bytes);
}
for (const { label, file } of formats) {
  const path = `https://bench.example/${file}`;
  const first = await app.request(path);
  const body = (await first.arrayBuffer()).byteLength;
  const conditional = { headers: { 'If-None-Match': first.headers.get('ETag') ?? '' } };
  const whole = await compare(
    async () => (await app.request(path)).arrayBuffer(),
    async () => (await peer.request(path)).arrayBuffer(),
  );
  print(`answer ${label}, 200`, whole, body);
  // The peer never answers 304: a reader that has the feed gets all of it again.
  const unchanged = await compare(
    async () => (await app.request(path, conditional)).arrayBuffer(),
    async () => (await peer.request(path, conditional)).arrayBuffer(),
  );
  print(`answer ${label}, 304`, unchanged, 0);
}

function print(name: string, { ours, peers, ratio }: Comparison, bytes: number): void {
  row(name, ours.toFixed(0), peers.toFixed(0), ratio.toFixed(ratio < 10 ? 2 : 0), (bytes / 1000).toFixed(0));
}

function row(name: string, ...cells: readonly string[]): void {
  console.log(name.padEnd(24) + cells.map((cell) => cell.padStart(14)).join(''));
}
