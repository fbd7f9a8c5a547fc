import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import type { LedgerFile } from '../../../src/node/ledger/ledger-file.ts';
import { openLedger } from '../../../src/node/ledger/open-ledger.ts';
import { ServedLedger } from '../../../src/node/ledger/served-ledger.ts';
import { statePath } from '../../../src/node/state/state-file.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';

const noWarning = (line: string) => expect.fail(line);
const open = (dir: string): LedgerFile => openLedger(statePath(dir, 'ledger'), noWarning);

/** Serves a folder until its ledger is written. */
function start(dir: string) {
  const folder = new SeedFolder(dir, { url: 'https://daily.example/' });
  const ledger = new ServedLedger(dir, open(dir), noWarning);
  const record = (): void => {
    const reading = folder.read();
    ledger.read(reading, { removed: [], added: reading.sources });
    ledger.record(reading);
  };
  return { ledger, record, folder };
}

async function visit(dir: string): Promise<void> {
  const { ledger, record, folder } = start(dir);
  record();
  await ledger.close();
  folder.close();
}

/** The titles and files in a ledger; withdrawn articles have a minus. */
function entries(dir: string): string[] {
  const file = open(dir);
  const { articles } = file.read();
  file.close();
  return [...articles.values()].map(({ title, file, withdrawn }) => `${withdrawn ? '-' : ''}${title} ${file}`).sort();
}

/** Changes a title in the ledger, which only a comparison of all entries finds. */
function mark(dir: string, keepsStamp = true): void {
  const file = open(dir);
  const articles = [...file.read().articles].map(([id, entry]) => [id, { ...entry, title: 'Marked' }] as const);
  file.write({ articles, ...(keepsStamp && { stamp: { from: file.stamp, to: file.stamp } }) });
  file.close();
}

const files = { 'a.md': seed('A', '2024-01-05'), 'b.md': seed('B', '2024-01-06') };

it('compares no entry if the folder is as the ledger says', async () => {
  const dir = makeFolder(files);
  await visit(dir);
  expect(entries(dir)).toEqual(['A a.md', 'B b.md']);
  mark(dir);
  await visit(dir);
  expect(entries(dir)).toEqual(['Marked a.md', 'Marked b.md']);
});

it('compares all entries after a change, also one that only renames a file', async () => {
  const dir = makeFolder({ 'p/a.md': seed('A', '2024-01-05') });
  await visit(dir);
  rmSync(join(dir, 'p'), { recursive: true });
  writeFiles(dir, { 'q/a.md': seed('A', '2024-01-05') });
  await visit(dir);
  expect(entries(dir)).toEqual(['A q/a.md']);
});

it('compares all entries after something else wrote into the ledger, or was killed while it wrote', async () => {
  const dir = makeFolder(files);
  await visit(dir);
  mark(dir, false);
  await visit(dir);
  expect(entries(dir)).toEqual(['A a.md', 'B b.md']);
  const file = open(dir);
  file.write({ stamp: { from: file.stamp, to: 'written by another' } });
  file.close();
  mark(dir);
  await visit(dir);
  expect(entries(dir)).toEqual(['A a.md', 'B b.md']);
});

it('trusts no stamp that two processes made together', async () => {
  const dir = makeFolder(files);
  const [one, two] = [start(dir), start(dir)];
  one.record();
  two.record();
  writeFiles(dir, { 'c.md': seed('C', '2024-01-07') });
  one.record();
  await Promise.all([one.ledger.close(), two.ledger.close()]);
  mark(dir);
  await visit(dir);
  expect(entries(dir)).toEqual(['A a.md', 'B b.md', 'C c.md']);
});

it('withdraws an article whose file had errors and then is gone', async () => {
  const dir = makeFolder(files);
  await visit(dir);
  writeFiles(dir, { 'a.md': '# Without a date\n' });
  await visit(dir);
  expect(entries(dir)).toEqual(['A a.md', 'B b.md']);
  rmSync(join(dir, 'a.md'));
  await visit(dir);
  expect(entries(dir)).toEqual(['-A a.md', 'B b.md']);
});

it('adds and withdraws while it runs as a later start would', async () => {
  const dir = makeFolder(files);
  const { ledger, record, folder } = start(dir);
  record();
  writeFiles(dir, { 'a.md': seed('A again', '2024-01-05'), 'c.md': seed('C', '2024-01-07') });
  rmSync(join(dir, 'b.md'));
  record();
  record();
  await ledger.close();
  folder.close();
  expect(entries(dir)).toEqual(['-B b.md', 'A again a.md', 'C c.md']);
  const file = open(dir);
  const { stamp } = file;
  file.close();
  mark(dir);
  await visit(dir);
  expect(entries(dir)).toContain('-Marked b.md');
  const after = open(dir);
  expect(after.stamp).toBe(stamp);
  after.close();
});
