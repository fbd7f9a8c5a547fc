import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // .ci/run subscribes by real readers.
    exclude: [...configDefaults.exclude, 'tests/readers/**'],
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
