/**
 * What a publisher of 10,000 articles waits for: the processor time from the start of `dateline serve` to the first
 * byte of its feed, with and without the state of an earlier run, that of `dateline build`, and how long it takes from
 * saving an article to the new feed. Three shapes of articles, beside Hugo if it is installed. `BENCH_OTHER` names the
 * command of another version, whose saves are timed in turns with ours.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { buildCommand } from '../tests/built-command.ts';
import { fillState } from './fill-state.ts';
import { everything, hugoVersion, rssAlone, timeHugo } from './hugo.ts';
import { median, quick } from './measure.ts';
import { cpuTimeOf, timeOf } from './process.ts';
import { type Shape, shapes } from './shapes.ts';
import { makeFolder } from './site.ts';

const articles = quick ? 60 : 10_000;
const starts = quick ? 1 : 7;
const saves = quick ? 3 : 31;
const builds = quick ? 1 : 5;
const wholeBuilds = quick ? 1 : 3;
/** The installed command: Node would take a third of a start to strip the types of the sources. */
const cli = buildCommand();
const other = process.env.BENCH_OTHER;
const hugo = hugoVersion();
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const peer = hugo === undefined ? 'hugo is not installed' : `beside hugo ${hugo} on the same articles`;
console.log(
  `${articles} articles of 3 kB, ${peer}; Node ${process.version}. \nMedians of processor time, except for saves; the ratio is that of the times.\n`,
);
row('', 'Dateline', 'hugo', 'ratio', 'longest', 'files');
for (const shape of shapes) await measure(shape);

async function measure({ name, file, text, hugoText }: Shape): Promise<void> {
  const indexes = Array.from({ length: articles }, (_, index) => index);
  const folder = makeFolder({
    'publication.yaml': 'title: Bench\nurl: https://bench.example/\n',
    ...Object.fromEntries(indexes.map((index) => [file(index), text(index)])),
  });
  const content = Object.fromEntries(indexes.map((index) => [`content/${index}.md`, hugoText(index)]));

  const oneFeed = makeFolder(hugo === undefined ? {} : { ...rssAlone, ...content });
  const hugoFeed = () => timeHugo(oneFeed, join(oneFeed, 'public'));
  const first = await inTurns(starts, () => timeStart(folder, '--no-state'), hugoFeed);
  row(`${name}: first start`, ...figures(first));
  await fillState(cli, folder, articles);
  row(`${name}: start`, ...figures(await inTurns(starts, () => timeStart(folder), hugoFeed)));

  for (const command of other === undefined ? [cli] : [other, cli, other, cli]) {
    const times = await timeSaves(folder, { file, text }, command);
    const whose = command === cli ? 'save' : 'save of the other';
    row(`${name}: ${whose}`, milliseconds(median(times)), '', '', milliseconds(Math.max(...times)));
  }

  const hugoSite = makeFolder(hugo === undefined ? {} : { ...everything, ...content });
  // Each build has a new folder, and nothing is deleted before the end: after deletions, ext4 makes files more slowly.
  let round = 0;
  const [site, hugosSite] = [() => join(folder, `.site${round}`), () => join(hugoSite, `public${round}`)];
  const whole = await inTurns(
    wholeBuilds,
    async () => {
      round++;
      return timeBuild(folder, site());
    },
    () => timeHugo(hugoSite, hugosSite()),
  );
  row(`${name}: build`, ...figures(whole), '', `${countFiles(site())} ÷ ${countFiles(hugosSite())}`);
  const time = median(whole.map(([ours]) => ours));
  const share = (part: number): string => `1/${(time / part).toFixed(1)}`;
  // The first build after saves reads them; the second changes nothing.
  const again = median(Array.from({ length: builds }, () => timeBuild(folder, site())));
  row(`${name}: again`, milliseconds(again), '', share(again));
  const edited = median(
    Array.from({ length: builds }, (_, edit) => {
      const index = articles / 2 + edit;
      writeFileSync(join(folder, file(index)), text(index).replace('Headline', `Edited ${edit}:`));
      return timeBuild(folder, site());
    }),
  );
  row(`${name}: edited`, milliseconds(edited), '', share(edited));
}

/** Pairs of times, one pair a round. More than three rounds begin with one that is not counted. */
type Pairs = readonly (readonly [ours: number, hugos: number])[];

async function inTurns(rounds: number, ours: () => Promise<number>, hugos: () => number): Promise<Pairs> {
  const pairs: [number, number][] = [];
  for (let round = rounds > 3 ? 0 : 1; round <= rounds; round++) {
    const pair: [number, number] = [await ours(), hugo === undefined ? Number.NaN : hugos()];
    if (round > 0) pairs.push(pair);
  }
  return pairs;
}

function figures(pairs: Pairs): string[] {
  const ratio = median(pairs.map(([ours, hugos]) => ours / hugos));
  return [
    milliseconds(median(pairs.map(([ours]) => ours))),
    ...(hugo === undefined ? ['', ''] : [milliseconds(median(pairs.map(([, hugos]) => hugos))), ratio.toFixed(2)]),
  ];
}

async function timeStart(folder: string, ...options: string[]): Promise<number> {
  const { first, stop } = await start(folder, cli, options);
  await stop();
  return first;
}

interface Started {
  readonly url: string;
  /** Milliseconds of processor time to the first byte of its RSS, or from the start if the system reports none. */
  readonly first: number;
  stop(): Promise<unknown>;
}

async function start(folder: string, command: string, options: readonly string[] = []): Promise<Started> {
  const begin = performance.now();
  const child: ChildProcess = spawn(process.execPath, [command, 'serve', '--port', '0', folder, ...options]);
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
  const used = cpuTimeOf(child.pid);
  const first = Number.isNaN(used) ? performance.now() - begin : used;
  await reader?.cancel();
  const stop = () => {
    child.kill();
    return ended;
  };
  return { url, first, stop };
}

/** Saves the newest articles again and again, and asks until the feed has the new headline. */
async function timeSaves(
  folder: string,
  { file, text }: Pick<Shape, 'file' | 'text'>,
  command: string,
): Promise<number[]> {
  const { url, stop } = await start(folder, command);
  const times: number[] = [];
  // Asks with a tag, as aggregators do. Whole answers would take most of the server's time.
  let etag = '';
  for (let save = 0; save < saves; save++) {
    await setTimeout(quick ? 100 : 400);
    const index = articles - 1 - (save % 10);
    const mark = `Saved ${save}:`;
    const begin = performance.now();
    writeFileSync(join(folder, file(index)), text(index).replace('Headline', mark));
    let feed = '';
    while (!feed.includes(mark)) {
      const answer = await fetch(new URL('rss.xml', url), { headers: { 'If-None-Match': etag } });
      etag = answer.headers.get('ETag') ?? '';
      feed = await answer.text();
    }
    times.push(performance.now() - begin);
  }
  await stop();
  return times;
}

function timeBuild(folder: string, out: string): number {
  return timeOf(process.execPath, [cli, 'build', folder, '--out', out]);
}

function countFiles(folder: string): number {
  if (!existsSync(folder)) return Number.NaN;
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}

function milliseconds(time: number): string {
  return `${time.toFixed(time < 100 ? 1 : 0)} ms`;
}

function row(name: string, ...cells: readonly string[]): void {
  console.log((name.padEnd(34) + cells.map((cell) => cell.padStart(12)).join('')).trimEnd());
}
