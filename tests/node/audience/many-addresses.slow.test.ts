import { execFile } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { builtCommand } from '../command.ts';
import { makeFolder } from '../temporary-folder.ts';

/** Megabytes of heap, in which a command that remembers the clients of all days runs out of memory. */
const heap = 128;
const days = 6;
const clients = 250_000;

it(`a log with ${days * clients} readers is counted with ${heap} MB`, { timeout: 300_000 }, async () => {
  const log = join(makeFolder(), 'access.log');
  const file = openSync(log, 'w');
  for (let day = 1; day <= days; day++) {
    for (let from = 0; from < clients; from += 1000) {
      const lines = Array.from({ length: 1000 }, (_, i) => {
        const [a, b, c] = [(from + i) >> 16, ((from + i) >> 8) & 255, (from + i) & 255];
        return `10.${a}.${b}.${c} - - [0${day}/Nov/2026:02:03:04 +0000] "GET /rss.xml HTTP/1.1" 304 0 "-" "Miniflux/2.2"\n`;
      });
      writeSync(file, lines.join(''));
    }
  }
  closeSync(file);
  const args = [`--max-old-space-size=${heap}`, builtCommand, 'audience', log, '--json'];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 24 });
  expect(stderr).toBe(`${days * clients} lines, ${days * clients} of them about feeds and episodes\n`);
  const { feeds } = JSON.parse(stdout);
  expect(feeds[0].days.map(({ direct }: { readonly direct: number }) => direct)).toEqual(Array(days).fill(clients));
});
