/**
 * Whether the server's memory stays constant: 200,000 polls of every kind against the real server in its own process,
 * with its memory after a collection at every tenth of the polls.
 */
import { Agent, request } from 'node:http';
import { quick } from './measure.ts';
import { startServer } from './process.ts';
import { makeSite } from './site.ts';

const polls = quick ? 2_000 : 200_000;
const step = polls / 10;
const readers = 16;

// Under load V8 sometimes doubles its young generation, by 30 or 60 MB. A fixed size keeps that from hiding what the
// server itself takes.
const server = await startServer('ours', makeSite(60), ['--max-semi-space-size=16']);
const agent = new Agent({ keepAlive: true, maxSockets: readers });
const etag = String((await poll('/rss.xml', {})).etag);
// The tag of a reader that misses one article: its last fingerprint matches none.
const older = etag.replace(/^W\/"[\w-]{16}/, 'W/"0000000000000000').replace(/....(?="$)/, 'none');
const liferea = { 'A-IM': 'feed', 'User-Agent': 'Liferea/1.14.4' };
// While the first delta is rendered, other readers of it get the whole document.
const delta = [226, 200];
const mix: readonly ((turn: number) => readonly [string, Record<string, string>, number | readonly number[]])[] = [
  () => ['/rss.xml', { 'If-None-Match': etag }, 304],
  () => ['/rss.xml', { 'Accept-Encoding': 'gzip', 'If-None-Match': etag }, 304],
  () => ['/rss.xml', { 'Accept-Encoding': 'gzip' }, 200],
  () => ['/atom.xml', { 'Accept-Encoding': 'br, gzip' }, 200],
  () => ['/feed.json', {}, 200],
  () => ['/rss.xml', { ...liferea, 'If-None-Match': older }, delta],
  // A new tag each time, so that each answer is another delta.
  (turn) => ['/rss.xml', { ...liferea, 'If-None-Match': mutated(turn) }, delta],
  (turn) => ['/feed', { 'Accept-Encoding': turn % 20 < 10 ? 'gzip' : 'br' }, 200],
  (turn) => [`/articles/no-such-${turn}`, {}, 404],
  (turn) => [`/rss.xml?turn=${turn}`, { 'Accept-Encoding': 'gzip' }, 200],
];

console.log(`Memory in MB over ${polls} polls of ${mix.length} kinds by ${readers} concurrent readers.\n`);
row('polls', 'resident', 'heap', 'in use', 'buffers', 'polls/s');
const resident: number[] = [];
const deltaPolls = new Map(delta.map((status) => [status, 0]));
let from = performance.now();
for (let done = 0; done <= polls; done += step) {
  if (done > 0) await round(done - step);
  const seconds = (performance.now() - from) / 1000;
  const { rss, heapUsed, heapTotal, arrayBuffers } = await server.memory();
  resident.push(rss);
  const speed = done === 0 ? '' : (step / seconds).toFixed(0);
  row(String(done), megabytes(rss), megabytes(heapTotal), megabytes(heapUsed), megabytes(arrayBuffers), speed);
  from = performance.now();
}
const [warm = 0, last = 0] = [resident[2], resident[10]];
console.log(
  `\nGrowth of resident memory from ${polls / 5} to ${polls} polls: ${megabytes(last - warm)} MB (${((last / warm - 1) * 100).toFixed(1)} %).`,
);
const [deltas = 0, whole = 0] = delta.map((status) => deltaPolls.get(status));
console.log(`Polls for a delta: ${deltas} got one (226), ${whole} the whole document (200).`);
agent.destroy();
const code = await server.stop();
if (code !== 0) throw new Error(`the server ended with ${code}`);
if (deltas === 0) throw new Error('no poll for a delta got one');

/** Lets all readers poll until the step is done. */
async function round(start: number): Promise<void> {
  let next = start;
  const read = async (): Promise<void> => {
    while (next < start + step) {
      const turn = next++;
      const [path, headers, expected] = mix[turn % mix.length]?.(turn) ?? ['/', {}, 200];
      const { status } = await poll(path, headers);
      const answers = typeof expected === 'number' ? [expected] : expected;
      if (!answers.includes(status)) throw new Error(`${path} ${JSON.stringify(headers)}: ${status}, not ${expected}`);
      if (expected === delta) deltaPolls.set(status, (deltaPolls.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: readers }, read));
}

function mutated(turn: number): string {
  return older.replace('0000000000000000', String(turn).padStart(16, '0'));
}

function poll(
  path: string,
  headers: Record<string, string>,
): Promise<{ readonly status: number; readonly etag: string | undefined }> {
  return new Promise((resolve, reject) => {
    const sending = request({ port: server.port, host: '127.0.0.1', path, headers, agent }, (response) => {
      response.on('error', reject).resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, etag: response.headers.etag }));
    });
    sending.on('error', reject).end();
  });
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function row(...cells: readonly string[]): void {
  console.log(cells.map((cell) => cell.padStart(10)).join(''));
}
