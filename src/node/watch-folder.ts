import { type FSWatcher, watch } from 'node:fs';
import { listFiles } from './list-files.ts';

/** How long a change must rest before it is told, in milliseconds: an editor saves in several steps. */
const settleTime = 30;
/** How long until the next look at a folder that cannot be watched, in milliseconds. */
const retryTime = 1000;

export interface Watch {
  close(): void;
}

/**
 * Tells of changes below a folder, or of a file that a link in it leads to, at once and then some time after the last of them.
 *
 * Every folder has a watcher of its own: on Linux the recursive one of Node.js watches each file and is blind to it
 * once an editor has put a new file in its place. They are made anew before each change is told, so that new folders
 * have theirs and nothing that happens in between is missed.
 */
export function watchFolder(dir: string, onChange: () => void, onError: (error: Error) => void): Watch {
  let watchers: FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isFailing = false;

  const look = (): void => {
    closeAll();
    try {
      const enter = (path: string): void => {
        const watcher = watch(path, () => lookIn(settleTime));
        watchers.push(watcher.on('error', () => lookIn(settleTime)));
      };
      // What cannot be listed is reported by those who read the folder.
      listFiles(dir, { enter, fail: () => {} });
      onChange();
      isFailing = false;
    } catch (error) {
      if (!isFailing) onError(error instanceof Error ? error : new Error(String(error)));
      isFailing = true;
      lookIn(retryTime);
    }
  };
  const lookIn = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(look, milliseconds);
  };
  const closeAll = (): void => {
    for (const watcher of watchers) watcher.close();
    watchers = [];
  };

  look();
  return {
    close: () => {
      clearTimeout(timer);
      closeAll();
    },
  };
}
