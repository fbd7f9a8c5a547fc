import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const command = join(checkout, 'dist/command/dateline.cjs');

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for what test files share. It is removed after the run. */
    readonly runFolder: string;
    /** The step of the tests that runs: `npm test` or `npm run test:slow`. */
    readonly step: 'quick' | 'slow';
  }
}

/** Builds the command that the tests start, unless it is up to date, and makes the folder of the run. */
export default function setup(project: TestProject): () => void {
  buildCommand();
  project.onTestsRerun(async () => buildCommand());
  const folder = mkdtempSync(join(tmpdir(), 'dateline-tests-'));
  project.provide('runFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

function buildCommand(): void {
  const inputs = ['src', 'licenses', 'package.json', 'package-lock.json', 'rolldown.config.ts'];
  const built = statSync(command, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (inputs.every((input) => lastChange(join(checkout, input)) < built)) return;
  const rolldown = join(checkout, 'node_modules/.bin/rolldown');
  execFileSync(rolldown, ['--config', '--logLevel', 'silent'], {
    cwd: checkout,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Returns when a file or anything in a folder last changed. A folder changes when a file in it is removed. */
function lastChange(path: string): number {
  const stats = statSync(path);
  const inside = stats.isDirectory() ? readdirSync(path).map((name) => lastChange(join(path, name))) : [];
  return Math.max(stats.mtimeMs, ...inside);
}
