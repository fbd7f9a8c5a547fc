import { afterAll } from 'vitest';
import { runTasks } from './after-file.ts';

// Vitest runs this before each test file.
const { SEED } = process.env;
if (SEED !== undefined) (await import('fast-check')).default.configureGlobal({ seed: Number(SEED) });
const { Request, Response } = globalThis;
afterAll(async () => {
  await runTasks();
  // @hono/node-server replaces these when a server starts.
  Object.assign(globalThis, { Request, Response });
});
