import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/**
 * A short name of this machine. Containers that share a disk are machines of their own: process ids mean nothing there.
 */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 6);

/** Names who writes: this machine, this process, and this start of it, since process ids are used again. */
export const writerMark = `${machine}-${process.pid}-${randomBytes(4).toString('hex')}`;

/** Every temporary file and folder inside a folder of the user has this at its start, and is hidden by the dot. */
const prefix = '.dateline-';

/** Reports whether a name is that of a temporary file or folder. */
export function isTemporary(name: string): boolean {
  return name.startsWith(prefix);
}

/** Names what replaces a folder: hidden inside it, or beside it under its name, as in `.site.dateline-new`. */
export function companion(folder: string, role: 'lock' | 'new' | 'old' | 'rest', isInside: boolean): string {
  return isInside ? join(folder, prefix + role) : join(dirname(folder), `.${basename(folder)}${prefix}${role}`);
}

let parts = 0;

/** Returns a new path for an unfinished file in a folder. */
export function partPath(folder: string): string {
  parts += 1;
  return join(folder, `${prefix}${writerMark}-${parts}.part`);
}

/** Milliseconds without a write after which even a writer on another machine counts as killed. */
const longestSilence = 3_600_000;

/** Reports whether the process that wrote something under a mark, last at `mtimeMs`, has been killed. */
export function isAbandoned(mark: string, mtimeMs: number): boolean {
  if (mark === writerMark) return false;
  if (Date.now() - mtimeMs > longestSilence) return true;
  const [, place, id] = /^([\da-f]{6})-(\d{1,10})-/.exec(mark) ?? [];
  const pid = Number(id);
  // This process has another mark, so an earlier one had the same id.
  return place === machine && (pid === process.pid || !isRunning(pid));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process exists, but may not be signaled.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Removes the unfinished files that killed processes left in a folder. */
export function removeLeftovers(folder: string): void {
  for (const name of namesIn(folder)) {
    const [, mark] = /^\.dateline-([\da-f]{6}-\d{1,10}-[\da-f]{8})-\d+\.part$/.exec(name) ?? [];
    if (mark === undefined) continue;
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && isAbandoned(mark, stats.mtimeMs)) discard(path);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Removes a temporary file or folder. What cannot be removed stays for the next run. */
export function discard(path: string): void {
  try {
    removeAll(path);
  } catch {
    // The failure that led here matters more, and has the same cause.
  }
}

function removeAll(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
    // Another program may have made folders read-only.
    chmodSync(path, 0o700);
    for (const entry of readdirSync(path, { withFileTypes: true }))
      if (entry.isDirectory()) removeAll(join(path, entry.name));
    rmSync(path, { recursive: true, force: true });
  }
}
