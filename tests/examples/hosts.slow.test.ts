/**
 * The projects in `examples/` that mount feeds in a framework are built and served as their readers do it. `HOSTS` is a
 * folder with a folder for each framework, in which npm has installed what the example and this package depend on.
 */
import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { checkout } from '../node/command.ts';
import { makeFolder } from '../node/temporary-folder.ts';
import { compile } from '../runtimes/runtimes.ts';
import { hosts } from './hosts.ts';

const { HOSTS = '' } = process.env;
const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing) close();
});

const isHere = (host: string): boolean => host === 'hono' || existsSync(join(HOSTS, host, 'node_modules'));

/** Copies an example to where its packages are found, and puts the package beside it as npm does. */
function install(host: string): string {
  const dir = host === 'hono' ? makeFolder() : mkdtempSync(join(HOSTS, host, 'example-'));
  closing.push(() => rmSync(dir, { recursive: true, force: true }));
  cpSync(join(checkout, 'examples', host), dir, { recursive: true });
  const modules = join(dir, 'node_modules');
  if (host === 'hono') {
    mkdirSync(join(modules, '@hono'), { recursive: true });
    for (const name of ['hono', '@hono/node-server'])
      symlinkSync(join(checkout, 'node_modules', name), join(modules, name));
    symlinkSync(compile(), join(modules, 'dateline-feeds'));
    return dir;
  }
  // Next leaves out what is a link out of the project.
  const filter = (path: string): boolean => !path.endsWith('node_modules');
  cpSync(compile(), join(modules, 'dateline-feeds'), { recursive: true, filter });
  return dir;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    }),
  );
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Builds the project and starts it. Returns its address. */
async function start(host: string): Promise<string> {
  const dir = install(host);
  const bin = join(HOSTS, host, 'node_modules/.bin');
  const port = await freePort();
  const env = {
    ...process.env,
    PATH: `${bin}:${process.env.PATH}`,
    PORT: `${port}`,
    HOST: '127.0.0.1',
    HOSTNAME: '127.0.0.1',
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
  };
  if (host !== 'hono') await promisify(execFile)('npm', ['run', 'build'], { cwd: dir, env, timeout: 200_000 });
  // In a group of its own, so that what npm starts ends with it.
  const server = spawn('npm', ['start'], { cwd: dir, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (said += text));
  closing.unshift(() => process.kill(-(server.pid ?? 0), 'SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  const isUp = () =>
    fetch(url).then(
      () => (said.includes('EADDRINUSE') ? 'taken' : 'up'),
      () => said,
    );
  await expect.poll(isUp, { timeout: 30_000, interval: 100 }).toBe('up');
  return url;
}

describe.each(hosts)('examples/%s', (host) => {
  it.skipIf(!isHere(host))(
    `serves the feeds below /news ${isHere(host) ? '' : '(HOSTS)'}`,
    async () => {
      const base = await start(host);
      const get = (path: string, init?: RequestInit) => fetch(base + path, { redirect: 'manual', ...init });
      for (const [path, type] of [
        ['rss.xml', 'application/rss+xml'],
        ['atom.xml', 'application/atom+xml'],
        ['feed.json', 'application/feed+json'],
        ['tags/harbour/rss.xml', 'application/rss+xml'],
        ['', 'text/html'],
        ['style.css', 'text/css'],
      ]) {
        const response = await get(`/news/${path}`);
        expect([path, response.status, response.headers.get('Content-Type')]).toEqual([
          path,
          200,
          expect.stringContaining(type ?? ''),
        ]);
        expect((await response.text()).length).toBeGreaterThan(100);
      }
      const feed = await get('/news/rss.xml');
      expect(await feed.text()).toContain('href="https://example.org/news/rss.xml" rel="self"');
      const again = await get('/news/rss.xml', { headers: { 'If-None-Match': feed.headers.get('ETag') ?? '' } });
      expect(again.status).toBe(304);
      // An old address of a feed leads to the new one, and /news to the front page.
      expect((await get('/news')).headers.get('Location')).toMatch(/news\/$/);
      expect((await get('/news/articles/none')).status).toBe(404);
      const head = await get('/news/rss.xml', { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
    },
    300_000,
  );
});
