import { afterAll } from 'vitest';
import { runTasks } from './after-file.ts';

// Vitest runs this before each test file.
afterAll(runTasks);
