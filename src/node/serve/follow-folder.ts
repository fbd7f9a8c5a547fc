import { omitUndefined } from '../../article/omit-undefined.ts';
import type { Edition } from '../../publication/publication.ts';
import type { ChangedPaths, Watch, WatchedFolder } from '../disk/watch-folder.ts';
import { isServed } from '../folder/files/article-files.ts';
import type { FolderSnapshot } from '../folder/folder-snapshot.ts';
import type { SeedFolder } from '../folder/seed-folder.ts';
import type { CachePurge } from '../purge/cache-purge.ts';
import type { HubPush } from '../websub/push.ts';
import type { DueArticles } from './due-articles.ts';
import { type FolderSummary, summarize } from './folder-summary.ts';
import type { FolderHandler } from './request-handler.ts';
import type { DueFiles, ServedFolder } from './served-folder.ts';
import type { StateSaver } from './state-saver.ts';

/** Callbacks for what happens while a server runs. */
export interface ChangeEvents {
  /** Called with the problems and changes that each read of the folder found. */
  readonly onRead: (summary: FolderSummary) => void;
  /** Called with the files of articles that appear or expire now. */
  readonly onDue?: (files: DueFiles) => void;
  readonly onError: (error: Error) => void;
  /** Called instead of `onError` if changes can't be seen, for example because the folder is gone. */
  readonly onWatchError?: (error: Error) => void;
  /** Called when the folder exists again. */
  readonly onBack?: () => void;
}

/** The parts of a server that a change of the folder updates. */
export interface FolderParts {
  readonly dir: string;
  readonly seeds: SeedFolder;
  readonly saver: StateSaver;
  readonly watched: WatchedFolder;
  readonly folder: ServedFolder;
  readonly handler: FolderHandler;
  readonly due: DueArticles;
  readonly push: HubPush | undefined;
  readonly purge: CachePurge | undefined;
}

/** A folder whose changes are published. */
export interface FollowedFolder extends Watch {
  /** Reads the whole folder, whether or not it is watched. */
  reload(): void;
}

/** Publishes the changes of a folder of articles: those that its watch reports, and what a reload finds. */
export function followFolder(parts: FolderParts, events: ChangeEvents): FollowedFolder {
  const { dir, seeds, saver, watched, folder, handler, due, push, purge } = parts;
  const { onRead, onError, onWatchError = onError, onBack } = events;
  let recheck: NodeJS.Timeout | undefined;
  const scheduleRecheck = (): void => {
    const { nextCheck } = seeds;
    clearTimeout(recheck);
    if (nextCheck !== undefined) recheck = setTimeout(() => watched.recheck(nextCheck.paths), nextCheck.wait);
  };
  let isClosed = false;
  const show = (reading: FolderSnapshot, edition: Edition | undefined): void => {
    if (isClosed) return;
    if (edition !== undefined) {
      folder.edition = edition;
      folder.record();
      due.follow(edition);
      void handler.prepareFeeds();
    }
    onRead(summarize(dir, reading, reading.changes));
    // From here on, requests get the new edition.
    if (edition !== undefined) {
      purge?.changed({ ...reading, edition });
      push?.changed({ ...reading, edition });
    }
    if (edition !== undefined || reading.changes.some(({ path }) => isServed(path))) handler.live?.reload();
  };
  /** The last change that waits until its long articles are rendered. Later changes wait for it. */
  let waiting: Promise<void> | undefined;
  const onChange = (paths: ChangedPaths): void => {
    const { reading, next } = folder.update(paths);
    scheduleRecheck();
    if (reading === undefined) return;
    saver.schedule();
    if (waiting === undefined && next?.ready === undefined) {
      show(reading, next?.edition);
      return;
    }
    const turn = Promise.all([waiting, next?.ready]).then(() => {
      if (waiting === turn) waiting = undefined;
      show(reading, next?.edition);
    });
    waiting = turn;
    turn.catch(onError);
  };
  // The first reading may have left files unread.
  scheduleRecheck();
  watched.follow(omitUndefined({ onChange, onError: onWatchError, onBack }));
  const close = (): void => {
    isClosed = true;
    clearTimeout(recheck);
  };
  const reload = (): void => {
    try {
      onChange(undefined);
    } catch (error) {
      onWatchError(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return { close, reload };
}
