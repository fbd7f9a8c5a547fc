import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ReadAhead } from '../../src/node/read-ahead.ts';
import { type FolderReading, SeedFolder } from '../../src/node/seed-folder.ts';
import { startReading } from '../../src/node/started-reading.ts';
import type { ChangedPaths } from '../../src/node/watch-folder.ts';
import { makeFolder, seed, writeFiles } from './temporary-folder.ts';

const nobody = { fail: () => {} };
const url = 'http://localhost:3000/';
const front = '---\ntitle: Front\ndate: 2026-01-02\nauthor: Ada Lovelace of London\n---\n\nBody';

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

function readAhead(dir: string): FolderReading {
  const ahead = new ReadAhead(dir);
  ahead.begin();
  return new SeedFolder(dir, { url, ahead }).read();
}

describe('a folder that is read ahead', () => {
  it('is the same as one that is not, whatever is in it', () => {
    const dir = everyKind();
    const expected = seen(new SeedFolder(dir, { url }).read());
    expect(expected.articles.length).toBeGreaterThan(710);
    expect(seen(readAhead(dir))).toEqual(expected);
  });

  it('really is: texts come from the other thread', () => {
    const dir = makeFolder({ 'a.md': seed('A'), 'b.md': seed('B').replaceAll('\n', '\r\n') });
    const ahead = new ReadAhead(dir);
    ahead.begin();
    expect(ahead.list(nobody)).toEqual(['a.md', 'b.md']);
    expect(ahead.fileAt('a.md')).toMatchObject({ kind: 'file', size: seed('A').length });
    const { text, hasLabels } = ahead.textAt('a.md') ?? {};
    expect([text?.toString(), hasLabels]).toEqual([seed('A'), false]);
    expect(ahead.textAt('b.md')).toBeUndefined();
    expect(ahead.textAt('c.md')).toBeUndefined();
    ahead.close();
  });

  it('shows what came, changed and went meanwhile when its follower looks', async () => {
    const dir = makeFolder({ 'a.md': seed('A'), 'b.md': seed('B') });
    const started = startReading(dir, true, true);
    try {
      expect(started.ahead?.list(nobody)).toEqual(['a.md', 'b.md']);
      rmSync(join(dir, 'a.md'));
      writeFiles(dir, { 'b.md': seed('Changed'), 'c.md': seed('C') });
      const folder = new SeedFolder(dir, { url, ahead: started.ahead });
      folder.read();
      const changed = await new Promise<ChangedPaths>((resolve, reject) =>
        started.follow({ onChange: resolve, onError: reject }),
      );
      expect(folder.read(changed).sources.map(({ head }) => head.title)).toEqual(['Changed', 'C']);
    } finally {
      started.close();
    }
  });

  it('is read here when the other thread says nothing', () => {
    const dir = makeFolder({ 'a.md': seed('A') });
    const { sources } = new SeedFolder(dir, { url, ahead: new ReadAhead(dir) }).read();
    expect(sources.map(({ head }) => head.title)).toEqual(['A']);
  });

  it('that is none is an error in words', () => {
    const dir = join(makeFolder(), 'missing');
    expect(() => readAhead(dir)).toThrow(`${dir}: there is no such folder`);
    expect(() => startReading(dir, true, true)).toThrow(`${dir}: there is no such folder`);
  });
});

it('what happens before somebody follows is told then', async () => {
  const dir = makeFolder({ 'a.md': seed('A') });
  const started = startReading(dir, true, false);
  writeFiles(dir, { 'b.md': seed('B') });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const told: ChangedPaths[] = [];
  started.follow({
    onChange: (paths) => told.push(paths),
    onError: (error) => expect(error).toBe(undefined),
  });
  expect(told).toEqual([new Set(['b.md'])]);
  started.close();
});
