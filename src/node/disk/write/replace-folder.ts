import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  type Stats,
  statfsSync,
  statSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { codeOf, fileError } from './file-error.ts';
import { takeLock } from './folder-lock.ts';
import { isWorkTree, mergeInto } from './merge-folder.ts';
import { isMountPoint, realTarget } from './real-target.ts';
import { companion, discard } from './temporary-names.ts';
import { makeFolder } from './write-file.ts';

/** A folder that is being replaced. */
interface Replacement {
  /** The folder, with all links resolved. */
  readonly target: string;
  /** The folder that its new content is written into. */
  readonly draft: string;
  /** Whether the draft is inside the target, because the target cannot be moved. */
  readonly isInside: boolean;
  readonly release: () => void;
}

/**
 * Replaces folders by what `write` writes into a draft of each; if it throws, they stay as they were, and if it deletes
 * a draft, that folder does. A symbolic link stays, and its target is replaced. A folder that cannot be moved, such as
 * a mount point, gets its new content file by file. The same goes for a folder with a Git repository; its `.git` stays.
 *
 * What a killed process left is removed or taken back first. Throws if another process is replacing one of the folders.
 * `dispose` removes the earlier content of a folder, if there is any.
 */
export async function replaceFolders<T>(
  folders: readonly string[],
  write: (drafts: readonly string[]) => Promise<T>,
  dispose: (replaced: string, target: string) => void = discard,
): Promise<T> {
  const begun: Replacement[] = [];
  try {
    for (const folder of folders) begun.push(begin(folder));
    const written = await write(begun.map(({ draft }) => draft));
    for (const replacement of begun) if (existsSync(replacement.draft)) finish(replacement);
    return written;
  } catch (error) {
    throw explained(error, begun);
  } finally {
    for (const { target, draft, release } of begun) {
      discard(draft);
      dispose(companion(target, 'old', false), target);
      release();
    }
  }
}

/**
 * Takes the lock of a folder whose content is read or written by several steps, until the returned function is called.
 */
export function holdFolder(folder: string): () => void {
  const target = realTarget(folder);
  return takeLock(companion(target, 'lock', isImmovable(target)), folder);
}

/** Reports whether a process was killed while it gave a folder its new content file by file. */
export function isUnfinished(folder: string): boolean {
  return existsSync(companion(folder, 'rest', true));
}

function begin(folder: string): Replacement {
  const target = realTarget(folder);
  const isInside = isImmovable(target);
  if (!isInside) makeFolder(dirname(target));
  const release = holdFolder(target);
  try {
    recover(target);
    const draft = companion(target, 'new', isInside);
    mkdirSync(draft);
    return { target, draft, isInside, release };
  } catch (error) {
    release();
    throw fileError(target, error);
  }
}

function isImmovable(target: string): boolean {
  return existsSync(target) && (!canWriteIn(dirname(target)) || isMountPoint(target) || isWorkTree(target));
}

function canWriteIn(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Takes back a folder that a killed process had set aside, and removes what else it left. */
function recover(target: string): void {
  const old = companion(target, 'old', false);
  try {
    // Fails if the new folder is in place: a rename replaces nothing but an empty folder.
    if (existsSync(old)) renameSync(old, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
  for (const path of [old, companion(target, 'new', false), companion(target, 'new', true)]) discard(path);
}

function finish({ target, draft, isInside }: Replacement): void {
  try {
    if (isInside || !trySwap(target, draft)) merge(target, draft);
  } catch (error) {
    throw fileError(target, error);
  }
}

/** Puts a draft in the place of a folder. Returns `false`, with nothing changed, if the folder cannot be moved. */
function trySwap(target: string, draft: string): boolean {
  const before = statSync(target, { throwIfNoEntry: false });
  if (before !== undefined) {
    keepAccess(draft, before);
    const old = companion(target, 'old', false);
    try {
      renameSync(target, old);
    } catch (error) {
      if (immovable.has(codeOf(error) ?? '')) return false;
      throw error;
    }
    try {
      renameSync(draft, target);
    } catch (error) {
      renameSync(old, target);
      throw error;
    }
  } else renameSync(draft, target);
  return true;
}

/** The codes that refuse to move a folder: one of a lower layer of a container's disk, or one in use on Windows. */
const immovable: ReadonlySet<string> = new Set(['EXDEV', 'EBUSY', 'EPERM', 'EACCES']);

/** Gives a draft the permissions, owner and group of the folder that it replaces, as far as this user may. */
function keepAccess(draft: string, { uid, gid, mode }: Stats): void {
  try {
    const made = statSync(draft);
    if (made.uid !== uid || made.gid !== gid) chownSync(draft, uid, gid);
    chmodSync(draft, mode & 0o7777);
  } catch {
    // A folder that can be built again belongs to whoever builds it.
  }
}

function merge(target: string, draft: string): void {
  const rest = companion(target, 'rest', true);
  // A rename replaces an empty folder at once, so that an unfinished folder is always known by it.
  if (existsSync(rest)) for (const name of readdirSync(rest)) discard(join(rest, name));
  renameSync(draft, rest);
  mergeInto(target, rest);
  discard(rest);
}

/** Names the folder instead of its draft in an error of the file system. */
function explained(error: unknown, begun: readonly Replacement[]): unknown {
  const { path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  if (dest !== undefined && path !== undefined && !isReadable(path))
    return new Error(`${path} cannot be read; make sure that you may read it, and run this again`, { cause: error });
  const file = dest ?? path;
  const draft = begun.find(({ draft }) => file?.startsWith(draft + sep));
  if (draft !== undefined && file !== undefined) return fileError(draft.target + file.slice(draft.draft.length), error);
  // The disk may fail in a call that knows no path.
  const [fullest] = begun.toSorted((a, b) => freeBytes(a.draft) - freeBytes(b.draft));
  return file === undefined && fullest !== undefined ? fileError(fullest.target, error) : error;
}

/** Returns how much room a disk has; none without an entry for one more file. */
function freeBytes(path: string): number {
  try {
    const { bavail, bsize, ffree, files } = statfsSync(path);
    return files > 0 && ffree === 0 ? 0 : bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
