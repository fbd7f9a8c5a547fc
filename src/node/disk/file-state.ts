import { lstatSync, type Stats, statSync } from 'node:fs';

/** What the file system reports about a file. Comparing two states shows whether the file changed in between. */
export interface FileState extends Readonly<Pick<Stats, 'mtimeMs' | 'ctimeMs' | 'size' | 'ino' | 'dev'>> {
  readonly kind: 'file' | 'broken link' | 'other' | 'inaccessible';
}

const brokenLink: FileState = { kind: 'broken link', mtimeMs: 0, ctimeMs: 0, size: 0, ino: 0, dev: 0 };
const other: FileState = { ...brokenLink, kind: 'other' };
/** A file in a folder without search permission; nothing about it is known. */
export const inaccessible: FileState = { ...brokenLink, kind: 'inaccessible' };

/** Returns the state of the file at a path, or `undefined` if nothing is there. */
export function readFileState(path: string): FileState | undefined {
  try {
    const stats = statSync(path);
    // Reading a pipe would block.
    if (!stats.isFile()) return other;
    const { mtimeMs, ctimeMs, size, ino, dev } = stats;
    return { kind: 'file', mtimeMs, ctimeMs, size, ino, dev };
  } catch (error) {
    return isMissing(error) ? brokenLinkAt(path) : inaccessible;
  }
}

function brokenLinkAt(path: string): FileState | undefined {
  try {
    lstatSync(path);
    return brokenLink;
  } catch (error) {
    return isMissing(error) ? undefined : inaccessible;
  }
}

/** Reports whether an error means that nothing is at a path, as opposed to something unreadable. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String((error as NodeJS.ErrnoException).code));
}

/** Identifies a file on this machine whatever its name. */
export function inodeOf({ dev, ino }: Pick<FileState, 'dev' | 'ino'>): string {
  return `${dev}-${ino}`;
}

export function isSameState(one: FileState | undefined, two: FileState | undefined): boolean {
  if (one === undefined || two === undefined) return one === two;
  return (
    one.kind === two.kind &&
    one.ino === two.ino &&
    one.dev === two.dev &&
    one.mtimeMs === two.mtimeMs &&
    one.ctimeMs === two.ctimeMs &&
    one.size === two.size
  );
}

/** Milliseconds after a write in which another write may leave the file's state as it is. */
const recentTime = 1000;

/** Reports whether a file was written so recently that it may have changed without a different state. */
export function isRecent({ kind, mtimeMs }: FileState, now: number): boolean {
  return kind === 'file' && now - mtimeMs < recentTime;
}

/** The states of a file before and after it changed. */
export interface FileStateChange {
  readonly path: string;
  readonly before: FileState | undefined;
  readonly after: FileState | undefined;
}

/** Combines two successive lists of changes into one, with a single change for each file. */
export function mergeChanges(
  earlier: readonly FileStateChange[],
  later: readonly FileStateChange[],
): readonly FileStateChange[] {
  if (earlier.length === 0) return later;
  const changes = new Map(earlier.map((change) => [change.path, change]));
  for (const change of later)
    changes.set(change.path, { ...change, before: (changes.get(change.path) ?? change).before });
  return [...changes.values()];
}

/** Returns when a file or folder last changed, as {@link endOfSecond} gives it; 0 if that is unknown. */
export function modifiedAt(path: string, now: number): number {
  try {
    return endOfSecond(statSync(path).mtimeMs, now);
  } catch {
    return 0;
  }
}

/**
 * Rounds a modification time up to the end of its second, because the file may change again within it. A time in the
 * future comes from a machine whose clock is ahead and counts as `now`. All are milliseconds since 1970.
 */
export function endOfSecond(mtimeMs: number, now: number): number {
  return Math.ceil(Math.min(mtimeMs, now) / 1000) * 1000;
}
