import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/global-setup.ts',
    setupFiles: 'tests/setup.ts',
    // Importing the modules anew for each test file takes longer than most of the files do.
    isolate: false,
    // Some start servers, workers and commands, on whatever machine this is.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    env: {
      // No answer may depend on where the machine is.
      TZ: 'Asia/Kathmandu',
      // Wrangler reports to nobody and asks the network for nothing.
      WRANGLER_SEND_METRICS: 'false',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    },
    coverage: { include: ['src/**/*.ts'] },
  },
});
