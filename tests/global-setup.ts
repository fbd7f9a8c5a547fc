import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserServer } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { executable } from './browser/executable.ts';
import { buildCommand } from './built-command.ts';

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
  project.onTestsRerun(async () => void buildCommand());
  const folder = mkdtempSync(join(tmpdir(), 'dateline-tests-'));
  project.provide('runFolder', folder);
  const browser = project.vitest.projects.some(({ name }) => name === 'slow') ? await startBrowser() : undefined;
  project.provide('browser', browser?.wsEndpoint() ?? '');
  return async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Starts a browser that finds other.example on this machine and plays what a page tells it to play. */
async function startBrowser(): Promise<BrowserServer | undefined> {
  if (executable === undefined) return undefined;
  const { chromium } = await import('playwright-core');
  const args = ['--host-resolver-rules=MAP other.example 127.0.0.1', '--autoplay-policy=no-user-gesture-required'];
  return chromium.launchServer({ executablePath: executable, args: ['--no-sandbox', ...args] });
}
