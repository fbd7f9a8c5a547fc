import { lstatSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { codeOf, fileError } from './file-error.ts';

/** Returns the folder that a path leads to, through symbolic links, even if it does not exist yet. */
export function realTarget(folder: string): string {
  const path = resolve(folder);
  try {
    return realpathSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw fileError(folder, error);
  }
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? realTarget(resolve(dirname(path), readlinkSync(path))) : path;
}

/** Reports whether a disk, or a folder of another place, is mounted at a real path. */
export function isMountPoint(target: string): boolean {
  // A folder that is mounted elsewhere (`mount --bind`, a Docker volume) may be on the same disk.
  return statSync(target).dev !== statSync(dirname(target)).dev || mountPoints().includes(target);
}

/** Lists the mount points that Linux knows; none on other systems. */
function mountPoints(): string[] {
  try {
    const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
    // proc(5): the fifth field, with spaces and such in octal.
    return lines.map((line) =>
      (line.split(' ')[4] ?? '').replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8))),
    );
  } catch {
    return [];
  }
}
