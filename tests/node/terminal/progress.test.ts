import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { showNoProgress, startProgress } from '../../../src/node/terminal/progress.ts';
import { checkout, dateline } from '../command.ts';
import { makeFolder, manySeeds } from '../temporary-folder.ts';

/** Work that ends when the clock of the test says so, and what was written meanwhile. */
function watched(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  const clock = { now: 0 };
  const stream = { isTTY, columns, write: (text: string) => written.push(text) };
  return {
    written,
    clock,
    progress: startProgress('documents', { stream, now: () => clock.now, isTerminal: isTTY }),
  };
}

describe('a bar on a terminal', () => {
  it('says nothing of what is done soon', () => {
    const { written, clock, progress } = watched(true);
    for (clock.now = 0; clock.now < 300; clock.now += 10) progress.update(clock.now, 300);
    progress.end();
    expect(written).toEqual([]);
  });

  it('shows count, rate and time left in one line, and takes it away', () => {
    const { written, clock, progress } = watched(true);
    clock.now = 2000;
    progress.update(500, 2000);
    expect(written).toEqual([
      '\r[######------------------] 500 of 2000 documents, 250 a second, 6 s left\u001b[K',
    ]);
    progress.end();
    expect(written.slice(1)).toEqual(['\r\u001b[K']);
    progress.end();
    expect(written).toHaveLength(2);
  });

  it('is written anew ten times a second at most', () => {
    const { written, clock, progress } = watched(true);
    for (clock.now = 0; clock.now < 2000; clock.now++) progress.update(clock.now, 2000);
    expect(written).toHaveLength(17);
  });

  it.each([0, 1, 10, 40, 500])('fits into %d columns', (columns) => {
    const { written, clock, progress } = watched(true, columns);
    clock.now = 1000;
    progress.update(1_000_000, 2_000_000);
    const [line = ''] = written.map((text) => stripVTControlCharacters(text).replace('\r', ''));
    // A terminal that does not know its width says 0.
    expect(line.length).toBeLessThan(columns || 80);
  });

  it.each([
    [80, '[######------------------] '],
    [60, '[##---------] '],
    [53, '[#---] '],
    [52, ''],
    [46, ''],
  ])('gives up its bar before its words in %d columns', (columns, bar) => {
    const { written, clock, progress } = watched(true, columns);
    clock.now = 2000;
    progress.update(500, 2000);
    expect(written).toEqual([`\r${bar}500 of 2000 documents, 250 a second, 6 s left\u001b[K`]);
  });

  it.each([
    [1000, 50, undefined, '50 documents, 50 a second'],
    [10_000, 1, 3, '1 of 3 documents, 0.1 a second, 20 s left'],
    [10_000, 100, 1000, '100 of 1000 documents, 10 a second, 1 min 30 s left'],
    [100_000, 100, 10_000, '100 of 10000 documents, 1.0 a second, 2 h 45 min left'],
    [1000, 10, 5, '10 of 5 documents, 10 a second, 0 s left'],
    [1000, 0, 0, '0 of 0 documents, 0.0 a second'],
    [1000, 0, 7, '0 of 7 documents, 0.0 a second'],
  ])('after %d ms, %d of %s: %s', (now, done, total, text) => {
    const { written, clock, progress } = watched(true, 200);
    clock.now = now;
    progress.update(done, total);
    expect(written[0]).toContain(text);
  });
});

describe('plain lines', () => {
  it('come each ten seconds and stay', () => {
    const { written, clock, progress } = watched(false);
    for (clock.now = 0; clock.now <= 25_000; clock.now += 100) progress.update(clock.now / 100, 300);
    progress.end();
    expect(written).toEqual([
      '100 of 300 documents, 10 a second, 20 s left\n',
      '200 of 300 documents, 10 a second, 10 s left\n',
    ]);
  });
});

it('shows nothing to a program that asks for nothing', async () => {
  expect(await showNoProgress('documents', async (onProgress) => onProgress(1, 2) ?? 'done')).toBe('done');
});

const script = '/usr/bin/script';

describe.skipIf(!existsSync(script))('dateline build on a terminal', () => {
  const files = {
    ...manySeeds(400),
    'publication.yaml': 'url: https://a.example/\nid: "tag:a.example,2026:"\nitems: 1\n',
  };

  it('shows a bar and leaves nothing of it', async () => {
    const dir = makeFolder(files);
    const out = join(makeFolder(), 'site');
    const command = `"${process.execPath}" src/node/cli.ts build "${dir}" --out "${out}"`;
    const seen = await new Promise<string>((resolve, reject) => {
      const env = { ...process.env, TERM: 'xterm' };
      const child = execFile(
        script,
        ['-qec', command, '/dev/null'],
        { cwd: checkout, env },
        (error, stdout) => (error === null ? resolve(stdout) : reject(error)),
      );
      child.stdin?.end();
    });
    const shown = seen.split('\r').map(stripVTControlCharacters);
    expect(shown).toContainEqual(
      expect.stringMatching(/^\[#*-*\] \d+ of \d+ documents, \d+ a second, \d+ s left$/),
    );
    // What stays on the screen of each line is what follows its last return to the start.
    const lines = seen.replaceAll('\r\n', '\n').split('\n');
    const left = lines.map((line) => stripVTControlCharacters(line.slice(line.lastIndexOf('\r') + 1)));
    expect(left.filter((line) => line !== '')).toEqual([
      expect.stringMatching(/: 400 articles in \d+ documents, \d+ objects for the edge$/),
    ]);
  }, 60_000);

  it('shows none where there is no terminal', async () => {
    const out = join(makeFolder(), 'site');
    expect(await dateline(['build', makeFolder(files), '--out', out])).toMatchObject({ code: 0, stderr: '' });
  }, 60_000);
});
