import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { commandLine } from '../../src/node/command-line.ts';
import type { StateOption } from '../../src/node/folder/options/state-option.ts';
import type { Output } from '../../src/node/serve/change-report.ts';
import { serveWithReport } from '../../src/node/serve/serve-command.ts';
import { reportError } from '../../src/node/terminal/command-help.ts';
import { afterFile } from '../after-file.ts';
import { builtCommand } from '../built-command.ts';

export { builtCommand };

export const checkout = fileURLToPath(new URL('../..', import.meta.url));
export const manifest: {
  readonly name: string;
  readonly version: string;
  readonly bin: { readonly dateline: string };
} = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));

/** The command as the checkout runs it, from source. */
export const sourceCommand = join(checkout, 'src/node/cli.ts');

/**
 * The Node.js of this machine, if it is another version than the one that runs the tests and new enough for Dateline.
 */
export const otherNode = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .find((node) => existsSync(node) && isOtherVersion(versionOf(node)));

function isOtherVersion(version: string): boolean {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  return version !== process.version && (major > 22 || (major === 22 && minor >= 13));
}

function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
}

/** How a command is run. */
export interface Setting {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** How a process is started. */
export interface ProcessSetting extends Setting {
  /** The Node.js that runs the command, by default the one that runs the tests. */
  readonly node?: string | undefined;
  /** The file that is run, by default the built command. */
  readonly command?: string;
  /** Another user who runs it. */
  readonly uid?: number;
  /** A file that takes the output instead of the result. */
  readonly stdout?: string;
  /** Milliseconds after which the process is killed, wherever it is. */
  readonly killAfter?: number;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starting is most of the work of a command here, so all test files share what Node.js compiles. */
const compileCache = join(inject('runFolder'), 'compile-cache');

function start(
  args: readonly string[],
  { env = {}, cwd = checkout, command = builtCommand, node = process.execPath, uid, stdout }: ProcessSetting,
) {
  const file = stdout === undefined ? undefined : openSync(stdout, 'w');
  const child = spawn(node, [command, ...args], {
    cwd,
    stdio: ['pipe', file ?? 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid }),
    env: { ...environment(), NODE_COMPILE_CACHE: compileCache, ...env },
  });
  afterFile(() => child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  if (file !== undefined) closeSync(file);
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, ...output });
    });
  });
  return { child, output, ended };
}

/** Runs `dateline` in a process of its own and waits until it ends. */
export function startDateline(args: readonly string[], setting: ProcessSetting = {}): Promise<Ended> {
  const { child, ended } = start(args, setting);
  const { killAfter } = setting;
  if (killAfter === undefined) return ended;
  const timer = setTimeout(() => child.kill('SIGKILL'), killAfter);
  return ended.finally(() => clearTimeout(timer));
}

let isRunning = false;

/**
 * Runs `dateline` from source inside the process of the tests, in a tenth of the time that a start takes. One at a
 * time: a run has the working directory, the environment and the output of the process to itself.
 */
export async function dateline(args: readonly string[], { env = {}, cwd = checkout }: Setting = {}): Promise<Ended> {
  if (isRunning) throw new Error('another command is running; start this one by startDateline');
  isRunning = true;
  const { stdout, stderr } = process;
  const before = { cwd: process.cwd(), env: process.env, code: process.exitCode };
  const writes = { stdout: stdout.write, stderr: stderr.write };
  const output = { stdout: '', stderr: '' };
  const capture = (name: keyof typeof output) => (text: string | Uint8Array) => {
    output[name] += text;
    return true;
  };
  process.chdir(cwd);
  process.env = { ...environment(), ...env };
  process.exitCode = undefined;
  stdout.write = capture('stdout');
  stderr.write = capture('stderr');
  try {
    const program = await commandLine(args[0]);
    await program.parseAsync(args, { from: 'user' }).catch((error: unknown) => {
      process.exitCode = reportError(error);
    });
    return { code: Number(process.exitCode ?? 0), ...output };
  } finally {
    stdout.write = writes.stdout;
    stderr.write = writes.stderr;
    process.exitCode = before.code;
    process.env = before.env;
    process.chdir(before.cwd);
    isRunning = false;
  }
}

/** The environment of the tests without what changes the behavior of the command. */
function environment(): NodeJS.ProcessEnv {
  const { SITE_URL, PORT, HOST, FORCE_COLOR, NO_COLOR, ...inherited } = process.env;
  return inherited;
}

/** A `dateline serve` that is ready. */
export interface Served {
  readonly url: URL;
  /** What it has written so far. */
  readonly output: Readonly<Pick<Ended, 'stdout' | 'stderr'>>;
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** A `dateline serve` in a process of its own. */
export interface ServedElsewhere extends Served {
  signal(signal: NodeJS.Signals): void;
}

/** What a server inside the process of the tests does, if not the default. */
export interface HereOptions extends StateOption {
  /** Whether it notifies the hub. */
  readonly ping?: boolean;
}

/**
 * Serves a folder from source inside the process of the tests, which takes a tenth of the time of a process of its own.
 */
export async function serveHere(dir: string, options: HereOptions = {}): Promise<Served> {
  const output = { stdout: '', stderr: '' };
  const capture = (name: keyof typeof output) =>
    new Writable({
      write: (text, _, done) => {
        output[name] += text;
        done();
      },
    }) as Output;
  const all = { port: 0, host: '127.0.0.1', watch: true, ping: false, ...options };
  const { url, close } = await serveWithReport(dir, all, capture('stdout'), capture('stderr'));
  return { url: new URL(url), output, stop: () => close().then(() => ({ code: 0, ...output })) };
}

export async function startServe(args: readonly string[], setting: ProcessSetting = {}): Promise<ServedElsewhere> {
  const { child, output, ended } = start(['serve', '--port', '0', ...args], setting);
  const url = await new Promise<string>((resolve, reject) => {
    const findUrl = (): void => {
      // With an access log on standard output, it is on the other.
      const found = [output.stdout, output.stderr].map((text) => / is at (http:\S+)\n(?:.*\n){3}/.exec(text)?.[1]);
      const url = found.find((one) => one !== undefined);
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on('data', findUrl);
    child.stderr?.on('data', findUrl);
    void ended.then(({ stderr }) => reject(new Error(stderr)));
  });
  return {
    url: new URL(url),
    output,
    signal: (signal) => void child.kill(signal),
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}
