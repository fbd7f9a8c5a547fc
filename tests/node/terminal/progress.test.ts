import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { showNoProgress, startProgress } from '../../../src/node/terminal/progress.ts';
import { builtCommand, checkout, dateline } from '../command.ts';
import { makeFolder, manySeeds } from '../temporary-folder.ts';

/** Progress on a clock set by the test, and the text it writes. */
function testProgress(isTTY: boolean, columns = 80) {
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
  it('does not appear for short work', () => {
    const { written, clock, progress } = testProgress(true);
    for (clock.now = 0; clock.now < 300; clock.now += 10) progress.update(clock.now, 300);
    progress.end();
    expect(written).toEqual([]);
  });

  it('shows count, rate and time left in one line, and clears it', () => {
    const { written, clock, progress } = testProgress(true);
    clock.now = 2000;
    progress.update(500, 2000);
    expect(written).toEqual(['\r[######------------------] 500 of 2000 documents, 250 a second, 6 s left\u001b[K']);
    progress.end();
    expect(written.slice(1)).toEqual(['\r\u001b[K']);
    progress.end();
    expect(written).toHaveLength(2);
  });

  it('is updated at most ten times a second', () => {
    const { written, clock, progress } = testProgress(true);
    for (clock.now = 0; clock.now < 2000; clock.now++) progress.update(clock.now, 2000);
    expect(written).toHaveLength(17);
  });

  it.each([0, 1, 10, 40, 500])('fits in %d columns', (columns) => {
    const { written, clock, progress } = testProgress(true, columns);
    clock.now = 1000;
    progress.update(1_000_000, 2_000_000);
    const [line = ''] = written.map((text) => stripVTControlCharacters(text).replace('\r', ''));
    // A terminal of unknown width reports 0.
    expect(line.length).toBeLessThan(columns || 80);
  });

  it.each([
    [80, '[######------------------] '],
    [60, '[##---------] '],
    [53, '[#---] '],
    [52, ''],
    [46, ''],
  ])('drops the bar before the words in %d columns', (columns, bar) => {
    const { written, clock, progress } = testProgress(true, columns);
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
    const { written, clock, progress } = testProgress(true, 200);
    clock.now = now;
    progress.update(done, total);
    expect(written[0]).toContain(text);
  });
});

describe('plain lines', () => {
  it('are written every ten seconds and stay', () => {
    const { written, clock, progress } = testProgress(false);
    for (clock.now = 0; clock.now <= 25_000; clock.now += 100) progress.update(clock.now / 100, 300);
    progress.end();
    expect(written).toEqual([
      '100 of 300 documents, 10 a second, 20 s left\n',
      '200 of 300 documents, 10 a second, 10 s left\n',
    ]);
  });
});

it('shows nothing to a calling program', async () => {
  expect(await showNoProgress('documents', async (onProgress) => onProgress(1, 2) ?? 'done')).toBe('done');
});

const script = '/usr/bin/script';

describe.skipIf(!existsSync(script))('dateline build on a terminal', () => {
  const publication = 'url: https://a.example/\nid: "tag:a.example,2026:"\nitems: 1\n';

  it('shows a bar and clears it', async () => {
    const dir = makeFolder({ ...manySeeds(400), 'publication.yaml': publication });
    const out = join(makeFolder(), 'site');
    const command = `"${process.execPath}" "${builtCommand}" build "${dir}" --out "${out}"`;
    const seen = await new Promise<string>((resolve, reject) => {
      const env = { ...process.env, TERM: 'xterm' };
      const child = execFile(script, ['-qec', command, '/dev/null'], { cwd: checkout, env }, (error, stdout) =>
        error === null ? resolve(stdout) : reject(error),
      );
      child.stdin?.end();
    });
    const shown = seen.split('\r').map(stripVTControlCharacters);
    expect(shown).toContainEqual(expect.stringMatching(/^\[#*-*\] \d+ of \d+ documents, \d+ a second, \d+ s left$/));
    // Only the text after the last carriage return of a line stays on the screen.
    const lines = seen.replaceAll('\r\n', '\n').split('\n');
    const left = lines.map((line) => stripVTControlCharacters(line.slice(line.lastIndexOf('\r') + 1)));
    expect(left.filter((line) => line !== '')).toEqual([
      expect.stringMatching(/: 400 articles in \d+ documents, \d+ objects for the edge$/),
    ]);
  }, 60_000);

  it('shows no bar without a terminal', async () => {
    // Long enough for a bar; lines of plain text are due every ten seconds.
    const dir = makeFolder({ ...manySeeds(100), 'publication.yaml': publication });
    const out = join(makeFolder(), 'site');
    const { code, stderr } = await dateline(['build', dir, '--out', out]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^(?:\d+ of \d+ \w+, .*\n)*$/);
    expect(stderr).not.toContain('\r');
  }, 60_000);
});
