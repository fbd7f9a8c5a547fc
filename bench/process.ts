import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { quick } from './measure.ts';

/** A server of `server.ts` in its own process. */
export interface ServerProcess {
  readonly port: number;
  /** Processor time of its threads in milliseconds; `NaN` if the system does not report it. */
  cpuTime(): number;
  /** Memory in bytes after a collection. */
  memory(): Promise<NodeJS.MemoryUsage>;
  /** Ends the process with SIGTERM. Resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** Whether servers can be pinned to the first core, which leaves the others to the sender. */
export const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0;

/** Keeps this process, the sender, off the core of the servers. */
export function pinSender(): void {
  if (canPin) spawnSync('taskset', ['-a', '-cp', '1', String(process.pid)]);
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a server with a file or folder as its input. `ownFlags` are flags for Node.js. */
export async function startServer(
  kind: 'ours' | 'bare' | 'peer',
  input: string,
  ownFlags: readonly string[] = [],
): Promise<ServerProcess> {
  const file = fileURLToPath(new URL('server.ts', import.meta.url));
  const command = [process.execPath, '--expose-gc', ...ownFlags, ...flags, file, kind, input];
  const [program = '', ...args] = canPin ? ['taskset', '-c', '0', ...command] : command;
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  running.add(child);
  const ended = once(child, 'exit').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  const port = await Promise.race([
    once(child, 'message').then(([port]) => port as number),
    ended.then((code) => Promise.reject(new Error(`the ${kind} server ended with ${code}`))),
  ]);
  return {
    port,
    cpuTime: () => threadTimeOf(child.pid),
    memory: async () => {
      child.send('memory');
      const [memory] = await once(child, 'message');
      return memory as NodeJS.MemoryUsage;
    },
    stop: () => {
      child.kill();
      return ended;
    },
  };
}

/** Flags for Node.js such as `--cpu-prof`. */
const flags = process.env.BENCH_SERVER_FLAGS?.split(' ') ?? [];

/** Processor time of a process in milliseconds; `NaN` if the system does not report it. */
export function cpuTimeOf(pid = 0): number {
  // User and system time (proc_pid_stat(5)).
  return statOf(pid, 11) + statOf(pid, 12);
}

/**
 * Processor time of a process's running threads in milliseconds; `NaN` if the system does not report it. The process's
 * own time is in hundredths of a second, too coarse for short turns, but includes threads that have ended.
 */
export function threadTimeOf(pid = 0): number {
  try {
    const tasks = `/proc/${pid}/task`;
    // In nanoseconds (Linux, sched-stats).
    const times = readdirSync(tasks).map((thread) => readFileSync(`${tasks}/${thread}/schedstat`, 'utf8'));
    return times.reduce((sum, text) => sum + Number(text.split(' ')[0]) / 1e6, 0);
  } catch {
    return Number.NaN;
  }
}

/** Returns the resident memory of a process in MB, after the collection that it makes on SIGUSR2. */
export async function residentMemory(child: ChildProcess): Promise<number> {
  child.kill('SIGUSR2');
  await setTimeout(quick ? 100 : 2000);
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1000;
}

/**
 * Runs a command to its end and returns its processor time in milliseconds, which other work on the machine changes
 * least, or how long it took if the system reports no processor time.
 */
export function timeOf(command: string, args: readonly string[]): number {
  // User and system time of the processes that this one has waited for.
  const cpuTime = (): number => statOf('self', 13) + statOf('self', 14);
  const [begin, before] = [performance.now(), cpuTime()];
  const { status, stderr, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${stderr}${stdout}`);
  const used = cpuTime() - before;
  return Number.isNaN(used) ? performance.now() - begin : used;
}

function statOf(pid: number | 'self', field: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    // In hundredths of a second.
    return Number(fields[field]) * 10;
  } catch {
    return Number.NaN;
  }
}
