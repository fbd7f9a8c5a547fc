/**
 * What polls cost a server: requests a second of the real server, beside a bare `node:http` server with the same
 * responses and the README example of `feed` on Hono. With `taskset`, servers run on one core and the sender on
 * another.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request as ask, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { parsePublicationFile } from '../src/publication/file/publication-file.ts';
import { publish } from '../src/publication/memory.ts';
import { asFeedItems, makeArticles } from './articles.ts';
import { load } from './load.ts';
import { median, quick } from './measure.ts';
import { canPin, pinSender, type ServerProcess, startServer } from './process.ts';
import type { Recorded } from './server.ts';
import { makeSite } from './site.ts';

const rounds = quick ? 1 : 5;
const milliseconds = quick ? 30 : 600;
/** Milliseconds before measuring: V8 needs seconds to optimize a server. */
const warmUp = quick ? 0 : 2000;
const folder = makeSite(50);
const servers: ServerProcess[] = [];
pinSender();
try {
  await run();
} finally {
  await Promise.all(servers.map((server) => server.stop()));
}

async function run(): Promise<void> {
  const ours = await start('ours', folder);
  const { site } = parsePublicationFile(undefined, { title: 'Bench', url: 'https://bench.example/' });
  const page = await publish(site, makeArticles(50), '2026-01-01T00:00:00Z').page({}, '2026-01-01T00:00:00Z');
  const items = join(folder, 'items.json');
  writeFileSync(items, JSON.stringify(asFeedItems(page?.articles ?? [])));
  const peer = await start('peer', items);

  const url = `http://127.0.0.1:${ours.port}/rss.xml`;
  const etag = (await fetch(url)).headers.get('ETag') ?? '';
  console.log(
    `\nRequests a second for a feed of 50 articles, medians of ${rounds} rounds of ${milliseconds} ms; Node ${process.version}, ${canPin ? 'servers on core 0, sender on core 1' : 'not pinned'}.
The last columns are the shares of a core that the two servers and the sender used.\n`,
  );
  row('', 'Dateline', 'other', 'ratio', 'by CPU', 'busy', 'busy', 'sender');
  // The numbers of one run: the same server, which counts its readers.
  const counting = await start('ours', makeSite(50, undefined, 'audience: true\n'));
  const agent = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Thunderbird/115.6.1' };
  const poll = request({ ...agent, 'If-None-Match': etag });
  // A few hundredths apart, so three times as many rounds.
  await compare('304, counting or not', counting, ours, poll, 16, rounds * 3);
  const cases = [
    { name: '304', head: request({ 'If-None-Match': etag }), depth: 16 },
    { name: '200 gzip', head: request({ 'Accept-Encoding': 'gzip' }), depth: 16 },
    { name: '200 Brotli', head: request({ 'Accept-Encoding': 'br' }), depth: 16 },
    // With a greater depth, the sender would be the bottleneck.
    { name: '200 uncompressed', head: request({}), depth: 2 },
  ];
  for (const { name, head, depth } of cases) {
    // Waits for the better compression that is made in the background.
    await settle(ours.port, head);
    const recorded = join(folder, `${name}.json`);
    writeFileSync(recorded, JSON.stringify(await record(ours.port, head)));
    const bare = await start('bare', recorded);
    await compare(`${name}, bare node:http`, ours, bare, head, depth);
    // The peer is slower with a greater depth, because its strings fill the memory.
    await compare(`${name}, feed on Hono`, ours, peer, head, 2);
  }
}

async function start(kind: 'ours' | 'bare' | 'peer', input: string): Promise<ServerProcess> {
  const server = await startServer(kind, input);
  servers.push(server);
  return server;
}

function request(headers: Readonly<Record<string, string>>): string {
  const fields = Object.entries({ Host: 'bench.example', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET /rss.xml HTTP/1.1\r\n${fields.join('')}\r\n`;
}

function fieldsOf(head: string): Record<string, string> {
  return Object.fromEntries(
    [...head.matchAll(/^([\w-]+): (.*)\r$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** Records one of our responses for the bare server. */
async function record(port: number, head: string): Promise<Recorded> {
  const asking = ask({ port, host: '127.0.0.1', path: '/rss.xml', headers: fieldsOf(head) }).end();
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const headers: Record<string, string> = {};
  for (let i = 0; i < response.rawHeaders.length; i += 2) {
    const name = response.rawHeaders[i] ?? '';
    if (!/^(?:date|connection|keep-alive)$/i.test(name)) headers[name] = response.rawHeaders[i + 1] ?? '';
  }
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(parts).toString('base64') };
}

async function settle(port: number, head: string): Promise<void> {
  await record(port, head);
  await new Promise((resolve) => setTimeout(resolve, quick ? 0 : 3000));
}

interface Measured {
  readonly perSecond: number;
  /** Requests per second of the server's processor time, which other work on the machine affects less. */
  readonly perCpuSecond: number;
  readonly busy: number;
  readonly senderLoad: number;
}

async function measure(server: ServerProcess, head: string, depth: number, milliseconds: number): Promise<Measured> {
  const before = server.cpuTime();
  const { requestsPerSecond, responses, elapsed, senderLoad } = await load(server.port, head, {
    connections: 32,
    depth,
    milliseconds,
  });
  const used = server.cpuTime() - before;
  return {
    perSecond: requestsPerSecond,
    perCpuSecond: (responses * 1000) / used,
    busy: used / elapsed,
    senderLoad,
  };
}

async function compare(
  name: string,
  ours: ServerProcess,
  other: ServerProcess,
  head: string,
  depth: number,
  turns = rounds,
): Promise<void> {
  const pairs: { readonly a: Measured; readonly b: Measured }[] = [];
  if (warmUp > 0) for (const server of [ours, other]) await measure(server, head, depth, warmUp);
  for (let round = 0; round < turns; round++) {
    // The order alternates, so that drift favours neither.
    const isOursFirst = round % 2 === 0;
    const first = await measure(isOursFirst ? ours : other, head, depth, milliseconds);
    const second = await measure(isOursFirst ? other : ours, head, depth, milliseconds);
    pairs.push(isOursFirst ? { a: first, b: second } : { a: second, b: first });
  }
  const middle = (figure: (pair: (typeof pairs)[number]) => number): number => median(pairs.map(figure));
  row(
    name,
    middle(({ a }) => a.perSecond).toFixed(0),
    middle(({ b }) => b.perSecond).toFixed(0),
    times(middle(({ a, b }) => a.perSecond / b.perSecond)),
    times(middle(({ a, b }) => a.perCpuSecond / b.perCpuSecond)),
    percent(middle(({ a }) => a.busy)),
    percent(middle(({ b }) => b.busy)),
    percent(middle(({ a, b }) => Math.max(a.senderLoad, b.senderLoad))),
  );
}

function times(ratio: number): string {
  return ratio.toFixed(ratio < 10 ? 2 : 0);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function row(name: string, ...cells: readonly string[]): void {
  console.log(name.padEnd(28) + cells.map((cell) => cell.padStart(10)).join(''));
}
