import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { serveHere, startServe } from '../command.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';
import { type Hub, startHub, take } from './hub.ts';

const soon = { timeout: 20_000, interval: 20 };
const formats = ['atom.xml', 'feed.json', 'rss.xml'];
const feeds = (...folders: string[]): string[] =>
  folders.flatMap((folder) => formats.map((file) => folder + file)).sort();
const page = (title: string, tag: string, body = 'It happened.'): string =>
  `---\ntitle: ${title}\ndate: 2026-03-02\ntags: [${tag}]\n---\n\n${body}\n`;

let hub: Hub;
let dir: string;
beforeEach(async () => {
  hub = await startHub();
  dir = makeFolder({
    'publication.yaml': `title: Daily\nurl: https://daily.example/\nhub: ${hub.url}\nitems: 2\n`,
    'a.md': page('A', 'one'),
    'b.md': page('B', 'two'),
  });
});

/** The paths of the hub's notifications since the last call, sorted. */
const notified = (): string[] =>
  hub.pings
    .splice(0)
    .map(({ topic }) => topic.replace('https://daily.example/', ''))
    .sort();

/**
 * Serves the folder until `isDone`, and what it does then is over. With a signal, the server is a process of its own
 * that it ends.
 */
async function serveUntil(isDone: () => boolean, signal?: NodeJS.Signals): Promise<string> {
  const served = signal === undefined ? await serveHere(dir, { ping: true }) : await startServe(['--no-live', dir]);
  await expect.poll(isDone, soon).toBe(true);
  const { stderr } = await served.stop(signal);
  return stderr;
}

/** What the hub's record says, once it has one. */
function recorded(): { readonly topics: number; readonly untold: number } {
  const database = new DatabaseSync(join(dir, '.dateline/ledger.db'), { readOnly: true });
  const count = (where: string) =>
    Number(database.prepare(`SELECT count(*) AS n FROM topics WHERE ${where}`).get()?.n ?? 0);
  const found = { topics: count('1'), untold: count('told = 0') };
  database.close();
  return found;
}
const isRecorded = (): boolean => recorded().topics === 12;
const isTold = (): boolean => hub.pings.length > 0 && recorded().untold === 0;

describe('a server that was down', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'tells the hub of exactly what changed meanwhile, after %s',
    async (signal) => {
      await serveUntil(isRecorded, signal);
      expect(notified()).toEqual([]);
      writeFiles(dir, { 'b.md': page('B', 'two', 'It did happen.') });
      await serveUntil(isTold, signal);
      expect(notified()).toEqual(feeds('', 'languages/en/', 'tags/two/'));
    },
  );

  it('tells it nothing of a file that was touched, and of an old article that no feed shows', async () => {
    writeFiles(dir, {
      'old.md': page('Old', 'one').replace('2026', '2020'),
      'c.md': page('C', 'one').replace('-02', '-03'),
    });
    await serveUntil(isRecorded);
    writeFiles(dir, { 'b.md': page('B', 'two'), 'old.md': page('Old', 'one', 'Of old.').replace('2026', '2020') });
    const served = await serveHere(dir, { ping: true });
    await setTimeout(4000);
    await served.stop();
    expect(notified()).toEqual([]);
  });

  it('tells it of new, of withdrawn and of due articles', async () => {
    let due: number;
    do {
      // On a slow machine, it may become due before the server has recorded anything.
      rmSync(join(dir, '.dateline'), { recursive: true, force: true });
      due = Date.now() + 5000;
      writeFiles(dir, { 'later.md': seed('Later', new Date(due).toISOString()) });
      await serveUntil(isRecorded, 'SIGKILL');
    } while (Date.now() > due - 1000);
    await setTimeout(due + 1000 - Date.now());
    await serveUntil(isTold);
    expect(notified()).toEqual(feeds('', 'languages/en/'));
    rmSync(join(dir, 'later.md'));
    writeFiles(dir, { 'c.md': page('C', 'three') });
    await serveUntil(isTold);
    expect(notified()).toEqual(feeds('', 'languages/en/', 'tags/three/'));
  });

  it('tells it again what it had not accepted before', async () => {
    await serveUntil(isRecorded);
    hub.answer = (_, response) => response.writeHead(503).end();
    writeFiles(dir, { 'b.md': page('B', 'two', 'It did happen.') });
    const stderr = await serveUntil(() => hub.pings.length > 0 && recorded().untold > 0, 'SIGTERM');
    expect(stderr).toContain('was not notified of 9 feeds before the end; the next "dateline serve" does that');
    notified();
    hub.answer = take;
    await serveUntil(isTold);
    expect(notified()).toEqual(feeds('', 'languages/en/', 'tags/two/'));
  });
});
