import { statSync } from 'node:fs';
import { ChangeBatch, type ChangeKind } from './change-batch.ts';
import { inodeOf } from './file-state.ts';
import { FolderWatchers } from './folder-watchers.ts';
import { type FolderContents, isFolder, listFolder } from './list-folder.ts';
import { SlowWrites } from './slow-writes.ts';

/** The files and folders that changed, as paths inside the watched folder; `undefined` if any may have changed. */
export type ChangedPaths = ReadonlyMap<string, ChangeKind> | undefined;

export interface Watch {
  close(): void;
}

/** Receives the changes and errors of a watched folder. */
export interface Follower {
  readonly onChange: (paths: ChangedPaths) => void;
  readonly onError: (error: Error) => void;
  /** The folder was missing and can be read again. */
  readonly onBack?: () => void;
}

/** A folder that is listed, and watched if asked, before it is read. */
export interface WatchedFolder extends Watch {
  /** The contents of the folder at the start. */
  readonly contents: FolderContents;
  /** Reports what has happened since the start and what happens from now on. */
  follow(follower: Follower): Watch;
  /** Reports files as if they had been written into. */
  recheck(paths: readonly string[]): void;
}

/**
 * Lists a folder, and watches it first if `isWatched`, so that no change is missed. Throws if there is no such folder.
 */
export function openFolder(dir: string, isWatched: boolean): WatchedFolder {
  if (isWatched) return watchFolder(dir);
  const unwatched = {
    contents: listFolder(dir),
    follow: () => unwatched,
    recheck: () => {},
    close: () => {},
  };
  return unwatched;
}

/** After more changes than this everything is read again: Linux queues 16,384 events, and Node.js hides an overflow. */
const tooMany = 1000;
/** Milliseconds until the next attempt to watch a missing folder. */
const retryTime = 100;
/**
 * Milliseconds between two looks at which folder is at the path: a symbolic link on the way there may change, as the
 * releases of a deployment do, and nothing in the folder says so.
 */
const rootTime = 1000;
/** Milliseconds after too many changes until everything is read once more. */
const secondRead = 1000;

/**
 * Reports changes below a folder, and of files that links in it lead to, milliseconds after the last one. Throws if
 * there is no such folder. A new folder is watched before it is reported, so that listing it then misses nothing.
 */
export function watchFolder(dir: string): WatchedFolder {
  let follower: Follower | undefined;
  let firstError: Error | undefined;
  let limit: WatchLimit | undefined;
  let isAway = false;
  let inode: string | undefined = folderInode(dir);

  /** Reports the first error until a reading succeeds again. */
  const fail = (error: unknown): void => {
    if (firstError !== undefined) return;
    firstError = error instanceof Error ? error : new Error(String(error));
    follower?.onError(firstError);
  };
  const onLimit = (code: string): void => {
    if (limit !== undefined) return;
    limit = new WatchLimit(code);
    follower?.onError(limit);
  };
  const onMove = (path: string): void => {
    slowWrites.forget(path);
    batch.add(path, 'moved');
  };
  const onWrite = (path: string): void => {
    if (slowWrites.delay(path)) batch.delete(path);
    else batch.add(path, 'written');
  };
  const reportChanges = (): void => {
    if (follower === undefined) return;
    const paths = batch.take();
    let isThere = false;
    try {
      const current = folderInode(dir);
      const isAll = current !== inode || paths.has('') || paths.size > tooMany;
      inode = current;
      if (isAll) watchers.remove('');
      watchers.update(isAll ? [''] : paths.keys());
      isThere = true;
      follower.onChange(isAll ? undefined : paths);
      if (paths.size > tooMany) setTimeout(() => batch.add('', 'moved'), secondRead).unref();
      slowWrites.forgetFinished();
      firstError = undefined;
      if (isAway) follower.onBack?.();
      isAway = false;
    } catch (error) {
      inode = undefined;
      // The follower may have failed, too.
      isAway ||= !isThere;
      fail(error);
      batch.schedule(retryTime);
    }
  };
  const batch = new ChangeBatch(reportChanges);
  const slowWrites = new SlowWrites((path) => batch.add(path, 'written'));
  const watchers = new FolderWatchers(dir, { onWrite, onMove, onLimit });
  const rootTimer = setInterval(() => {
    if (inode !== undefined && !isFolderAt(dir, inode)) batch.add('', 'moved');
  }, rootTime).unref();

  const close = (): void => {
    clearInterval(rootTimer);
    batch.close();
    slowWrites.close();
    watchers.remove('');
  };
  return {
    contents: listFolder(dir, (...entered) => watchers.add(...entered)),
    follow: (next) => {
      follower = next;
      for (const error of [limit, firstError]) if (error !== undefined) next.onError(error);
      if (!batch.isEmpty) batch.schedule(0);
      return { close };
    },
    recheck: (paths) => {
      for (const path of paths) batch.add(path, 'written');
    },
    close,
  };
}

/** The system allows no more watchers, so the other folders are polled. */
export class WatchLimit extends Error {
  constructor(code: string) {
    const limit = code === 'ENOSPC' ? 'sysctl fs.inotify.max_user_watches=524288' : undefined;
    const fix =
      limit === undefined
        ? 'raise the limit of open files ("ulimit -n 65536") and of "sysctl fs.inotify.max_user_instances"'
        : `raise the limit, as root: ${limit}`;
    super(`the system watches no more folders, so changes in the others show after some seconds; ${fix}, and restart`);
  }
}

function isFolderAt(dir: string, inode: string): boolean {
  try {
    return folderInode(dir) === inode;
  } catch {
    return false;
  }
}

/** Identifies the folder at a path, which may be replaced by another. Throws if there is none. */
function folderInode(dir: string): string {
  if (!isFolder(dir)) throw new Error(`${dir}: there is no such folder`);
  return inodeOf(statSync(dir));
}
