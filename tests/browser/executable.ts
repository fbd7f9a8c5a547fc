import { existsSync } from 'node:fs';

/** Where Debian, Ubuntu and .ci/run put Chromium. */
export const executable = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  existsSync,
);
