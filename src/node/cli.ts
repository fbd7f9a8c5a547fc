#!/usr/bin/env node
import * as module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Before anything else is loaded: what Node.js compiles is kept for the next start, by it and in its own form, which tells
// a file or a version that has changed. Not in Node.js 20. NODE_COMPILE_CACHE names another folder, and
// NODE_DISABLE_COMPILE_CACHE turns it off.
const folder = cacheFolder();
if (folder !== undefined) module.enableCompileCache?.(folder);

// Who pipes into `head` has read enough: what is left to be said is not, and the exit code tells how it went.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

void run();

async function run(): Promise<void> {
  const { commandLine } = await import('./command-line.ts');
  const program = await commandLine(process.argv[2]);
  await program.parseAsync().catch(async (error: unknown) => {
    const { explain } = await import('./terminal/command-help.ts');
    process.exitCode = explain(error);
  });
}

/** The user's own, since in the system's folder for temporary files others could put code; none where there is no home. */
function cacheFolder(): string | undefined {
  try {
    return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'dateline');
  } catch {
    return undefined;
  }
}
