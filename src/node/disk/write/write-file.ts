import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf, FileError, fileError } from './file-error.ts';
import { discard, partPath } from './temporary-names.ts';

/**
 * Creates a file, whole or not at all, whenever the process is killed and the power fails. Throws a {@link FileError},
 * with the code `EEXIST` if something has the name.
 */
export function createFile(path: string, content: string | Uint8Array): void {
  withPart(path, (part) => {
    writeFileSync(part, content, { flag: 'wx', flush: true });
    nameFile(part, path);
  });
}

/**
 * Creates a file as {@link createFile} does. Disks flush several files in the time of one, so many are created at once.
 */
export async function createFileAsync(path: string, content: string): Promise<void> {
  const part = partPath(dirname(path));
  try {
    await writeFile(part, content, { flag: 'wx', flush: true });
    nameFile(part, path);
  } catch (error) {
    throw fileError(path, error);
  } finally {
    discard(part);
  }
}

/** Flushes files, so that they outlast a power failure. */
export async function flushFiles(paths: readonly string[]): Promise<void> {
  const files = paths.values();
  const flush = async (): Promise<void> => {
    for (const path of files) {
      const file = await open(path, 'r+');
      await file.sync().finally(() => file.close());
    }
  };
  await Promise.all(Array.from({ length: flushesAtOnce }, flush));
}

/** One after another would take ten times as long. */
const flushesAtOnce = 16;

/**
 * Replaces a file, or creates it, whole or not at all, and keeps its permissions, owner and group. Throws a
 * {@link FileError}; then the file is as it was. The target of a symbolic link is replaced, not the link.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const before = statSync(path, { throwIfNoEntry: false });
  const real = before === undefined ? path : realpathSync(path);
  withPart(real, (part) => {
    // Nobody else may read the part before it has the permissions of the file.
    writeFileSync(part, content, { flag: 'wx', flush: true, ...(before && { mode: 0o600 }) });
    if (before !== undefined) keepAccess(part, before, path);
    renameSync(part, real);
  });
}

/** Gives a finished part file its name. Throws, with the code `EEXIST`, if something has the name. */
export function nameFile(part: string, path: string): void {
  try {
    // Unlike a rename, a link fails if the file exists.
    linkSync(part, path);
  } catch (error) {
    if (!withoutLinks.has(codeOf(error) ?? '')) throw error;
    closeSync(openSync(path, 'wx'));
    try {
      renameSync(part, path);
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    }
  }
}

/** The codes with which disks without hard links refuse one: FAT, some network shares, Android. */
const withoutLinks: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);

/** Creates a folder and its parents, unless they exist. Returns the first that did not. */
export function makeFolder(dir: string): string | undefined {
  try {
    return mkdirSync(dir, { recursive: true });
  } catch (error) {
    const reason = codeOf(error) === 'ENOENT' ? reasonAgainst(dir) : error;
    if (['EEXIST', 'ENOTDIR'].includes(codeOf(reason) ?? ''))
      throw new Error(`${dir}: a file stands where this folder would be; name another folder`);
    throw fileError(dir, reason);
  }
}

/** Creates a folder for what `write` writes into it. If that fails, the folders made for it that are empty go again. */
export function inFolder<T>(dir: string, write: () => T): T {
  const first = makeFolder(dir);
  try {
    return write();
  } catch (error) {
    if (first !== undefined) removeEmpty(resolve(dir), resolve(first));
    throw error;
  }
}

/** Removes empty folders from one up to another around it. */
function removeEmpty(dir: string, last: string): void {
  try {
    rmdirSync(dir);
  } catch {
    // Something is in it.
    return;
  }
  if (dir !== last) removeEmpty(dirname(dir), last);
}

/** Returns why a folder cannot be made. With `recursive`, Node.js says ENOENT even of a disk that is read-only. */
function reasonAgainst(dir: string): unknown {
  const parent = dirname(dir);
  if (!existsSync(parent) && parent !== dir) return reasonAgainst(parent);
  try {
    mkdirSync(dir);
    return undefined;
  } catch (error) {
    return error;
  }
}

function withPart(path: string, write: (part: string) => void): void {
  const part = partPath(dirname(path));
  try {
    write(part);
  } catch (error) {
    throw fileError(path, error);
  } finally {
    discard(part);
  }
}

/** Gives a part the owner, group and permissions of the file that it replaces. */
function keepAccess(part: string, { uid, gid, mode }: Stats, path: string): void {
  const made = statSync(part);
  try {
    if (made.uid !== uid || made.gid !== gid) chownSync(part, uid, gid);
  } catch (error) {
    const reason =
      made.uid === uid
        ? 'it belongs to a group that you are not in, and replacing it would change that; run this as a member'
        : 'it belongs to another user, and replacing it would make it yours; run this as its owner';
    throw new FileError(path, reason, codeOf(error) ?? '', error);
  }
  // After the owner: a new owner clears some permissions.
  if (statSync(part).mode !== mode) chmodSync(part, mode & 0o7777);
}
