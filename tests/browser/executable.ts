import { existsSync } from 'node:fs';

/**
 * Where Debian, Ubuntu and .ci/run put Chromium. The headless shell takes a third of the processor time that the whole
 * browser takes for a page.
 */
export const executable = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
].find(existsSync);
