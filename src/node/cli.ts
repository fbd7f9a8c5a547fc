#!/usr/bin/env node
import * as module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Before anything else is loaded: Node.js keeps the compiled modules for the next start (not in Node.js 20).
// NODE_COMPILE_CACHE chooses another folder, NODE_DISABLE_COMPILE_CACHE turns the cache off.
const folder = cacheFolder();
if (folder !== undefined) module.enableCompileCache?.(folder);

// A reader such as `head` may close the pipe early. The rest of the output is dropped; the exit code stays the same.
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
    const { reportError } = await import('./terminal/command-help.ts');
    process.exitCode = reportError(error);
  });
}

/**
 * The user's own cache folder, or `undefined` without a home. In the system's temporary folder, other users could plant
 * code.
 */
function cacheFolder(): string | undefined {
  try {
    return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'dateline');
  } catch {
    return undefined;
  }
}
