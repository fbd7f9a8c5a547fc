import { type FSWatcher, realpathSync, statSync, watch } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isFolder, isPassedOver, type Listed, listAll, listFiles } from './list-files.ts';
import { OngoingWrites } from './ongoing-writes.ts';

/** What last happened at a path: a file was written into, also after it was made; or something came, went or took the place of another. */
export type ChangeKind = 'written' | 'made' | 'moved';

/** Which files and folders changed, as paths below the watched folder; `undefined` where any may have. */
export type ChangedPaths = ReadonlyMap<string, ChangeKind> | undefined;

export interface Watch {
  close(): void;
}

export interface FolderWatch extends Watch {
  /** What was in the folder when it began to be watched. */
  readonly listed: Listed;
  /** Tells of files as if they had been written into. */
  lookAt(paths: readonly string[]): void;
}

/**
 * How long changes must rest before they are told, in milliseconds: an editor saves in several steps. A file that was
 * written into is only written; one that came or went may be about to change places with another.
 */
const settleTime: Readonly<Record<ChangeKind, number>> = { written: 2, made: 10, moved: 10 };
/** How long a few changes, and how long many, may wait for rest that does not come. */
const patience = { few: 40, many: 200 };
/** So many changes come of a program, such as a checkout, and not of a person. */
const many = 20;
/** From so many on, the system may have lost some: Linux queues 16,384 events and Node.js does not tell of those beyond. */
const tooMany = 1000;
/** How long until the next look at a folder that cannot be watched, in milliseconds. */
const retryTime = 100;
/** How long after too many changes everything is looked at once more. */
const secondLook = 1000;

/**
 * Tells of changes below a folder, or of a file that a link in it leads to, some milliseconds after the last of them.
 * Throws where there is no such folder; when it goes later, that is an error, and `onBack` tells that it is there again.
 *
 * Every folder has a watcher of its own: on Linux the recursive one of Node.js watches each file and is blind to it
 * once an editor has put a new file in its place. A new folder is watched before it is told, so that whoever lists it
 * then misses nothing.
 */
export function watchFolder(
  dir: string,
  onChange: (paths: ChangedPaths) => void,
  onError: (error: Error) => void,
  onBack: () => void = () => {},
): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  let changed = new Map<string, ChangeKind>();
  let since: number | undefined;
  let settled = 0;
  let timer: NodeJS.Timeout | undefined;
  let root: string | undefined;
  let isFailing = false;
  let isAway = false;

  const failOnce = (error: unknown): void => {
    if (!isFailing) onError(error instanceof Error ? error : new Error(String(error)));
    isFailing = true;
  };
  const note = (path: string, kind: ChangeKind = 'moved'): void => {
    const now = Date.now();
    const before = changed.get(path) ?? 'written';
    const last = kind === 'written' && before !== 'written' ? 'made' : kind;
    changed.set(path, last);
    since ??= now;
    settled = Math.max(settled, now + settleTime[last]);
    const wait = changed.size > many ? patience.many : patience.few;
    lookIn(Math.max(0, Math.min(settled, since + wait) - now));
  };
  const ongoing = new OngoingWrites((path) => note(path, 'written'));
  const see = (path: string, event: string): void => {
    if (event !== 'change') ongoing.drop(path);
    else if (ongoing.putsOff(path)) {
      changed.delete(path);
      return;
    }
    note(path, event === 'change' ? 'written' : 'moved');
  };
  const enter = (full: string, path: string): void => {
    watchers.get(path)?.close();
    try {
      watchers.set(path, isFolder(full) ? watchInner(full, path) : watchTarget(full, path));
    } catch (error) {
      // Of a folder that is not there, or is nobody's to see, those tell who read it.
      if (error instanceof Error && /ENOSPC|EMFILE/.test(error.message)) failOnce(error);
    }
  };
  const watchInner = (full: string, path: string): FSWatcher => {
    const own = basename(resolve(full));
    return watch(resolve(full), (event, name) => {
      // The system gives a folder's own name when that is moved or deleted.
      if (name === null || name === own) note(path);
      if (name === null) return;
      const inner = path === '' ? name : `${path}/${name}`;
      if (!isPassedOver(inner)) see(inner, event);
    }).on('error', () => note(path));
  };
  /** A file that a link leads to may be another each time it is saved, so its folder is watched. */
  const watchTarget = (full: string, path: string): FSWatcher => {
    const target = realpathSync(full);
    return watch(dirname(target), (event, name) => {
      if (name === null) note(path);
      else if (name === basename(target)) see(path, event);
    }).on('error', () => note(path));
  };
  /** What cannot be listed is reported by those who read the folder. */
  const enterAll = (path: string): void => {
    try {
      listFiles(dir, { enter, fail: () => {} }, path);
    } catch (error) {
      if (path === '') throw error;
    }
  };
  const leave = (path: string): void => {
    for (const [watched, watcher] of watchers) {
      if (path !== '' && watched !== path && !watched.startsWith(`${path}/`)) continue;
      watcher.close();
      watchers.delete(watched);
    }
  };
  const follow = (paths: Iterable<string>): void => {
    for (const path of paths) {
      const full = join(dir, path);
      const isLink = !isFolder(full) && isLinked(full);
      if (watchers.has(path) || isFolder(full)) leave(path);
      if (isFolder(full)) enterAll(path);
      else if (isLink) enter(full, path);
    }
  };

  const look = (): void => {
    const paths = changed;
    changed = new Map();
    since = undefined;
    settled = 0;
    let isThere = false;
    try {
      const now = identityOf(dir);
      const isAll = now !== root || paths.has('') || paths.size > tooMany;
      root = now;
      if (isAll) leave('');
      follow(isAll ? [''] : paths.keys());
      isThere = true;
      onChange(isAll ? undefined : paths);
      if (paths.size > tooMany) setTimeout(() => note(''), secondLook).unref();
      ongoing.forgetDone();
      isFailing = false;
      if (isAway) onBack();
      isAway = false;
    } catch (error) {
      root = undefined;
      // Who reads the folder may have failed, too.
      isAway ||= !isThere;
      failOnce(error);
      lookIn(retryTime);
    }
  };
  const lookIn = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(look, milliseconds);
  };

  root = identityOf(dir);
  // Each folder is watched before what is in it is listed.
  const listed = listAll(dir, enter);
  return {
    listed,
    lookAt: (paths) => {
      for (const path of paths) note(path, 'written');
    },
    close: () => {
      clearTimeout(timer);
      ongoing.close();
      leave('');
    },
  };
}

function isLinked(full: string): boolean {
  try {
    return realpathSync(full) !== join(realpathSync(dirname(full)), basename(full));
  } catch {
    return false;
  }
}

/** Which folder stands at a path: another one may be put there. */
function identityOf(dir: string): string {
  if (!isFolder(dir)) throw new Error(`${dir}: there is no such folder`);
  const { dev, ino } = statSync(dir);
  return `${dev}-${ino}`;
}
