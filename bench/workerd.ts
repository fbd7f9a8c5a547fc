import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { unstable_readConfig } from 'wrangler';
import { threadTimeOf } from './process.ts';
import { makeFolder } from './site.ts';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const requireHere = createRequire(import.meta.url);

/** The worker in workerd, in its own process. */
export interface WorkerProcess {
  readonly url: URL;
  /** Processor time of the process in milliseconds. */
  cpuTime(): number;
  /** Bytes of the worker's heap, including those outside V8's own heap. */
  heap(): Promise<{ readonly uncollected: number; readonly held: number }>;
  stop(): Promise<void>;
}

export interface WorkerOptions {
  /** The folder of static assets. */
  readonly assets: string;
  /** Values of bindings, as JSON. */
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Bundles a worker into a file as a deploy would, without the [build] of wrangler.toml. */
export function bundleWorker(main = ''): string {
  const config = unstable_readConfig({ config: join(checkout, 'wrangler.toml') });
  const { name, compatibility_date, minify, keep_names, alias } = config;
  const folder = makeFolder();
  mkdirSync(join(folder, 'assets'));
  const paths = Object.entries((alias ?? {}) as Record<string, string>).map(([name, path]) => [
    name,
    join(checkout, path),
  ]);
  const settings = {
    ...{
      name,
      main: main || config.main,
      compatibility_date,
      minify: process.env.PROFILE ? false : minify,
      keep_names,
      alias: Object.fromEntries(paths),
    },
    assets: { binding: 'ASSETS', directory: join(folder, 'assets'), run_worker_first: true },
  };
  writeFileSync(join(folder, 'wrangler.json'), JSON.stringify(settings));
  const wrangler = join(requireHere.resolve('wrangler'), '../../bin/wrangler.js');
  const out = join(folder, 'bundle');
  const args = ['deploy', '--dry-run', '--outdir', out, '--config', join(folder, 'wrangler.json')];
  execFileSync(process.execPath, [wrangler, ...args], { cwd: checkout, stdio: 'pipe' });
  return join(out, `${(main || config.main || '').replace(/^.*\/|\.ts$/g, '')}.js`);
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts a bundle in workerd itself, without a simulator of Cloudflare's services, whose processor time would count.
 * Assets come from workerd's own server of files, and the cache of the data center is always empty.
 */
export async function startWorkerd(bundle: string, { assets, values = {} }: WorkerOptions): Promise<WorkerProcess> {
  const { compatibility_date } = unstable_readConfig({ config: join(checkout, 'wrangler.toml') });
  const folder = makeFolder({ 'worker.js': readFileSync(bundle, 'utf8'), 'cache.js': emptyCache });
  const text = JSON.stringify;
  const bindings = Object.entries(values).map(
    ([name, value]) => `, (name = ${text(name)}, json = ${text(text(value))})`,
  );
  writeFileSync(
    join(folder, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "bench", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = ${text(compatibility_date)},
      bindings = [(name = "ASSETS", service = "assets")${bindings.join('')}],
      cacheApiOutbound = "cache"
    )),
    (name = "assets", disk = ${text(assets)}),
    (name = "cache", worker = (
      modules = [(name = "cache.js", esModule = embed "cache.js")],
      compatibilityDate = ${text(compatibility_date)}
    ))
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "bench")]
);
`,
  );
  const { default: workerd } = requireHere('workerd') as { readonly default: string };
  const args = ['serve', join(folder, 'config.capnp'), '--control-fd=3', '--inspector-addr=127.0.0.1:0'];
  const child = spawn(workerd, args, { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
  running.add(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve())).then(() => {
    running.delete(child);
  });
  const ports = new Map<string, number>();
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stdio[3] as NodeJS.ReadableStream).on('line', (line) => {
      const { event, socket = 'inspector', port } = JSON.parse(line);
      if (/^listen/.test(event)) ports.set(socket, port);
      if (ports.size === 2) resolve();
    });
    void ended.then(() => reject(new Error('workerd ended')));
  });
  return {
    url: new URL(`http://127.0.0.1:${ports.get('http')}`),
    cpuTime: () => threadTimeOf(child.pid),
    heap: () => heapOf(`ws://127.0.0.1:${ports.get('inspector')}/bench`),
    stop: () => {
      child.kill();
      return ended;
    },
  };
}

/** Answers as a cache that has nothing and keeps nothing. */
const emptyCache = `export default {
  fetch: ({ method }) =>
    method === 'PUT' ? new Response(null, { status: 204 }) : new Response(null, { status: 504, headers: { 'CF-Cache-Status': 'MISS' } }),
};
`;
/** Asks the inspector before and after a collection. */
async function heapOf(inspector: string): ReturnType<WorkerProcess['heap']> {
  const socket = new WebSocket(inspector);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const usage = (id: number): Promise<number> =>
    new Promise((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const { id: answered, result } = JSON.parse(String(data));
        if (answered === id) resolve(result.usedSize + result.backingStorageSize);
      });
      socket.send(JSON.stringify({ id, method: 'Runtime.getHeapUsage' }));
    });
  const uncollected = await usage(1);
  // A snapshot begins with a collection. Workerd does not support the method that only collects.
  const snapshot = { id: 2, method: 'HeapProfiler.takeHeapSnapshot', params: { reportProgress: false } };
  socket.send(JSON.stringify(snapshot));
  const held = await usage(3);
  socket.close();
  return { uncollected, held };
}
