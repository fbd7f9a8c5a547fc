import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { SeedFolder } from '../../../src/node/folder/seed-folder.ts';
import { openLedger } from '../../../src/node/ledger/open-ledger.ts';
import { ServedLedger } from '../../../src/node/ledger/served-ledger.ts';
import { EditionBuilder } from '../../../src/node/serve/edition-builder.ts';
import { statePath } from '../../../src/node/state/state-file.ts';
import type { Tombstone } from '../../../src/publication/tombstones.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';

const noWarning = (line: string) => expect.fail(line);

/** The names of the articles that the Atom feed of a folder calls gone. */
async function goneIn(dir: string): Promise<string[]> {
  return (await tombstonesIn(dir)).map(({ id }) => id.replace(/.*:/, ''));
}

/** The tombstones of the Atom feed of a folder, as a server that starts now shows it. */
async function tombstonesIn(dir: string, beforeRecord = () => {}): Promise<readonly Tombstone[]> {
  const folder = new SeedFolder(dir, { url: 'https://daily.example/' });
  const ledger = new ServedLedger(dir, openLedger(statePath(dir, 'ledger'), noWarning), noWarning);
  const reading = folder.read();
  const { edition } = new EditionBuilder(ledger).next(reading);
  const now = new Date().toISOString().replace(/\.\d+/, '');
  const page = await edition.page({}, now);
  beforeRecord();
  ledger.record(reading);
  await ledger.close();
  folder.close();
  return page?.tombstones ?? [];
}

it('names a deleted file as gone, while the server was down, and after later starts', async () => {
  const settings = 'id: "tag:daily.example,2026:"\ntombstones: true\n';
  const files = { 'publication.yaml': settings, 'a.md': seed('A', '2024-01-05'), 'b.md': seed('B', '2024-01-06') };
  const dir = makeFolder(files);
  expect(await goneIn(dir)).toEqual([]);
  rmSync(join(dir, 'b.md'));
  expect(await goneIn(dir)).toEqual(['b']);
  expect(await goneIn(dir)).toEqual(['b']);
  // A file with an error keeps its article.
  writeFiles(dir, { 'a.md': '---\ntitle: A\ndate: soon\n---\nText.\n' });
  expect(await goneIn(dir)).toEqual(['b']);
  writeFiles(dir, files);
  expect(await goneIn(dir)).toEqual([]);
});

it('keeps when and why an article was withdrawn after its file is deleted, and says nothing of expired ones', async () => {
  const settings = 'id: "tag:daily.example,2026:"\ntombstones: true\n';
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
  const withKeys = (keys: string) => `---\ntitle: A\ndate: 2024-01-05\n${keys}---\nText.\n`;
  const dir = makeFolder({
    'publication.yaml': settings,
    'a.md': withKeys(`withdrawn: { date: ${daysAgo(9)}, reason: Made up. }\n`),
    'b.md': withKeys(`withdrawn: ${daysAgo(8)}\n`),
    'c.md': withKeys(`expires: ${daysAgo(7)}\n`),
    'd.md': withKeys(`withdrawn: { date: ${daysAgo(40)}, reason: Old. }\n`),
  });
  const said = [
    { id: 'tag:daily.example,2026:b', when: `${daysAgo(8)}T00:00:00Z` },
    { id: 'tag:daily.example,2026:a', when: `${daysAgo(9)}T00:00:00Z`, reason: 'Made up.' },
  ];
  expect(await tombstonesIn(dir)).toEqual(said);
  for (const name of ['a.md', 'b.md', 'c.md', 'd.md']) rmSync(join(dir, name));
  expect(await tombstonesIn(dir)).toEqual(said);
  expect(await tombstonesIn(dir)).toEqual(said);
});

it('says to later readers when an article left, as the first were told', async () => {
  const settings = 'id: "tag:daily.example,2026:"\ntombstones: true\n';
  const dir = makeFolder({ 'publication.yaml': settings, 'a.md': seed('A'), 'b.md': seed('B') });
  await tombstonesIn(dir);
  rmSync(join(dir, 'b.md'));
  const later = () => void vi.setSystemTime(Date.now() + 2000);
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  later();
  const told = await tombstonesIn(dir, later);
  expect(told).toHaveLength(1);
  expect(await tombstonesIn(dir)).toEqual(told);
});

it('names nothing unless the publication asks for it', async () => {
  const dir = makeFolder({ 'a.md': seed('A', '2024-01-05'), 'b.md': seed('B', '2024-01-06') });
  await goneIn(dir);
  rmSync(join(dir, 'b.md'));
  expect(await goneIn(dir)).toEqual([]);
});
