import { ReadAhead } from './read-ahead.ts';
import { type ChangedPaths, type Watch, watchFolder } from './watch-folder.ts';

/** Who is told of what happens in a folder. */
export interface Follower {
  readonly onChange: (paths: ChangedPaths) => void;
  readonly onError: (error: Error) => void;
}

/** A folder that is watched, and perhaps read ahead, before anybody asks. */
export interface StartedReading extends Watch {
  readonly ahead: ReadAhead | undefined;
  /** Tells a follower what has happened since the start, and what happens from now on. */
  follow(follower: Follower): void;
}

/**
 * Begins to watch a folder, if it `isWatched`, and then, if it `isAhead`, to read it: in that order, so that nothing
 * that happens in between is missed. Throws where there is no such folder.
 */
export function startReading(dir: string, isWatched: boolean, isAhead: boolean): StartedReading {
  let changes: Set<string> | 'any' = new Set<string>();
  const errors: Error[] = [];
  let follower: Follower = {
    onChange: (paths) => {
      if (paths === undefined || changes === 'any') changes = 'any';
      else changes = new Set([...changes, ...paths]);
    },
    onError: (error) => errors.push(error),
  };
  const ahead = isAhead ? ReadAhead.start(dir) : undefined;
  const watched = (): Watch =>
    watchFolder(
      dir,
      (paths) => follower.onChange(paths),
      (error) => follower.onError(error),
    );
  let watch: Watch | undefined;
  try {
    watch = isWatched ? watched() : undefined;
  } catch (error) {
    ahead?.close();
    throw error;
  }
  ahead?.begin();
  return {
    ahead,
    follow: (next) => {
      follower = next;
      for (const error of errors) next.onError(error);
      if (changes === 'any') next.onChange(undefined);
      else if (changes.size > 0) next.onChange(changes);
    },
    close: () => {
      watch?.close();
      ahead?.close();
    },
  };
}
