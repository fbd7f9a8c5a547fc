#!/usr/bin/env node
import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { homedir } from 'node:os';
import { extname, join } from 'node:path';

// The same as `engines` in package.json, which npm only warns about.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`dateline needs Node 22.13 or newer; this is ${process.version}\n`);
  process.exit(1);
}

// Before anything else is loaded: compiled code is kept for the next start. NODE_COMPILE_CACHE chooses another folder,
// NODE_DISABLE_COMPILE_CACHE turns that off.
const folder = cacheFolder();
if (folder !== undefined) enableCompileCache(folder);

// A reader such as `head` may close the pipe early. The rest of the output is dropped; the exit code stays the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') void reportFailure(error);
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exitCode = 1;
});

void run();

async function run(): Promise<void> {
  const cache = getCompileCacheDir();
  const isBundled = extname(import.meta.filename) === '.cjs';
  if (cache !== undefined && isBundled) {
    const { keepCompiledCode } = await import('./compiled-code.ts');
    keepCompiledCode(import.meta.dirname, cache, process.argv[2]);
  }
  const { commandLine } = await import('./command-line.ts');
  const program = await commandLine(process.argv[2]);
  await program.parseAsync().catch(reportFailure);
}

async function reportFailure(error: unknown): Promise<void> {
  const { reportError } = await import('./terminal/command-help.ts');
  process.exitCode = reportError(error);
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
