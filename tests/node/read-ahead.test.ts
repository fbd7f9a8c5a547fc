import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ChangedPaths } from '../../src/node/disk/watch-folder.ts';
import { type FolderReading, SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { type KnownFolder, startReading } from '../../src/node/folder/started-reading.ts';
import { makeFolder, seed, writeFiles } from './temporary-folder.ts';

const url = 'http://localhost:3000/';
const front = '---\ntitle: Front\ndate: 2026-01-02\nauthor: Ada Lovelace of London\n---\n\nBody';

const titles = ({ sources }: FolderReading): string[] => sources.map(({ head }) => head.title);

function everyKind(): string {
  const dir = makeFolder({
    'publication.yaml': 'title: All\n',
    'a.md': seed('A plain one'),
    'b.md': `\uFEFF${seed('With a byte order mark')}`,
    'c.md': seed('With CRLF').replaceAll('\n', '\r\n'),
    'd.md': Buffer.from(`\uFEFF${seed('UTF-16')}`, 'utf16le'),
    'e.md': Buffer.from([0x23, 0x20, 0xff, 0x0a]),
    'f.md': `${seed('With NUL')}\0`,
    'g.md': seed('With a control\u0001 character'),
    'h.md': '',
    'i.md': seed('Long', '2026-01-01', 'word '.repeat(100_000)),
    'j.md': seed('Ünïcödé ☃ 🎉 and more of it'),
    'k.md': front,
    'x/k.md': front,
    'l.md': `${seed('Named')}\nId: <tag:example.org,2026:named-by-its-file>\n`,
    'm.md': seed('With U+FFFD \uFFFD'),
    'page.html': 'none',
    '_drafts/d.md': seed('Draft'),
    'public/ads.txt': seed('At the root'),
    'public/.well-known/security.txt': seed('At the root'),
  });
  symlinkSync('nowhere', join(dir, 'link.md'));
  // Nobody but root may list it.
  writeFiles(dir, { 'closed/a.md': seed('Closed') });
  chmodSync(join(dir, 'closed'), 0);
  for (let i = 0; i < 700; i++)
    writeFiles(dir, { [`many/${i}.md`]: seed(`Many ${i}`, '2026-01-01', 'text '.repeat(800)) });
  return dir;
}

/** All that a reading says, bodies and places included. */
function seen({ articles, problems, changed, site }: FolderReading) {
  return {
    articles: articles.map(({ source, elsewhere, file }) => {
      const written = source.written?.();
      return [file, source.head, source.article(), elsewhere?.article(), written?.body, written?.titlePlace];
    }),
    ...{ problems, changed, site },
  };
}

/** What `serve` knows of a folder, once the other thread has read all that it reads. */
async function knownAhead(dir: string): Promise<KnownFolder> {
  const { folder } = startReading(dir, false, true);
  await folder.ahead?.ended;
  return folder;
}

describe('a folder that is read ahead', () => {
  it.each([
    ['all of it', 300],
    ['some of it', 30],
    ['none of it', 0],
  ])('is the same as one that is not, with %s', async (_, time) => {
    const dir = everyKind();
    const expected = seen(new SeedFolder(dir, { url }).read());
    expect(expected.articles.length).toBeGreaterThan(710);
    const { folder } = startReading(dir, false, true);
    await setTimeout(time);
    const read = new SeedFolder(dir, { url, known: folder });
    expect(seen(read.read())).toEqual(expected);
    // All files are known as they were, so nothing changes with another look.
    expect(read.read()).toBe(read.read());
    expect(read.read().changes).toEqual([]);
  });

  it('really is: texts come from the other thread, but for those that need care', async () => {
    const dir = makeFolder({
      ...{ 'a.md': seed('A'), 'b.md': seed('B').replaceAll('\n', '\r\n'), 'c.html': 'none', 'd.md': '' },
      'e.md': `${seed('E')}\nId: <tag:example.org,2026:e>\n`,
    });
    const { ahead } = await knownAhead(dir);
    const turns = [...(ahead?.turns(['a.md', 'b.md', 'd.md', 'e.md']) ?? [])];
    expect(turns.map(({ path, ahead }) => [path, ahead?.text.toString(), ahead?.hasLabels])).toEqual([
      ['a.md', seed('A'), false],
      ['b.md', undefined, undefined],
      ['d.md', undefined, undefined],
      ['e.md', expect.stringContaining('Id:'), true],
    ]);
    expect(turns[0]?.ahead?.file).toMatchObject({ kind: 'file', size: seed('A').length });
    ahead?.close();
  });

  it('gives every path once, from both ends', async () => {
    const paths = Array.from({ length: 3000 }, (_, i) => `${i}.md`).sort();
    const dir = makeFolder(Object.fromEntries(paths.map((path) => [path, seed(path)])));
    const { ahead } = startReading(dir, false, true).folder;
    const seen: string[] = [];
    for (const { path } of ahead?.turns(paths) ?? []) {
      seen.push(path);
      // The other thread goes on meanwhile.
      if (seen.length % 100 === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
    expect(seen.toSorted()).toEqual(paths);
    expect(seen[0]).toBe(paths.at(-1));
    ahead?.close();
  });

  it('shows what came, changed and went meanwhile when its follower looks', async () => {
    const dir = makeFolder({ 'a.md': seed('A'), 'b.md': seed('B') });
    const started = startReading(dir, true, true);
    try {
      await started.folder.ahead?.ended;
      rmSync(join(dir, 'a.md'));
      writeFiles(dir, { 'b.md': seed('Changed'), 'c.md': seed('C') });
      const folder = new SeedFolder(dir, { url, known: started.folder });
      expect(titles(folder.read())).toEqual(['A', 'B']);
      const changed = await new Promise<ChangedPaths>((resolve, reject) =>
        started.follow({ onChange: resolve, onError: reject }),
      );
      expect(titles(folder.read(changed))).toEqual(['Changed', 'C']);
    } finally {
      started.close();
    }
  });

  it.each(['read', 'listed'])('starts without a file that went after it was %s', async (when) => {
    const dir = makeFolder({
      ...{ 'publication.yaml': 'title: Gone\n', 'a.md': seed('A') },
      ...{ 'trip/index.md': seed('Trip'), 'trip/notes.txt': seed('Notes') },
    });
    const started = startReading(dir, true, true);
    try {
      if (when === 'read') await started.folder.ahead?.ended;
      rmSync(join(dir, 'publication.yaml'));
      if (when === 'listed') rmSync(join(dir, 'trip/index.md'));
      const folder = new SeedFolder(dir, { url, known: started.folder });
      const { problems, site, ...reading } = folder.read();
      expect(problems).toEqual([]);
      expect(site.title).not.toBe('Gone');
      // What was the article's own is one when that is gone.
      if (when === 'listed') expect(titles({ problems, site, ...reading })).toEqual(['A', 'Notes']);
    } finally {
      started.close();
    }
  });

  it.each([
    ['read', ['B', 'D']],
    // What a file is is looked at again then.
    ['listed', ['B']],
  ])('leaves a pipe to whom it is for, also when a file goes after it was %s', async (when, expected) => {
    const dir = makeFolder({ 'b.md': seed('B'), 'd.md': seed('D') });
    execFileSync('mkfifo', [join(dir, 'a.md')]);
    // Waits until somebody reads, which nobody does.
    const writer = spawn('sh', ['-c', `echo x > "${join(dir, 'a.md')}"`]);
    const { folder } = startReading(dir, false, true);
    if (when === 'read') await folder.ahead?.ended;
    rmSync(join(dir, 'd.md'));
    expect(titles(new SeedFolder(dir, { url, known: folder }).read())).toEqual(expected);
    await setTimeout(100);
    expect(writer.exitCode).toBeNull();
    writer.kill('SIGKILL');
  });

  it('that is none is an error in words', () => {
    const dir = join(makeFolder(), 'missing');
    expect(() => startReading(dir, true, true)).toThrow(`${dir}: there is no such folder`);
    expect(() => startReading(dir, false, true)).toThrow(`${dir}: there is no such folder`);
  });
});

it('what happens before somebody follows is told then', async () => {
  const dir = makeFolder({ 'a.md': seed('A') });
  const started = startReading(dir, true, false);
  writeFiles(dir, { 'b.md': seed('B') });
  await setTimeout(200);
  const told: ChangedPaths[] = [];
  started.follow({
    onChange: (paths) => told.push(paths),
    onError: (error) => expect(error).toBe(undefined),
  });
  expect(told.flatMap((paths) => [...(paths?.keys() ?? [])])).toEqual(['b.md']);
  started.close();
});
