import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { builtCommand } from '../built-command.ts';
import { ask, type Target } from '../http/targets.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** The command of a runtime that runs a script. */
export const commands = {
  Deno: [process.env.DENO ?? 'deno', 'run', '--allow-all', '--no-lock'],
  Bun: [process.env.BUN ?? 'bun', 'run'],
} as const;

type Runtime = keyof typeof commands;

/** Reports whether a runtime is installed; `DENO` and `BUN` in the environment name the binaries. */
export function isHere(runtime: Runtime): boolean {
  return spawnSync(commands[runtime][0], ['--version']).status === 0;
}

export const runtimes = Object.keys(commands) as readonly Runtime[];

/**
 * Compiles the package as it is published, once for all processes of the tests, into a folder where its dependencies
 * are found. The process that makes the folder compiles, and the others wait for at most two minutes.
 */
export function compile(): string {
  const folder = join(inject('runFolder'), 'package');
  const [unfinished, dist] = [join(folder, 'unfinished'), join(folder, 'dist')];
  if (mkdirSync(folder, { recursive: true }) === undefined) {
    for (let waits = 0; !existsSync(dist) && waits < 1200; waits++)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    if (!existsSync(dist)) throw new Error('another process of the tests has not compiled the package');
    return folder;
  }
  const tsc = join(checkout, 'node_modules/.bin/tsc');
  execFileSync(tsc, ['-p', 'tsconfig.build.json', '--outDir', unfinished], { cwd: checkout });
  cpSync(dirname(builtCommand), join(unfinished, 'command'), { recursive: true });
  for (const name of ['package.json', 'tests/runtimes/serve-app.js'])
    copyFileSync(join(checkout, name), join(folder, name.split('/').at(-1) ?? ''));
  cpSync(join(checkout, 'public'), join(folder, 'public'), { recursive: true });
  symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'));
  renameSync(unfinished, dist);
  return folder;
}

/** Serves a folder of articles by a runtime. */
export async function startRuntime(runtime: Runtime, dir: string): Promise<Target> {
  const folder = compile();
  const [program, ...args] = commands[runtime];
  const script = join(folder, 'serve-app.js');
  const child = spawn(program, [...args, script, join(folder, 'dist'), dir], { cwd: folder });
  let said = '';
  const port = await new Promise<string>((resolve, reject) => {
    const hear = (text: Buffer): void => {
      said += text;
      const [, port] = /port (\d+)/.exec(said) ?? [];
      if (port !== undefined) resolve(port);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => reject(new Error(said)));
  });
  return {
    request: (path, sent) => ask(new URL(`http://127.0.0.1:${port}`), path, sent),
    close: async () => {
      child.kill();
    },
  };
}
