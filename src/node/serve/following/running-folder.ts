import { omitUndefined } from '../../../article/omit-undefined.ts';
import { openFolder, type Watch, type WatchedFolder } from '../../disk/watch-folder.ts';
import type { FileChange } from '../../folder/files/file-changes.ts';
import { packageFilesFolder } from '../../folder/files/package-files.ts';
import { hasBrokenPublication, publicationHome } from '../../folder/options/publication-file.ts';
import { watchPublication } from '../../folder/options/watch-publication.ts';
import { SeedFolder } from '../../folder/seed-folder.ts';
import { HubRecord } from '../../ledger/hub-record.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { ServedLedger } from '../../ledger/served-ledger.ts';
import { packageVersion } from '../../package-folder.ts';
import { CachePurge } from '../../purge/cache-purge.ts';
import { statePath } from '../../state/state-file.ts';
import { HubPush, type PushOptions } from '../../websub/push.ts';
import { summarize } from '../folder-summary.ts';
import { previewOf } from '../preview.ts';
import { createHandler, type FolderHandler, PackageFiles } from '../request-handler.ts';
import { requireLinkable } from '../server.ts';
import { StateSaver } from '../state-saver.ts';
import { awaitDueArticles } from './due-articles.ts';
import { type ChangeEvents, type FolderParts, type FollowedFolder, followFolder } from './follow-folder.ts';
import { ServedFolder } from './served-folder.ts';

export interface RunOptions extends ChangeEvents {
  /** Where a server of the folder listens; without it, the folder is part of a program that has its own server. */
  readonly host?: string | undefined;
  /** Whether changes of the folder are served without a restart. */
  readonly watch: boolean;
  /** Whether pages that are open in a browser on this machine reload after changes. */
  readonly live?: boolean;
  /** Replaces the public address that the publication file names. */
  readonly siteUrl?: string | undefined;
  /** How the publication's WebSub hub is notified of changes; without it, no hub is. */
  readonly push?: PushOptions | undefined;
  /** The path of the file with the folder's state; without it, nothing is known from earlier processes. */
  readonly state?: string | undefined;
  /** The path of the ledger, by default in the folder of articles. */
  readonly ledger?: string;
  /** Called with a line about a ledger that can't be read or written. */
  readonly onLedgerWarning?: (line: string) => void;
  /** Called with a line that says why the cache in front was not purged; without it, it never is. */
  readonly onPurgeWarning?: (line: string) => void;
  /** Replaces the package's own `public` folder. */
  readonly publicPath?: string;
}

/** A folder that is read and followed. */
export interface RunningFolder {
  readonly folder: ServedFolder;
  readonly handler: FolderHandler;
  /** Reads the folder again and publishes what changed. */
  reload(): void;
  /** Follows the folder no longer. Requests are still answered. */
  stop(): void;
  /** Closes what requests read. */
  close(): Promise<void>;
}

/**
 * Reads a folder of articles and follows its changes. `url` is its address if none is set. Throws if the folder can't
 * be read or its publication file is broken. `onIdle` is called when the first requests have been answered.
 */
export async function runFolder(
  dir: string,
  url: string,
  options: RunOptions,
  onIdle: () => void = () => {},
): Promise<RunningFolder> {
  const open: Watch[] = [];
  const keep = <T extends Watch>(part: T): T => {
    open.push(part);
    return part;
  };
  const stop = (): void => {
    for (const part of open.splice(0)) part.close();
  };
  let ledger: ServedLedger | undefined;
  try {
    const packageFiles = new PackageFiles(options.publicPath ?? packageFilesFolder);
    const watched = keep(openFolder(dir, options.watch));
    const onWarning = options.onLedgerWarning ?? (() => {});
    const path = options.ledger ?? statePath(publicationHome(dir), 'ledger');
    ledger = new ServedLedger(dir, openLedger(path, onWarning), onWarning);
    const { folder, handler, saver, reload } = startFolder({ dir, url, watched, packageFiles, ledger }, options, keep);
    setImmediate(() => void handler.prepareFeeds());
    const whenIdle = setTimeout(() => {
      folder.record();
      onIdle();
      void packageFiles.read().catch(options.onError);
      saver.save();
    }, idleDelay).unref();
    keep({
      close: () => {
        clearTimeout(whenIdle);
        folder.record();
      },
    });
    const { close } = ledger;
    return { folder, handler, reload, stop, close: close.bind(ledger) };
  } catch (error) {
    stop();
    await ledger?.close();
    throw error;
  }
}

/** Milliseconds from the start until what the first page and the first change need is loaded. */
const idleDelay = 250;

/** What the parts of a server are made from. */
interface FolderBasis {
  readonly dir: string;
  readonly url: string;
  readonly watched: WatchedFolder;
  readonly packageFiles: PackageFiles;
  readonly ledger: ServedLedger;
}

/**
 * Reads the folder and starts everything that serves and follows it. Each part is passed to `keep`, to be closed later.
 */
function startFolder(
  { dir, url, watched, packageFiles, ledger }: FolderBasis,
  options: RunOptions,
  keep: <T extends Watch>(part: T) => T,
): FolderParts & Pick<FollowedFolder, 'reload'> {
  const { contents } = watched;
  const seeds = new SeedFolder(
    dir,
    omitUndefined({
      url,
      contents,
      holdUnfinished: options.watch,
      urlOverride: options.siteUrl,
      state: options.state,
      names: (isUnique: boolean) => ledger.file.names(isUnique),
    }),
  );
  const first = seeds.read();
  options.onRead(summarize(dir, first, []));
  if (hasBrokenPublication(first.problems, dir)) throw new Error('Fix the publication file first.');
  const { host } = options;
  if (!first.hasUrl && host !== undefined) requireLinkable(host, url);
  const folder = new ServedFolder(seeds, first, ledger);
  const isLive = options.watch && options.live === true;
  const siteUrl = (): string | undefined => (folder.reading.hasUrl ? folder.edition.site.url : undefined);
  const preview = host === undefined ? undefined : previewOf({ url, host, isLive, siteUrl });
  const handler = createHandler(dir, folder, packageFiles, {
    isLive,
    preview,
    dates: ledger.dates,
    onError: options.onError,
  });
  if (handler.live !== undefined) keep(handler.live);
  const due = keep(
    awaitDueArticles(folder.edition, (after, until) => {
      void handler.prepareFeeds();
      folder.record();
      options.onDue?.(folder.filesDue(after, until));
      handler.live?.reload();
    }),
  );
  const memory = { record: new HubRecord(ledger.file), content: () => `${ledger.content} ${packageVersion()}` };
  const push =
    options.push && keep(new HubPush({ ...first, edition: folder.edition }, memory, options.push, options.onError));
  const purge =
    options.onPurgeWarning && keep(new CachePurge({ ...first, edition: folder.edition }, options.onPurgeWarning));
  const saver = keep(new StateSaver(seeds, options.onError));
  const parts = { dir, seeds, saver, watched, folder, handler, due, push, purge };
  const { reload } = keep(followFolder(parts, options));
  if (!options.watch) return { ...parts, reload };
  keep(watchPublication(dir, reload));
  const onPackageChange = (changes: readonly FileChange[]): void => {
    options.onRead(summarize(dir, folder.reading, changes));
    handler.live?.reload();
  };
  keep(packageFiles.watch(onPackageChange, options.onWatchError ?? options.onError));
  return { ...parts, reload };
}
