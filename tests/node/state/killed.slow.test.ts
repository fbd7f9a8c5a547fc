import { cpSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { dateline, startDateline, startServe } from '../command.ts';
import { canMount, mountDisk, setReadOnly } from '../mounts.ts';
import { makeFolder, manySeeds, seed, writeFiles } from '../temporary-folder.ts';

const publication = { 'publication.yaml': 'url: https://daily.example/\nid: "tag:daily.example,2025:"\n' };

describe('a state', { timeout: 300_000 }, () => {
  it('costs only time when a server is killed at any moment of writing it', async () => {
    const source = makeFolder({ ...publication, ...manySeeds(2000), 'broken.md': '# No date\n' });
    const expected = await dateline(['check', source, '--no-state']);
    const dir = join(makeFolder(), 'news');
    cpSync(source, dir, { recursive: true, preserveTimestamps: true });
    const ours = (stdout: string): string => stdout.replaceAll(source, dir);
    for (let kill = 0; kill < 15; kill++) {
      const server = await startServe([dir]);
      await setTimeout(200 + 40 * kill);
      await server.stop('SIGKILL');
      writeFiles(dir, { 'broken.md': `# No date, ${kill}\n` });
      if (kill % 5 !== 4) continue;
      writeFiles(dir, { 'broken.md': '# No date\n' });
      const { code, stderr } = await dateline(['check', dir, '--verify-state']);
      // On a slow machine, no server has lived long enough to write a state.
      if (!stderr.endsWith(': there is no state to compare\n')) expect(code, stderr).toBe(0);
      expect((await dateline(['check', dir])).stdout).toBe(ours(expected.stdout));
    }
  });

  it('is written by two servers and a build at once', async () => {
    const dir = makeFolder({ ...publication, ...manySeeds(500) });
    const servers = await Promise.all([startServe([dir]), startServe([dir])]);
    const built = startDateline(['build', dir, '--out', join(makeFolder(), 'out')]);
    for (let save = 0; save < 20; save++) {
      // In one step: a build has no second look at a file that is half written.
      writeFiles(dir, { '.0001.md.new': seed(`Save ${save}`, '2026-10-02') });
      renameSync(join(dir, '.0001.md.new'), join(dir, '0001.md'));
      await setTimeout(50);
    }
    const { code, stderr } = await built;
    expect(code, stderr).toBe(0);
    for (const server of servers)
      await expect
        .poll(async () => (await fetch(new URL('rss.xml', server.url))).text(), { timeout: 30_000 })
        .toContain('<title>Save 19</title>');
    await Promise.all(servers.map((server) => server.stop()));
    expect(await dateline(['check', dir, '--verify-state'])).toMatchObject({ code: 0 });
  });

  it.runIf(canMount)('is used no more in a folder that becomes read-only, and missed by nobody', async () => {
    const dir = mountDisk(16_384);
    writeFiles(dir, { ...publication, ...manySeeds(100) });
    const expected = await dateline(['check', dir, '--no-state']);
    await dateline(['check', dir]);
    setReadOnly(dir, true);
    expect(await dateline(['check', dir])).toEqual(expected);
    const server = await startServe([dir]);
    expect((await fetch(new URL('rss.xml', server.url))).status).toBe(200);
    await server.stop();
    setReadOnly(dir, false);
  });

  it.runIf(canMount)('that fills the disk is done without', async () => {
    const dir = mountDisk(700);
    writeFiles(dir, { ...publication, ...manySeeds(60) });
    const server = await startServe([dir]);
    await setTimeout(3000);
    for (const path of ['rss.xml', 'archive/1/rss.xml'])
      expect((await fetch(new URL(path, server.url))).status).toBe(200);
    // No stack. The ledger may find no room either, and then says so.
    expect(server.output.stderr).not.toMatch(/^ +at /m);
    await server.stop();
    expect(await dateline(['check', dir])).toEqual(await dateline(['check', dir, '--no-state']));
  });
});
