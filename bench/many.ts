/**
 * Serves 500 publications of 20 articles in one process, beside one publication of as many articles: processor time
 * until every publication has answered with its feed, memory then and after two articles of each were read, open files,
 * and the cost of a poll.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { buildCommand } from '../tests/built-command.ts';
import { articleText } from './articles.ts';
import { quick } from './measure.ts';
import { cpuTimeOf, residentMemory } from './process.ts';
import { makeFolder, makeSite } from './site.ts';

const [publications, articles, polls] = quick ? [10, 5, 200] : [500, 20, 5000];
/** Minutes between two articles, so that all are in the past. */
const anHour = 60;
const cli = buildCommand();

const hosts = Array.from({ length: publications }, (_, i) => `p${i}.example`);
const home = makeFolder();
for (const [i, host] of hosts.entries()) {
  const dir = join(home, `p${i}`);
  mkdirSync(dir);
  writeFileSync(join(dir, 'publication.yaml'), `title: ${host}\nurl: https://${host}/\n`);
  for (let n = 0; n < articles; n++) writeFileSync(join(dir, `${n}.md`), articleText(i * articles + n, anHour));
}

console.log(
  `Node ${process.version}. Seconds of processor time until each feed was answered, MB of resident memory after a\ncollection then and after 1,000 articles were read, open files then and five seconds later, microseconds of processor time for a 304.\n`,
);
row('', 'seconds', 'MB', 'MB, read', 'files', 'at rest', 'µs a 304');
const folders = hosts.map((_, i) => join(home, `p${i}`));
const many = await measure(folders, hosts, 2);
row(`${publications} × ${articles}`, ...many.map((value) => value.toFixed(1)));
const one = await measure([makeSite(publications * articles, anHour)], ['bench.example'], 2 * publications);
row(`1 × ${publications * articles}`, ...one.map((value) => value.toFixed(1)));
row('ratio', ...many.map((value, i) => (value / (one[i] ?? 1)).toFixed(2)));

async function measure(dirs: readonly string[], hosts: readonly string[], count: number): Promise<number[]> {
  const collect = "process.on('SIGUSR2', () => globalThis.gc())";
  const node = ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(collect)}`];
  const child = spawn(process.execPath, [...node, cli, 'serve', ...dirs, '--port', '0', '--no-ping'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.on('exit', () => child.kill('SIGKILL'));
  const port = await portOf(child);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (host: string, path: string, etag?: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = { Host: host, ...(etag === undefined ? {} : { 'If-None-Match': etag }) };
      get({ port, path, headers, agent }, (response) => {
        response.resume().on('end', () => {
          const { statusCode, headers } = response;
          if (statusCode === 200 || statusCode === 304) resolve(headers.etag ?? '');
          else reject(new Error(`${host}${path} answered ${statusCode}`));
        });
      }).on('error', reject);
    });
  const etags = new Map<string, string>();
  for (const host of hosts) etags.set(host, await ask(host, '/rss.xml'));
  const seconds = cpuTimeOf(child.pid) / 1000;
  const first = await residentMemory(child);
  for (const host of hosts) for (let n = 0; n < count; n++) await ask(host, `/articles/${n}`);
  const read = await residentMemory(child);
  const files = openFiles(child);
  // Those of publications that nobody asks are closed within four seconds.
  await setTimeout(5000);
  const resting = openFiles(child);
  const before = cpuTimeOf(child.pid);
  for (let i = 0; i < polls; i++) {
    const host = hosts[i % hosts.length] ?? '';
    await ask(host, '/rss.xml', etags.get(host));
  }
  const poll = ((cpuTimeOf(child.pid) - before) * 1000) / polls;
  agent.destroy();
  child.kill();
  await once(child, 'close');
  return [seconds, first, read, files, resting, poll];
}

function openFiles({ pid }: ChildProcess): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

async function portOf(child: ChildProcess): Promise<number> {
  let output = '';
  for (;;) {
    const [part] = await once(child.stdout ?? child, 'data');
    output += part;
    const [, port] =
      /http:\/\/127\.0\.0\.1:(\d+)\S* is |is at http:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.filter(Boolean) ?? [];
    if (port !== undefined) return Number(port);
  }
}

function row(name: string, ...cells: readonly string[]): void {
  console.log(name.padEnd(14) + cells.map((cell) => cell.padStart(10)).join(''));
}
