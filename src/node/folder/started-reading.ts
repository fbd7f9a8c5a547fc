import { type Listed, listAll } from '../disk/list-files.ts';
import {
  type ChangedPaths,
  type ChangeKind,
  type FolderWatch,
  type Watch,
  watchFolder,
} from '../disk/watch-folder.ts';
import { ReadAhead } from '../read-ahead.ts';

/** What is known of a folder before it is read. */
export interface KnownFolder {
  readonly listed: Listed;
  /** Another thread that reads it. */
  readonly ahead: ReadAhead | undefined;
}

/** Who is told of what happens in a folder. */
export interface Follower {
  readonly onChange: (paths: ChangedPaths) => void;
  readonly onError: (error: Error) => void;
  /** The folder was away and can be read again. */
  readonly onBack?: () => void;
}

/** A folder that is watched, and perhaps read ahead, before anybody asks. */
export interface StartedReading extends Watch {
  readonly folder: KnownFolder;
  /** Tells a follower what has happened since the start, and what happens from now on. */
  follow(follower: Follower): void;
  /** Tells the follower of files as if they had been written into. */
  lookAt(paths: readonly string[]): void;
}

/**
 * Begins to watch a folder, if it `isWatched`, and then, if it `isAhead`, to read it: in that order, so that nothing
 * that happens in between is missed. Throws where there is no such folder.
 */
export function startReading(dir: string, isWatched: boolean, isAhead: boolean): StartedReading {
  let changes: Map<string, ChangeKind> | 'any' = new Map<string, ChangeKind>();
  const errors: Error[] = [];
  let follower: Follower = {
    onChange: (paths) => {
      if (paths === undefined || changes === 'any') changes = 'any';
      else changes = new Map([...changes, ...paths]);
    },
    onError: (error) => errors.push(error),
  };
  const ahead = isAhead ? ReadAhead.start(dir) : undefined;
  const watched = (): FolderWatch =>
    watchFolder(
      dir,
      (paths) => follower.onChange(paths),
      (error) => follower.onError(error),
      () => follower.onBack?.(),
    );
  let watch: FolderWatch | undefined;
  let listed: Listed;
  try {
    watch = isWatched ? watched() : undefined;
    listed = watch?.listed ?? listAll(dir);
  } catch (error) {
    ahead?.close();
    throw error;
  }
  ahead?.begin(listed.paths);
  return {
    folder: { listed, ahead },
    follow: (next) => {
      follower = next;
      for (const error of errors) next.onError(error);
      if (changes === 'any') next.onChange(undefined);
      else if (changes.size > 0) next.onChange(changes);
    },
    lookAt: (paths) => watch?.lookAt(paths),
    close: () => {
      watch?.close();
      ahead?.close();
    },
  };
}
