import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(new URL('..', import.meta.url));
/** The command as it is installed, from which it starts in half the time. */
export const builtCommand = join(checkout, 'dist/command/dateline.cjs');

/** Builds the command for tests and benchmarks, unless it is up to date. Returns its path. */
export function buildCommand(): string {
  const inputs = ['src', 'licenses', 'package.json', 'package-lock.json', 'rolldown.config.ts'];
  const built = statSync(builtCommand, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (inputs.every((input) => lastChange(join(checkout, input)) < built)) return builtCommand;
  const rolldown = join(checkout, 'node_modules/.bin/rolldown');
  execFileSync(rolldown, ['--config', '--logLevel', 'silent'], {
    cwd: checkout,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return builtCommand;
}

/** Returns when a file or anything in a folder last changed. A folder changes when a file in it is removed. */
function lastChange(path: string): number {
  const stats = statSync(path);
  const inside = stats.isDirectory() ? readdirSync(path).map((name) => lastChange(join(path, name))) : [];
  return Math.max(stats.mtimeMs, ...inside);
}
