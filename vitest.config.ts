import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that need a browser, wrangler, workerd, nginx, Deno or Bun. */
const slow = 'tests/**/*.slow.test.ts';

/** The files that take longest. A fresh checkout has no times from earlier runs, and starts large files first. */
const long = new RegExp(
  [
    '\\.slow\\.test\\.ts$',
    '/(?:article/hostile|feed/(?:every-word|hostile)|ledger/restarts|lint/lint-(?:article|folder)|websub/restarts)',
    '/(?:serve/(?:long-articles|serve|watch)|shortcodes/shortcodes|terminal/progress)',
    '/(?:build/incremental|check/check|markdown/html-to-markdown|purge/changed-tags)\\.',
  ].join('|'),
);

/** Starts long files first, so that none runs alone in the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => long.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    globalSetup: 'tests/global-setup.ts',
    setupFiles: 'tests/setup.ts',
    // Test files share modules. Importing them again for each file takes longer than most files do.
    isolate: false,
    // Many tests wait for processes and clocks: with one more than the cores, these are idle for a fifth of the time.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: LongestFirst },
    // Only for tests that hang: some start servers, workers and commands, on machines of any speed.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // The default, a second, is too short on a busy machine.
    expect: { poll: { timeout: 30_000 } },
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
