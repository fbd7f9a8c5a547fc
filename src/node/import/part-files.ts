import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Names the file in which a file stands until all of it has come. */
export function partName(number: number, slug: string): string {
  return `.import-${process.pid}-${number}-${slug}.part`;
}

/** Takes away what an import that was stopped left in a folder and its sections; one that is running keeps its own. */
export function removeLeftParts(dir: string): void {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.isDirectory() && !entry.name.startsWith('.')) removeIn(join(dir, entry.name));
  }
  removeIn(dir);
}

function removeIn(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /^\.import-(\d{1,10})-\d+-.*\.part$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be asked.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
