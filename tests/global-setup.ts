import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserServer } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { executable } from './browser/executable.ts';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const command = join(checkout, 'dist/command/dateline.cjs');

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder for what test files share. It is removed after the run. */
    readonly runFolder: string;
    /** The step of the tests that runs: `npm test` or `npm run test:slow`. */
    readonly step: 'quick' | 'slow';
    /** Where the slow tests reach the browser that they share; empty if there is none. */
    readonly browser: string;
  }
}

/**
 * Builds the command that the tests start, unless it is up to date, and makes the folder of the run. Starts the browser
 * for the slow tests.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  buildCommand();
  project.onTestsRerun(async () => buildCommand());
  const folder = mkdtempSync(join(tmpdir(), 'dateline-tests-'));
  project.provide('runFolder', folder);
  const browser = project.vitest.projects.some(({ name }) => name === 'slow') ? await startBrowser() : undefined;
  project.provide('browser', browser?.wsEndpoint() ?? '');
  return async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function startBrowser(): Promise<BrowserServer | undefined> {
  if (executable === undefined) return undefined;
  const { chromium } = await import('playwright-core');
  return chromium.launchServer({ executablePath: executable, args: ['--no-sandbox'] });
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
