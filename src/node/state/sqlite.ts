import type { DatabaseSync } from 'node:sqlite';

let loaded: typeof DatabaseSync | undefined;

/** Loads SQLite when it is needed, without the `ExperimentalWarning` of Node.js 22 and 24. */
export function loadDatabase(): typeof DatabaseSync {
  if (loaded !== undefined) return loaded;
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    loaded = process.getBuiltinModule('node:sqlite').DatabaseSync;
  } finally {
    process.emitWarning = emitWarning;
  }
  return loaded;
}

/** Error codes of SQLite: a damaged file, and a file that is no database. */
const damage: readonly number[] = [11, 26];
/**
 * Error codes of SQLite: I/O error, full disk, no permission, a file that cannot be opened or written, or is locked.
 */
const unwritable: readonly number[] = [3, 5, 6, 8, 10, 13, 14, 15, 23];

/** Reports whether an error means that a file is damaged or is no database. */
export function isDamage(error: unknown): boolean {
  return damage.includes(codeOf(error));
}

/** Reports whether an error means that nothing can be written for now, as in a read-only folder. */
export function isUnwritable(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  if (isStateError(error)) return unwritable.includes(codeOf(error));
  return ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'EDQUOT', 'EIO'].includes(code ?? '');
}

/** Reports whether another process is writing into the file. */
export function isBusy(error: unknown): boolean {
  return [5, 6].includes(codeOf(error));
}

/** Reports whether an error is one of SQLite, and so of the file or its disk. */
export function isStateError(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ERR_SQLITE_ERROR';
}

function codeOf(error: unknown): number {
  // The lower byte is the primary code.
  return ((error as { readonly errcode?: number }).errcode ?? 0) & 0xff;
}
