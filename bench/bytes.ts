/**
 * Bytes a day for one subscriber: all heads and bodies for a feed reader that polls a feed of 50 full articles every
 * half hour while five new ones are published. Each reader supports another part of HTTP. The peer is the README
 * example of `feed` on Hono. Everything goes over sockets, with a simulated clock.
 */
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Answerer } from '../src/http/answer.ts';
import { createApp } from '../src/http/app.ts';
import { Compressor } from '../src/node/serve/compressor.ts';
import { parsePublicationFile } from '../src/publication/file/publication-file.ts';
import { publish } from '../src/publication/memory.ts';
import { asFeedItems, makeArticles } from './articles.ts';
import { type PeerItem, peerApp } from './peer.ts';

const pollsADay = 48;
const newADay = 5;
const { site } = parsePublicationFile(undefined, { title: 'Bench', url: 'https://bench.example/' });
const articles = makeArticles(50 + newADay);

/** Returns how many articles are published at a poll. New ones are spread evenly over the day. */
const publishedAt = (poll: number): number => 50 + Math.floor((poll * newADay) / pollsADay);
const startOfDay = Date.UTC(2026, 0, 1);
let now = startOfDay;
const instant = (): string => new Date(now).toISOString().replace('.000', '');
const editionAt = (poll: number) => publish(site, articles.slice(0, publishedAt(poll)), instant());
let edition = editionAt(0);
const encoder = new Compressor();
const ours = await listen(
  createApp({ edition: async () => edition }, { now: () => now, answerer: new Answerer({ encoder }) }).fetch,
);
let items: readonly PeerItem[] = [];
const peer = await listen((request) => peerApp(items).fetch(request));

interface Reader {
  readonly name: string;
  readonly port: number;
  readonly fields: string;
  /** Whether it sends the last ETag with the next request. */
  readonly keepsTag: boolean;
}

const gzip = 'Accept-Encoding: gzip\r\n';
const brotli = 'Accept-Encoding: br\r\n';
const delta = 'A-IM: feed\r\nUser-Agent: Liferea/1.14.4\r\n';
const readers: readonly Reader[] = [
  { name: 'feed on Hono, any reader', port: peer, fields: gzip, keepsTag: true },
  { name: 'no validators', port: ours, fields: '', keepsTag: false },
  { name: 'gzip', port: ours, fields: gzip, keepsTag: false },
  { name: 'Brotli', port: ours, fields: brotli, keepsTag: false },
  { name: 'ETag', port: ours, fields: '', keepsTag: true },
  { name: 'ETag, gzip', port: ours, fields: gzip, keepsTag: true },
  { name: 'ETag, Brotli', port: ours, fields: brotli, keepsTag: true },
  { name: 'ETag, delta', port: ours, fields: delta, keepsTag: true },
  { name: 'ETag, delta, gzip', port: ours, fields: delta + gzip, keepsTag: true },
  { name: 'ETag, delta, Brotli', port: ours, fields: delta + brotli, keepsTag: true },
];
const costs = readers.map(() => ({ bytes: 0, tag: '', statuses: new Map<number, number>() }));

// The first poll is that of a new subscriber and is not counted.
for (let poll = 0; poll <= pollsADay; poll++) {
  now = startOfDay + poll * 1_800_000;
  if (publishedAt(poll) !== publishedAt(poll - 1)) edition = editionAt(poll);
  const page = await edition.page({}, instant());
  items = asFeedItems(page?.articles ?? []);
  for (const [i, { port, fields, keepsTag }] of readers.entries()) {
    const cost = costs[i];
    if (cost === undefined) continue;
    const condition = keepsTag && cost.tag !== '' ? `If-None-Match: ${cost.tag}\r\n` : '';
    const { head, length } = await ask(port, fields + condition);
    cost.tag = /^etag: *(.*)\r$/im.exec(head)?.[1] ?? '';
    if (poll === 0) continue;
    cost.bytes += length;
    const status = Number(head.slice(9, 12));
    cost.statuses.set(status, (cost.statuses.get(status) ?? 0) + 1);
  }
  // Waits for the better compression that replaces the first one.
  await encoder.settled();
}
console.log(
  `Bytes a day for one subscriber of /rss.xml: ${pollsADay} polls, ${newADay} new articles on a page of 50.\n`,
);
const naive = costs[0]?.bytes ?? Number.NaN;
row('', 'bytes', 'naive ÷ it', 'answers');
for (const [i, { name }] of readers.entries()) {
  const { bytes = 0, statuses = new Map<number, number>() } = costs[i] ?? {};
  const answers = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
  row(name, String(bytes), (naive / bytes).toFixed(1), answers);
}
console.log(
  '\nThe articles repeat words, so compression saves more here than on prose. ETags and deltas save the same.',
);
process.exit();

/** Sends a request on its own connection and counts the bytes of the response. */
async function ask(port: number, fields: string): Promise<{ readonly head: string; readonly length: number }> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET /rss.xml HTTP/1.1\r\nHost: bench.example\r\nConnection: close\r\n${fields}\r\n`);
  const parts: Buffer[] = [];
  for await (const part of socket as AsyncIterable<Buffer>) parts.push(part);
  const bytes = Buffer.concat(parts);
  return { head: bytes.subarray(0, bytes.indexOf('\r\n\r\n') + 2).toString('latin1'), length: bytes.length };
}

function listen(fetch: (request: Request) => Response | Promise<Response>): Promise<number> {
  const server = createAdaptorServer({ fetch }) as Server;
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function row(name: string, ...cells: readonly string[]): void {
  console.log(name.padEnd(26) + cells.map((cell) => cell.padStart(18)).join(''));
}
