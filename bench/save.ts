/**
 * A publisher's waiting among 10,000 articles: from the start of `dateline serve` to the first byte of a feed, from
 * saving an article to the new feed, and for `dateline build`; beside Hugo where it is installed.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { articleText } from './articles.ts';
import { articleWithFrontMatter, everything, hugoVersion, makeFolder, rssAlone, timeHugo } from './hugo.ts';
import { median, quick } from './measure.ts';
import { makeSite } from './site.ts';

const articles = quick ? 200 : 10_000;
const starts = quick ? 1 : 7;
const saves = quick ? 3 : 31;
/** Minutes between two articles, so that all are of the past. */
const apart = 5 * 60;
/** As it is installed: to take the types out of our own files would be a third of its start. */
const cli = fileURLToPath(new URL('../dist/command/dateline.cjs', import.meta.url));
const { status, stdout } = spawnSync('npm', ['run', 'prepare'], { encoding: 'utf8' });
if (status !== 0) throw new Error(stdout);
const hugo = hugoVersion();
const peer =
  hugo === undefined ? 'there is no hugo on the path, so nothing stands beside' : `hugo ${hugo} beside`;
console.log(`${articles} articles of three kilobytes; ${peer}\n`);

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
const site = makeSite(articles, apart);
const beside = hugo === undefined ? undefined : makeFolder(rssAlone);
for (let i = 0; beside !== undefined && i < articles; i++) write(beside, i);
/** The same articles with front matter, as Hugo has them. */
const fronted = makeFolder(withFrontMatter());
const ours: number[] = [];
const oursFronted: number[] = [];
const theirs: number[] = [];
for (let round = 0; round <= starts; round++) {
  const first = await timeStart(site);
  const firstFronted = await timeStart(fronted);
  const hugos = beside === undefined ? Number.NaN : timeHugo(beside, join(beside, 'public'));
  // The first of each warms the disk.
  if (round === 0 && !quick) continue;
  ours.push(first);
  oursFronted.push(firstFronted);
  theirs.push(hugos);
}
const startTime = median(ours);
console.log(
  `(a) start of the process to the first byte of the 50-item RSS: ${milliseconds(startTime)}${besideHugo(
    ours,
    theirs,
    "Hugo's one RSS file",
  )}`,
);
console.log(
  `    with front matter: ${milliseconds(median(oursFronted))}${besideHugo(oursFronted, theirs, 'the same')}`,
);

const saved = await timeSaves();
console.log(
  `(b) saving an article to the new feed over HTTP: median ${milliseconds(median(saved))}, longest ${milliseconds(
    Math.max(...saved),
  )}: 1/${(startTime / median(saved)).toFixed(1)} of (a)`,
);

const built = timeBuild(fronted);
console.log(`(c) dateline build: ${built.text}`);
if (hugo !== undefined) {
  const folder = makeFolder(everything);
  for (let i = 0; i < articles; i++) write(folder, i);
  const out = join(folder, 'public');
  const time = timeHugo(folder, out);
  const { files, bytes } = sizeOf(out);
  console.log(
    `    hugo: ${milliseconds(time)} for ${files} files, ${megabytes(bytes)}; ours is ${(built.time / time).toFixed(2)} times that, ${(
      built.time / built.files / (time / files)
    ).toFixed(2)} times that a file`,
  );
}

function write(folder: string, index: number): void {
  const path = join(folder, 'content', `${index}.md`);
  if (index === 0) mkdirSync(join(folder, 'content'));
  writeFileSync(path, articleWithFrontMatter(index, apart));
}

function withFrontMatter(): Record<string, string> {
  const files: Record<string, string> = { 'publication.yaml': 'title: Bench\nurl: https://bench.example/\n' };
  for (let i = 0; i < articles; i++) files[`${i}.md`] = articleWithFrontMatter(i, apart);
  return files;
}

async function timeStart(dir: string): Promise<number> {
  const { first, stop } = await start(dir);
  await stop();
  return first;
}

interface Started {
  readonly url: string;
  /** Milliseconds from the start of the process to the first byte of its RSS. */
  readonly first: number;
  stop(): Promise<unknown>;
}

async function start(dir: string): Promise<Started> {
  const begin = performance.now();
  const child: ChildProcess = spawn(process.execPath, [cli, 'serve', '--port', '0', dir]);
  running.add(child);
  const ended = new Promise((resolve) => child.once('close', resolve)).then(() => running.delete(child));
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (part) => {
      output += part;
      const [, found] = / is at (http\S+)\n/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`dateline serve ended: ${output}`)));
  });
  const answer = await fetch(new URL('rss.xml', url));
  const reader = answer.body?.getReader();
  await reader?.read();
  const first = performance.now() - begin;
  await reader?.cancel();
  return {
    url,
    first,
    stop: () => {
      child.kill();
      return ended;
    },
  };
}

async function timeSaves(): Promise<number[]> {
  const { url, stop } = await start(site);
  const times: number[] = [];
  const newest = articles - 1;
  // As aggregators do: with whole answers, most of the server's time would be for those.
  let etag = '';
  for (let save = 0; save < saves; save++) {
    await setTimeout(quick ? 100 : 400);
    const mark = `Saved ${save}:`;
    const begin = performance.now();
    writeFileSync(
      join(site, `${newest - (save % 10)}.md`),
      articleText(newest - (save % 10), apart).replace('# ', `# ${mark} `),
    );
    let text = '';
    while (!text.includes(mark)) {
      const answer = await fetch(new URL('rss.xml', url), { headers: { 'If-None-Match': etag } });
      etag = answer.headers.get('ETag') ?? '';
      text = await answer.text();
    }
    times.push(performance.now() - begin);
  }
  await stop();
  return times;
}

function timeBuild(dir: string) {
  const out = join(dir, '.site');
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [cli, 'build', dir, '--out', out], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const time = performance.now() - begin;
  const [documents, edge] = [sizeOf(out), sizeOf(`${out}-edge`)];
  const text = `${milliseconds(time)} for ${documents.files} files, ${megabytes(documents.bytes)}, and for the edge ${edge.files} objects, ${megabytes(edge.bytes)}`;
  return { time, text, files: documents.files };
}

function sizeOf(folder: string): { files: number; bytes: number } {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  return { files: files.length, bytes };
}

function besideHugo(own: readonly number[], hugos: readonly number[], what: string): string {
  if (hugo === undefined) return '';
  const ratio = median(own.map((time, i) => time / (hugos[i] ?? Number.NaN)));
  return `; ${what}: ${milliseconds(median(hugos))}; ours is ${ratio.toFixed(2)} of that`;
}

function milliseconds(time: number): string {
  return time < 100 ? `${time.toFixed(1)} ms` : `${Math.round(time)} ms`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
