import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** Subscribers by real readers; `npm test` leaves them out, because they are programs of the system and take a while. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ['tests/readers/*.test.ts'], exclude: [], testTimeout: 120_000 },
});
