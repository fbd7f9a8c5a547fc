import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { unstable_readConfig } from 'wrangler';

const checkout = fileURLToPath(new URL('..', import.meta.url));

/** The worker in workerd, in a process of its own. */
export interface WorkerProcess {
  readonly url: URL;
  /** Milliseconds that its process has had of the processor. */
  cpuTime(): number;
  /** Bytes of the worker's heap, those outside of the engine's own included. */
  heap(): Promise<{ readonly uncollected: number; readonly held: number }>;
  stop(): Promise<void>;
}

/** Bundles the worker as a deploy would, into a folder; the [build] of wrangler.toml is left out. */
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

/** Starts a bundle on a folder of assets. */
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
      // Counted in hundredths of a second (user and system time, proc_pid_stat(5)).
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    heap: async () => heapOf(new URL('/core:user:bench', await runtime.getInspectorURL())),
    stop: () => runtime.dispose(),
  };
}

/** Asks the inspector, before and after what is no longer held is collected. */
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
  // A snapshot begins with a collection. Workerd does not answer the method that is for that alone.
  const snapshot = { id: 2, method: 'HeapProfiler.takeHeapSnapshot', params: { reportProgress: false } };
  socket.send(JSON.stringify(snapshot));
  const held = await usage(3);
  socket.close();
  return { uncollected, held };
}

/** The processes of workerd that this one has started. */
function workerds(): number[] {
  const pids = readable(() => readdirSync('/proc')) ?? [];
  return pids
    .map(Number)
    .filter(
      (pid) => pid > 0 && new RegExp(`^\\d+ \\(workerd\\) \\S ${process.pid} `).test(read(pid, 'stat')),
    );
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
