/**
 * The processor time of requests to the worker in workerd, beside a bare worker on Hono in the same run: for documents
 * that nobody has asked for, the peer reads and stores as many bytes and sends the same answer; for a poll, it sends
 * the same 304. On Cloudflare only a worker's own time counts, the difference between the two: workerd's time for
 * sockets and reads is not the worker's.
 */
import { readdirSync, statSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { objectPath, objectsFolder } from '../src/publication/stored/stored.ts';
import type { RecordedAnswer } from './bare-worker.ts';
import { load } from './load.ts';
import { median, quick } from './measure.ts';
import { startWorkerd, type WorkerProcess } from './workerd.ts';

/** Requests of one server before it is the turn of the other. */
const turn = quick ? 5 : 20;
const rounds = quick ? 1 : 15;
const gzip = { 'Accept-Encoding': 'gzip' };
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Prints the processor time of each kind of request to an archive of `size` articles. */
export async function printCosts(bundle: string, bareBundle: string, assets: string, size: number): Promise<void> {
  const ours = await startWorkerd(bundle, { assets });
  const pages = Math.min(Math.floor(size / 50), quick ? 10 : 200);
  const articles = Math.min(size, quick ? 20 : 1000);
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
  const kinds = [
    ...['rss.xml', 'atom.xml', 'feed.json'].map((file) => ({
      name: `archive/…/${file}`,
      paths: numbers(pages - 1).map((i) => `/archive/${i + 1}/${file}`),
      reads: [25_000, 25_000],
    })),
    {
      name: 'an article',
      paths: numbers(articles).map((i) => `/articles/${(i * 53) % size}`),
      reads: [2_000, 25_000],
    },
  ];
  // V8 optimizes the code meanwhile. No page of a slice is measured.
  const warmUp = quick ? 5 : 100;
  for (let i = 0; i < warmUp; i++)
    for (const path of [`/tags/tag-${i}/rss.xml`, `/authors/author-${i % 50}/atom.xml`, `/tags/tag-${i}/feed.json`])
      await ask(ours, path, gzip);
  for (let i = 0; i < warmUp; i++) await ask(ours, `/articles/${(i * 31 + 7) % size}`, gzip);
  row('milliseconds of processor time', 'Dateline', 'bare', 'above', 'ratio');
  for (const { name, paths, reads } of kinds) {
    const answer = await record(ours, name === 'an article' ? `/articles/${size - 1}` : (paths.pop() ?? '/'), gzip);
    const objects = reads.map((bytes) => objectOf(assets, bytes));
    const answers = { '/': { ...answer, reads: objects, stored: 4 * atob(answer.body ?? '').length } };
    const bare = await startWorkerd(bareBundle, { assets, values: { ANSWERS: answers } });
    for (let i = 0; i < warmUp; i++) await ask(bare, '/');
    const used = { ours: 0, bare: 0 };
    for (let at = 0; at < paths.length; at += turn) {
      const part = paths.slice(at, at + turn);
      used.ours += await timeOf(ours, part, gzip);
      used.bare += await timeOf(
        bare,
        part.map(() => '/'),
      );
    }
    await bare.stop();
    const [a, b] = [used.ours / paths.length, used.bare / paths.length];
    row(`  ${name}, first time`, a.toFixed(2), b.toFixed(2), (a - b).toFixed(2), (a / b).toFixed(2));
  }
  await printPoll(ours, bareBundle, assets);
  await ours.stop();
}

/** Prints the processor time of a 304 for a document in memory. */
async function printPoll(ours: WorkerProcess, bareBundle: string, assets: string): Promise<void> {
  const { etag = '' } = (await ask(ours, '/rss.xml', gzip)).fields;
  const conditional = { 'If-None-Match': etag };
  const answers = { '/rss.xml': { ...(await record(ours, '/rss.xml', conditional)), reads: [], stored: 0 } };
  const bare = await startWorkerd(bareBundle, { assets, values: { ANSWERS: answers } });
  const head = `GET /rss.xml HTTP/1.1\r\nHost: bench.example\r\nIf-None-Match: ${etag}\r\n\r\n`;
  const costOf = async (worker: WorkerProcess): Promise<number> => {
    const before = worker.cpuTime();
    const options = { connections: 32, depth: 8, milliseconds: quick ? 100 : 800 };
    const { responses } = await load(Number(worker.url.port), head, options);
    return (worker.cpuTime() - before) / responses;
  };
  const pairs: (readonly [number, number])[] = [];
  // Two rounds warm up.
  for (let round = -2; round < rounds; round++) {
    // The order alternates, so that drift favours neither.
    const first = await costOf(round % 2 === 0 ? ours : bare);
    const second = await costOf(round % 2 === 0 ? bare : ours);
    if (round >= 0) pairs.push(round % 2 === 0 ? [first, second] : [second, first]);
  }
  await bare.stop();
  const [a, b] = [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))];
  const ratio = median(pairs.map(([a, b]) => a / b));
  row('  a 304 from memory', a.toFixed(3), b.toFixed(3), (a - b).toFixed(3), ratio.toFixed(2));
}

async function timeOf(
  worker: WorkerProcess,
  paths: readonly string[],
  headers?: Readonly<Record<string, string>>,
): Promise<number> {
  const before = worker.cpuTime();
  for (const path of paths) await ask(worker, path, headers);
  return worker.cpuTime() - before;
}

interface Answer {
  readonly status: number;
  /** By name in lower case. */
  readonly fields: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Asks on one connection that stays open, and with no fields of its own. */
function ask(worker: WorkerProcess, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(new URL(path, worker.url), { headers, agent }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        if (status !== 200 && status !== 304) reject(new Error(`${path} answered ${status}`));
        resolve({ status, fields: response.headers as Record<string, string>, body: Buffer.concat(parts) });
      });
    })
      .on('error', reject)
      .end();
  });
}

async function record(
  worker: WorkerProcess,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Pick<RecordedAnswer, 'status' | 'fields' | 'body'>> {
  const { status, fields, body } = await ask(worker, path, headers);
  const own = Object.entries(fields).filter(
    ([name]) => !/^(?:connection|content-length|transfer-encoding)$/.test(name),
  );
  return { status, fields: Object.fromEntries(own), body: status === 304 ? null : body.toString('base64') };
}

/** Returns the path of the object whose size is next to a number of bytes. */
function objectOf(assets: string, bytes: number): string {
  const distances = readdirSync(join(assets, objectsFolder)).map((name) => {
    const distance = Math.abs(statSync(join(assets, objectsFolder, name)).size - bytes);
    return { distance, ref: name.replace(/\.gz$/, '') };
  });
  return objectPath(distances.toSorted((a, b) => a.distance - b.distance)[0]?.ref ?? '');
}

function row(name: string, ...cells: readonly string[]): void {
  console.log(`  ${name.padEnd(34)}${cells.map((cell) => cell.padStart(10)).join('')}`);
}
