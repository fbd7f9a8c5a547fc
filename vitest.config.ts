import { defineConfig } from 'vitest/config';

/** Tests that need a browser, wrangler, workerd, nginx, Deno or Bun. */
const slow = 'tests/**/*.slow.test.ts';

export default defineConfig({
  test: {
    globalSetup: 'tests/global-setup.ts',
    setupFiles: 'tests/setup.ts',
    // Test files share modules. Importing them again for each file takes longer than most files do.
    isolate: false,
    // The default leaves one core idle.
    maxWorkers: '100%',
    // Some tests start servers, workers and commands, on machines of any speed.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: {
      // No output may depend on the machine's time zone.
      TZ: 'Asia/Kathmandu',
      // Wrangler sends no metrics and makes no requests.
      WRANGLER_SEND_METRICS: 'false',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    },
    coverage: { include: ['src/**/*.ts'] },
    projects: [
      {
        extends: true,
        test: { name: 'quick', include: ['tests/**/*.test.ts'], exclude: [slow], provide: { step: 'quick' } },
      },
      { extends: true, test: { name: 'slow', include: [slow], provide: { step: 'slow' } } },
    ],
  },
});
