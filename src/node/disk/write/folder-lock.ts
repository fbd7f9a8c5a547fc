import { readFileSync, renameSync, statSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { FileError } from './file-error.ts';
import { discard, isAbandoned, partPath, removeLeftovers, writerMark } from './temporary-names.ts';
import { createFile, nameFile } from './write-file.ts';

/** Milliseconds between two signs of life, for other machines. */
const interval = 30_000;

/** How often a lock is tried that others take and leave at the same time. */
const attempts = 5;

/**
 * Takes the lock at a path and returns the function that gives it back. Throws if a running process holds it, for work
 * on `folder`. The lock of a killed process is taken over.
 */
export function takeLock(lock: string, folder: string): () => void {
  removeLeftovers(dirname(lock));
  for (let attempt = 1; !tryCreate(lock, folder); attempt++) {
    const holder = holderOf(lock);
    const isHeld = holder !== undefined && !isAbandoned(holder.mark, holder.mtimeMs);
    if (isHeld || attempt >= attempts) throw new Error(refusal(lock, folder, holder));
    if (holder !== undefined) takeAway(lock, holder);
  }
  const timer = setInterval(() => touch(lock), interval);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (holderOf(lock)?.mark === writerMark) discard(lock);
  };
}

interface Holder {
  readonly mark: string;
  readonly mtimeMs: number;
}

function tryCreate(lock: string, folder: string): boolean {
  try {
    createFile(lock, writerMark);
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    // The name of the lock means nothing to users.
    if (error.code !== 'EEXIST') throw new FileError(folder, error.reason, error.code, error);
    return false;
  }
}

function holderOf(lock: string): Holder | undefined {
  try {
    return { mark: readFileSync(lock, 'utf8'), mtimeMs: statSync(lock).mtimeMs };
  } catch {
    return undefined;
  }
}

/** Removes a lock of a killed process, unless another process has taken it over in the meantime. */
function takeAway(lock: string, { mark }: Holder): void {
  const aside = partPath(dirname(lock));
  try {
    renameSync(lock, aside);
    if (holderOf(aside)?.mark !== mark) nameFile(aside, lock);
  } catch {
    // It is gone, or the other process gave it back. The next attempt shows.
  } finally {
    discard(aside);
  }
}

function touch(lock: string): void {
  try {
    const now = new Date();
    utimesSync(lock, now, now);
  } catch {
    // Only other machines read it.
  }
}

function refusal(lock: string, folder: string, holder: Holder | undefined): string {
  const [, pid] = holder?.mark.split('-') ?? [];
  const who = pid === undefined ? 'another build' : `another build (process ${pid})`;
  return `${folder}: ${who} is writing there; wait until it ends, or choose another folder with --out; if none is running, delete ${lock}`;
}
