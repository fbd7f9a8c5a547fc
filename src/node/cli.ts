#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// The same as `engines` in package.json, which npm only warns about.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`dateline needs Node 22.13 or newer; this is ${process.version}\n`);
  process.exit(1);
}

// Before anything else is loaded: Node.js keeps the compiled modules for the next start. NODE_COMPILE_CACHE chooses
// another folder, NODE_DISABLE_COMPILE_CACHE turns the cache off.
const folder = cacheFolder();
if (folder !== undefined) enableCompileCache(folder);

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
