import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningServer, serve } from '../../src/node/serve/serve.ts';
import { serveStore } from '../../src/node/serve/store/serve-store.ts';
import { folderStore } from '../../src/node/store/folder-store.ts';
import { dateline } from '../node/command.ts';
import { makeFolder, manySeeds, seed, writeFiles } from '../node/temporary-folder.ts';
import { answering, freePort } from './free-port.ts';

const varnishd = process.env.VARNISHD ?? '/usr/sbin/varnishd';
const vcl = new URL('../../docs/deploy/files/varnish.vcl', import.meta.url);
const isHere = spawnSync(varnishd, ['-C', '-f', vcl.pathname]).status === 0;

describe.skipIf(!isHere)(
  `Varnish between a server and its readers${isHere ? '' : ` (not at ${varnishd} with the module xkey; VARNISHD names it)`}`,
  () => {
    let url: string;
    let dir: string;
    let running: RunningServer | undefined;
    let varnish: ReturnType<typeof spawn> | undefined;
    let ports: readonly [cache: number, server: number];
    const warnings: string[] = [];

    beforeEach(async () => {
      ports = [await freePort(), await freePort()];
      url = `http://127.0.0.1:${ports[0]}/`;
      warnings.length = 0;
      dir = makeFolder({
        ...manySeeds(12),
        'publication.yaml': `url: ${url}\nitems: 3\npurge: ${url}purge\n`,
      });
    });
    afterEach(async () => {
      varnish?.kill();
      await running?.close();
    });

    /** Starts Varnish, in front of a server that starts later: each server purges first. */
    async function startVarnish(): Promise<void> {
      const state = makeFolder();
      const file = join(state, 'varnish.vcl');
      writeFileSync(file, readFileSync(vcl, 'utf8').replace('"3000"', `"${ports[1]}"`));
      const options = ['-F', '-j', 'none', '-f', file, '-a', `127.0.0.1:${ports[0]}`, '-n', state, '-s', 'malloc,32m'];
      varnish = spawn(varnishd, options, { stdio: 'ignore' });
      await expect
        .poll(
          () =>
            fetch(url).then(
              ({ status }) => status,
              () => 0,
            ),
          { timeout: 15_000 },
        )
        .toBe(503);
    }
    const ask = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
      const response = await fetch(new URL(path, url), { headers });
      return { status: response.status, text: await response.text(), headers: Object.fromEntries(response.headers) };
    };
    /** Whether each path is answered from the cache. */
    const cached = async (...paths: string[]) =>
      Promise.all(paths.map(async (path) => (await ask(path)).headers['x-cache']));
    const event = { onRead: () => {}, onError: ({ message }: Error) => void warnings.push(message) };

    it('shows a new article at once, and keeps what did not change', async () => {
      await startVarnish();
      running = await serve(dir, {
        ...event,
        port: ports[1],
        host: '127.0.0.1',
        watch: true,
        onPurgeWarning: (line) => warnings.push(line),
      });
      await answering(new URL('healthz', url));
      const kept = ['archive/1/rss.xml', 'articles/0002', 'tags/none/rss.xml'];
      const outdated = ['rss.xml', 'articles/new', 'feeds.opml', 'languages/en/atom.xml'];
      await cached(...kept, ...outdated);
      expect(await cached(...kept, ...outdated)).toEqual(new Array(7).fill('hit'));
      const { headers } = await ask('rss.xml');
      expect(headers['cache-control']).toBe('public, max-age=3600');
      expect(Object.keys(headers).filter((name) => /surrogate|cdn|xkey/.test(name))).toEqual([]);

      writeFiles(dir, { 'new.md': seed('Brand new', '2026-03-02') });
      await expect.poll(async () => (await ask('rss.xml')).text, { timeout: 10_000 }).toContain('>Brand new<');
      expect(await ask('articles/new')).toMatchObject({ status: 200 });
      expect(await cached(...kept.slice(0, 2))).toEqual(['hit', 'hit']);
      expect(warnings).toEqual([]);
    }, 60_000);

    it('keeps browsers and feed readers apart, and accepts no POST elsewhere', async () => {
      await startVarnish();
      running = await serve(dir, { ...event, port: ports[1], host: '127.0.0.1', watch: false });
      await answering(new URL('healthz', url));
      const type = async (headers: Readonly<Record<string, string>>) =>
        (await ask('rss.xml', headers)).headers['content-type'];
      for (let i = 0; i < 2; i++) {
        expect(await type({ 'Sec-Fetch-Dest': 'document' })).toBe('application/xml; charset=utf-8');
        expect(await type({})).toBe('application/rss+xml; charset=utf-8');
      }
      expect((await fetch(new URL('rss.xml', url), { method: 'POST' })).status).toBe(405);
    }, 60_000);

    it('shows what is published into a store', async () => {
      const [store, out] = [join(makeFolder(), 'store'), join(makeFolder(), 'site')];
      const args = ['publish', dir, '--store', store, '--out', out];
      // Varnish does not run yet.
      expect((await dateline(args)).stderr).toMatch(
        /^dateline: the edition is published, but the cache keeps outdated/m,
      );
      await startVarnish();
      running = await serveStore(folderStore(store), { ...event, port: ports[1], host: '127.0.0.1' });
      await answering(new URL('healthz', url));
      await cached('rss.xml', 'archive/1/rss.xml');
      writeFiles(dir, { 'new.md': seed('Brand new', '2026-03-02') });
      expect(await dateline(args)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^\d tags purged from the cache$/m),
      });
      expect((await ask('rss.xml')).text).toContain('>Brand new<');
      expect(await cached('archive/1/rss.xml')).toEqual(['hit']);
      // Nothing changed, so there is nothing to purge or to wait for.
      expect(await dateline(args)).toMatchObject({ code: 0, stdout: expect.not.stringContaining('purged') });
      await dateline([...args, '--rollback']);
      expect((await ask('rss.xml')).text).not.toContain('>Brand new<');
    }, 120_000);
  },
);
