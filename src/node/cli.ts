#!/usr/bin/env node
import * as module from 'node:module';
import { setFlagsFromString } from 'node:v8';

// Before anything else is loaded: what is compiled once is kept in the system's folder for that (NODE_COMPILE_CACHE,
// or none where NODE_DISABLE_COMPILE_CACHE is set), and is told by Node.js itself from what another version or file
// would need. Not in Node.js 20.
module.enableCompileCache?.();
// A folder of articles is read at once and stays. Room for new objects in which half of it fits spares the copying of
// them from place to place, which is a fifth of the start among 10,000.
setFlagsFromString('--semi-space-growth-factor=8');
setFlagsFromString('--max-semi-space-size=64');

const { commandLine } = await import('./command-line.ts');
const { explain } = await import('./command-help.ts');
const program = await commandLine(process.argv[2]);
await program.parseAsync().catch((error: unknown) => {
  process.exitCode = explain(error);
});
