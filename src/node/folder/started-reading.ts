import { type Listed, listAll } from '../disk/list-files.ts';
import { type ChangedPaths, type ChangeKind, type Watch, watchFolder } from '../disk/watch-folder.ts';

/** Who is told of what happens in a folder. */
export interface Follower {
  readonly onChange: (paths: ChangedPaths) => void;
  readonly onError: (error: Error) => void;
  /** The folder was away and can be read again. */
  readonly onBack?: () => void;
}

/** A folder that is listed, and watched if asked, before it is read. */
export interface StartedReading extends Watch {
  /** The folder's paths as they were at the start. */
  readonly listed: Listed;
  /** Tells a follower what has happened since the start, and what happens from now on. */
  follow(follower: Follower): void;
  /** Tells the follower of files as if they had been written into. */
  lookAt(paths: readonly string[]): void;
}

/**
 * Watches a folder if `isWatched`, then lists it: in that order, so that no change in between is missed. Throws if the
 * folder does not exist.
 */
export function startReading(dir: string, isWatched: boolean): StartedReading {
  let changes: Map<string, ChangeKind> | 'any' = new Map<string, ChangeKind>();
  const errors: Error[] = [];
  let follower: Follower = {
    onChange: (paths) => {
      if (paths === undefined || changes === 'any') changes = 'any';
      else changes = new Map([...changes, ...paths]);
    },
    onError: (error) => errors.push(error),
  };
  const watch = isWatched
    ? watchFolder(
        dir,
        (paths) => follower.onChange(paths),
        (error) => follower.onError(error),
        () => follower.onBack?.(),
      )
    : undefined;
  return {
    listed: watch?.listed ?? listAll(dir),
    follow: (next) => {
      follower = next;
      for (const error of errors) next.onError(error);
      if (changes === 'any') next.onChange(undefined);
      else if (changes.size > 0) next.onChange(changes);
    },
    lookAt: (paths) => watch?.lookAt(paths),
    close: () => watch?.close(),
  };
}
