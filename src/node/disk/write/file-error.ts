import { dirname } from 'node:path';

/** A failure to write a file or folder, in words for users. The message begins with its path. */
export class FileError extends Error {
  /** What failed and what to do about it, without the path. */
  readonly reason: string;
  /** The code of the system, such as `ENOSPC`. */
  readonly code: string;

  constructor(path: string, reason: string, code: string, cause: unknown) {
    super(`${path} cannot be written: ${reason}`, { cause });
    this.reason = reason;
    this.code = code;
  }
}

/** What each code of the system means, and the fix. `<folder>` is the folder of the path. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space and run this again',
  EDQUOT: 'your quota on this disk is used up; delete files or have it raised, and run this again',
  EROFS: 'the disk is read-only; choose another folder, or mount it for writing',
  EACCES: 'permission is denied; make sure that files can be written in <folder>, and run this again',
  EPERM: 'the system forbids it; make sure that files can be written in <folder>, and run this again',
  EXDEV: 'it would be moved to another disk; choose a folder on one disk',
  EBUSY: 'another program is using it; end that program and run this again',
  ENOTEMPTY: 'another program is writing into it; end that program and run this again',
  EEXIST: 'something has this name already; choose another name',
  ENOENT: '<folder> no longer exists; make that folder and run this again',
  ENOTDIR: 'a file stands where a folder would be; choose another folder',
  EISDIR: 'a folder has this name; choose another name',
  ELOOP: 'symbolic links lead in a circle; remove one of them',
  ENAMETOOLONG: 'the name is too long for this disk; choose a shorter one',
  EFBIG: 'it is larger than this disk allows',
  EIO: 'the disk reports a fault; check the disk before you run this again',
  EMFILE: 'too many files are open; raise the limit (ulimit -n) and run this again',
  ENFILE: 'too many files are open on this machine; end other programs and run this again',
};

/** The failures that every further file on the same disk would meet. */
const diskFailures: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO']);

/** Reports whether an error says that nothing more can be written to a disk. */
export function isDiskFailure(error: unknown): boolean {
  return error instanceof FileError && diskFailures.has(error.code);
}

/**
 * Returns the error for a path that cannot be written. An error that does not come from the file system stays as it is.
 */
export function fileError(path: string, error: unknown): unknown {
  const code = codeOf(error);
  const reason = code === undefined ? undefined : reasons[code];
  if (error instanceof FileError || code === undefined || reason === undefined) return error;
  return new FileError(path, reason.replace('<folder>', dirname(path)), code, error);
}

/** Returns the message of any error for the terminal. An error of the file system names the path and the fix. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { path = 'the output' } = error as NodeJS.ErrnoException;
  return isOfWriting(error) ? (fileError(path, error) as Error).message : error.message;
}

/** The system calls with which Node.js reads. It names the file in the messages of their errors. */
const readingCalls: ReadonlySet<string> = new Set(['open', 'read', 'stat', 'lstat', 'scandir', 'readlink', 'realpath']);

function isOfWriting(error: NodeJS.ErrnoException): boolean {
  // A watch fails with ENOSPC when a limit of the system is reached.
  if (error.syscall === undefined || error.syscall === 'watch') return false;
  return diskFailures.has(error.code ?? '') || (error.path !== undefined && !readingCalls.has(error.syscall));
}

/** Returns the code of an error of the system. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
