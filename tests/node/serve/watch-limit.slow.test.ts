import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { ask } from '../../http/targets.ts';
import { builtCommand } from '../command.ts';
import { makeFolder, seed, writeFiles } from '../temporary-folder.ts';

const soon = { timeout: 30_000, interval: 100 };
/** Sets the limit of watches for the processes of a new user namespace alone. */
const limited = 'echo "$0" > /proc/sys/user/max_inotify_watches && exec "$@"';
const canLimit = spawnSync('unshare', ['-Ur', 'sh', '-c', limited, '5', 'true']).status === 0;

describe.skipIf(!canLimit)(
  'a server at the limit of watched folders (skipped where "unshare -Ur" may not set it)',
  () => {
    it('says so once, and still shows what changes everywhere', async () => {
      const dir = makeFolder(
        Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}/a${i}.md`, seed(`One ${i}`)])),
      );
      const command = [process.execPath, builtCommand, 'serve', dir, '--port', '0'];
      const child = spawn('unshare', ['-Ur', 'sh', '-c', limited, '5', ...command]);
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (text) => {
        stdout += text;
      });
      child.stderr.on('data', (text) => {
        stderr += text;
      });
      try {
        await expect.poll(() => stdout, soon).toMatch(/ is at http:\S+\n/);
        const url = new URL(/ is at (http:\S+)\n/.exec(stdout)?.[1] ?? '');
        const titles = async (): Promise<string> => (await ask(url, '/feed.json')).body.toString();
        writeFiles(dir, { '0/a0.md': seed('Two 0'), '19/a19.md': seed('Two 19'), '19/deep/new.md': seed('New') });
        for (const title of ['Two 0', 'Two 19', 'New']) await expect.poll(titles, soon).toContain(title);
        writeFiles(dir, { '19/deep/new.md': seed('Newer') });
        await expect.poll(titles, soon).toContain('Newer');
        expect(stderr.match(/^dateline: .*$/gm)).toEqual([
          expect.stringMatching(
            /watches no more folders, .* as root: sysctl fs\.inotify\.max_user_watches=\d+, and restart$/,
          ),
        ]);
      } finally {
        child.kill();
      }
    });
  },
);
