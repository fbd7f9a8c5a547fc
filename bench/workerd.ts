import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { unstable_readConfig } from 'wrangler';

const checkout = fileURLToPath(new URL('..', import.meta.url));

/** The worker in workerd, in its own process. */
export interface WorkerProcess {
  readonly url: URL;
  /** Processor time of the process in milliseconds. */
  cpuTime(): number;
  /** Bytes of the worker's heap, including those outside V8's own heap. */
  heap(): Promise<{ readonly uncollected: number; readonly held: number }>;
  stop(): Promise<void>;
}

/** Bundles the worker into a folder as a deploy would, without the [build] of wrangler.toml. */
export function bundleInto(folder: string): string {
  const config = unstable_readConfig({ config: join(checkout, 'wrangler.toml') });
  const { name, main, compatibility_date, minify, alias } = config;
  mkdirSync(join(folder, 'assets'), { recursive: true });
  const paths = Object.entries((alias ?? {}) as Record<string, string>).map(([name, path]) => [
    name,
    join(checkout, path),
  ]);
  const settings = {
    ...{ name, main, compatibility_date, minify, alias: Object.fromEntries(paths) },
    assets: { binding: 'ASSETS', directory: join(folder, 'assets'), run_worker_first: true },
  };
  writeFileSync(join(folder, 'wrangler.json'), JSON.stringify(settings));
  const wrangler = join(createRequire(import.meta.url).resolve('wrangler'), '../../bin/wrangler.js');
  const out = join(folder, 'bundle');
  const args = ['deploy', '--dry-run', '--outdir', out, '--config', join(folder, 'wrangler.json')];
  execFileSync(process.execPath, [wrangler, ...args], { cwd: checkout, stdio: 'pipe' });
  return out;
}

/** Starts a bundle with a folder of assets. */
export async function startWorkerd(bundle: string, assets: string): Promise<WorkerProcess> {
  const { compatibility_date } = unstable_readConfig({ config: join(checkout, 'wrangler.toml') });
  const before = new Set(workerds());
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      name: 'bench',
      inspectorPort: 0,
      modules: true,
      scriptPath: 'worker.js',
      rootPath: bundle,
      compatibilityDate: compatibility_date ?? '',
      assets: {
        directory: assets,
        binding: 'ASSETS',
        run_worker_first: true,
        routerConfig: { invoke_user_worker_ahead_of_assets: true, has_user_worker: true },
      },
    }),
  );
  const url = await runtime.ready;
  const pid = workerds().find((pid) => !before.has(pid)) ?? 0;
  return {
    url,
    cpuTime: () => {
      const fields = read(pid, 'stat')
        .replace(/^.*\) /s, '')
        .split(' ');
      // User and system time, in hundredths of a second (proc_pid_stat(5)).
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    heap: async () => heapOf(new URL('/core:user:bench', await runtime.getInspectorURL())),
    stop: () => runtime.dispose(),
  };
}

/** Asks the inspector before and after a collection. */
async function heapOf(inspector: URL): ReturnType<WorkerProcess['heap']> {
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

/** Lists the workerd processes that this process started. */
function workerds(): number[] {
  const pids = readable(() => readdirSync('/proc')) ?? [];
  return pids
    .map(Number)
    .filter((pid) => pid > 0 && new RegExp(`^\\d+ \\(workerd\\) \\S ${process.pid} `).test(read(pid, 'stat')));
}

function read(pid: number, file: string): string {
  return readable(() => readFileSync(`/proc/${pid}/${file}`, 'utf8')) ?? '';
}

function readable<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}
