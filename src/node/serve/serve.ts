import type { Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import type { Site } from '../../publication/site.ts';
import { openFolder, type Watch, type WatchedFolder } from '../disk/watch-folder.ts';
import type { FileChange } from '../folder/files/file-changes.ts';
import { packageFilesFolder } from '../folder/files/package-files.ts';
import { hasBrokenPublication, publicationHome } from '../folder/options/publication-file.ts';
import { watchPublication } from '../folder/options/watch-publication.ts';
import { SeedFolder } from '../folder/seed-folder.ts';
import { HubRecord } from '../ledger/hub-record.ts';
import { openLedger } from '../ledger/open-ledger.ts';
import { ServedLedger } from '../ledger/served-ledger.ts';
import { packageVersion } from '../package-folder.ts';
import { CachePurge } from '../purge/cache-purge.ts';
import { statePath } from '../state/state-file.ts';
import { HubPush, type PushOptions } from '../websub/push.ts';
import { awaitDueArticles } from './due-articles.ts';
import { summarize } from './folder-summary.ts';
import { type ChangeEvents, type FolderParts, type FollowedFolder, followFolder } from './follow-folder.ts';
import { type Observe, type RequestHandler, startListening } from './listeners.ts';
import { previewOf } from './preview.ts';
import { createHandler, PackageFiles, startingHandler } from './request-handler.ts';
import { ServedFolder } from './served-folder.ts';
import { type Limits, type ListenAddress, requireLinkable } from './server.ts';
import { StateSaver } from './state-saver.ts';

export interface ServeOptions extends ListenAddress, ChangeEvents {
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
  readonly observe?: Observe;
  /** Override {@link standardLimits}. */
  readonly limits?: Partial<Limits>;
  /** Replaces the package's own `public` folder. */
  readonly publicPath?: string;
}

export interface RunningServer {
  /** The address at which this server answers. */
  readonly url: string;
  readonly site: Site;
  /** Returns when the publication last changed, if known. */
  changed(): Instant | undefined;
  /** Reads the folder again and publishes what changed. */
  reload(): void;
  /** Refuses new connections, finishes the pending responses and resolves when the last one is sent. */
  close(): Promise<void>;
}

/**
 * Serves a folder of articles. Rejects if the folder can't be read, its publication file is broken or the port is not
 * available.
 *
 * The server listens before it reads the folder, and answers 503 until that is done.
 */
export async function serve(dir: string, options: ServeOptions): Promise<RunningServer> {
  let handler: RequestHandler = startingHandler;
  const { url, web, drain } = await startListening(options, () => handler);
  const open: Watch[] = [];
  const keep = <T extends Watch>(part: T): T => {
    open.push(part);
    return part;
  };
  let ledger: ServedLedger | undefined;
  const close = async (): Promise<void> => {
    for (const part of open) part.close();
    // Requests that are still answered read the ledger.
    await drain();
    await ledger?.close();
  };
  try {
    const packageFiles = new PackageFiles(options.publicPath ?? packageFilesFolder);
    const watched = keep(openFolder(dir, options.watch));
    const onWarning = options.onLedgerWarning ?? (() => {});
    ledger = new ServedLedger(
      dir,
      openLedger(options.ledger ?? statePath(publicationHome(dir), 'ledger'), onWarning),
      onWarning,
    );
    const parts = startFolder({ dir, url, watched, packageFiles, ledger }, options, keep);
    handler = parts.handler;
    setImmediate(() => void parts.handler.prepareFeeds());
    const whenIdle = setTimeout(() => {
      parts.folder.record();
      void web.load();
      void packageFiles.read().catch(options.onError);
      parts.saver.save();
    }, idleDelay).unref();
    keep({
      close: () => {
        clearTimeout(whenIdle);
        parts.folder.record();
      },
    });
    const { folder, reload } = parts;
    return { url, site: folder.reading.site, changed: () => folder.edition.changed, reload, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Milliseconds from the start until the server loads what the first page and the first change need. */
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
  options: ServeOptions,
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
  if (!first.hasUrl) requireLinkable(options.host, url);
  const folder = new ServedFolder(seeds, first, ledger);
  const isLive = options.watch && options.live === true;
  const siteUrl = (): string | undefined => (folder.reading.hasUrl ? folder.edition.site.url : undefined);
  const preview = previewOf({ url, host: options.host, isLive, siteUrl });
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
