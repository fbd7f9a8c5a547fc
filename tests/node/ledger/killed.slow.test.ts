import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startServe } from '../command.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

const count = 3000;
const day = (number: number): string => new Date(Date.UTC(2010, 0, 1 + number)).toISOString().slice(0, 10);
const seeds = Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.md`, seed(`Article ${i}`, day(i))]));

it('has every article after servers that were killed at any moment, each with the date of the first', {
  timeout: 300_000,
}, async () => {
  const dir = makeFolder({ ...seeds, 'publication.yaml': 'title: Daily\nurl: https://daily.example/\n' });
  const dates = new Set<string | null>();
  const serving = async (work: () => Promise<unknown>, signal: NodeJS.Signals): Promise<void> => {
    const served = await startServe(['--no-live', '--no-ping', dir]);
    dates.add((await fetch(new URL('rss.xml', served.url))).headers.get('last-modified'));
    await work();
    await served.stop(signal);
  };
  for (let i = 0; i < 12; i++) await serving(() => setTimeout(Math.random() * 800), 'SIGKILL');
  await serving(async () => {}, 'SIGTERM');
  const database = new DatabaseSync(join(dir, '.dateline/ledger.db'), { readOnly: true });
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  expect(
    database.prepare('SELECT count(*) AS n FROM articles WHERE shown = published AND withdrawn IS NULL').get(),
  ).toEqual({ n: count });
  database.close();
  expect(dates.size).toBe(1);
});
