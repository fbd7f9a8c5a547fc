import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, inject } from 'vitest';

export const checkout = fileURLToPath(new URL('../..', import.meta.url));
export const manifest: { readonly version: string; readonly bin: { readonly dateline: string } } = JSON.parse(
  readFileSync(join(checkout, 'package.json'), 'utf8'),
);

/** The command as the checkout runs it, from source. */
export const sourceCommand = join(checkout, 'src/node/cli.ts');
/** The command as it is installed. `tests/global-setup.ts` builds it before the tests, and it starts in half the time. */
export const builtCommand = join(checkout, manifest.bin.dateline);

/** The Node.js of this machine, where it is another version than the one that runs the tests. */
export const otherNode = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .find((node) => existsSync(node) && versionOf(node) !== process.version);

function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
}

export interface Setting {
  /** What runs it; by default the Node.js that runs the tests. */
  readonly node?: string | undefined;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly command?: string;
  /** Who runs it, where that is another user. */
  readonly uid?: number;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starting is most of the work of a command here, so all test files share what Node.js compiles. */
const compileCache = join(inject('runFolder'), 'compile-cache');
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

function start(
  args: readonly string[],
  { env = {}, cwd = checkout, command = builtCommand, node = process.execPath, uid }: Setting,
) {
  const { SITE_URL, PORT, HOST, FORCE_COLOR, NO_COLOR, ...inherited } = process.env;
  const child = spawn(node, [command, ...args], {
    cwd,
    ...(uid === undefined ? {} : { uid }),
    env: { ...inherited, NODE_COMPILE_CACHE: compileCache, ...env },
  });
  running.add(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code, ...output });
    });
  });
  return { child, output, ended };
}

/** Runs `dateline` to its end. */
export function dateline(args: readonly string[], setting: Setting = {}): Promise<Ended> {
  return start(args, setting).ended;
}

/** A `dateline serve` that is ready. */
export interface Served {
  readonly url: URL;
  /** What it has written so far. */
  readonly output: Readonly<Pick<Ended, 'stdout' | 'stderr'>>;
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

export async function startServe(args: readonly string[], setting: Setting = {}): Promise<Served> {
  const { child, output, ended } = start(['serve', '--port', '0', ...args], setting);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const [, url] = / is at (http:\S+)\n(?:.*\n){3}/.exec(output.stdout) ?? [];
      if (url !== undefined) resolve(url);
    });
    void ended.then(({ stderr }) => reject(new Error(stderr)));
  });
  return {
    url: new URL(url),
    output,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}
