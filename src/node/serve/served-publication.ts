import type { Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import type { MemoryBudget } from '../../http/cache/memory-budget.ts';
import type { Edition } from '../../publication/publication.ts';
import type { Site } from '../../publication/site/site.ts';
import { openFolder, type Watch } from '../disk/watch-folder.ts';
import type { FileChange } from '../folder/files/file-changes.ts';
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
import { type AudienceOptions, ServedAudience } from './monitor/served-audience.ts';
import { previewOf } from './preview.ts';
import { createHandler, type FolderHandler, type PackageFiles } from './request-handler.ts';
import { ServedFolder } from './served-folder.ts';
import { requireLinkable } from './server.ts';
import { StateSaver } from './state-saver.ts';

/** How a folder is served. */
export interface PublicationOptions extends ChangeEvents, AudienceOptions {
  /** The name or address on which the server listens; absent in a program that has its own server. */
  readonly host?: string | undefined;
  /** Whether changes of the folder are served without a restart. */
  readonly watch: boolean;
  /** Whether pages that are open in a browser on this machine reload after changes. */
  readonly live?: boolean;
  /** The address that the host's name led to; by default the name, for one that is an address. */
  readonly bound?: string;
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
  /** The memory for documents that it shares with other publications; by default its own. */
  readonly memory?: MemoryBudget;
}

/** A folder of articles that is served, at whatever address. */
export interface ServedPublication {
  readonly handler: FolderHandler;
  site(): Site;
  edition(): Edition;
  /** Whether a public address is set. */
  hasUrl(): boolean;
  changed(): Instant | undefined;
  /** Reads the folder again and publishes what changed. */
  reload(): void;
  /** Reports changes of the package's own files. */
  showPackageChange(changes: readonly FileChange[]): void;
  /** Records what readers see, and writes a part of the state; for a moment without requests. */
  settle(): void;
  /** Closes the files of state and ledger for as long as nothing uses them. */
  rest(): void;
  /** Stops following the folder. */
  stop(): void;
  /** Closes what requests may still read. */
  close(): Promise<void>;
}

/**
 * Reads a folder and follows its changes. `url` is the address of its publication, unless the publication file has one.
 * Throws if the folder can't be read or its publication file is broken.
 */
export function servePublication(
  dir: string,
  url: string,
  packageFiles: PackageFiles,
  options: PublicationOptions,
): ServedPublication {
  const open: Watch[] = [];
  const keep = <T extends Watch>(part: T): T => {
    open.push(part);
    return part;
  };
  const stop = (): void => {
    for (const part of open.splice(0)) part.close();
  };
  const onWarning = options.onLedgerWarning ?? (() => {});
  const ledgerPath = options.ledger ?? statePath(publicationHome(dir), 'ledger');
  const audience = new ServedAudience(ledgerPath, options, options.onError);
  let ledger: ServedLedger | undefined;
  try {
    const watched = keep(openFolder(dir, options.watch));
    ledger = new ServedLedger(dir, openLedger(ledgerPath, onWarning), onWarning);
    const basis = { dir, url, watched, packageFiles, ledger, audience };
    const { folder, handler, saver, reload } = startFolder(basis, options, keep);
    keep({ close: () => folder.record() });
    return {
      handler,
      site: () => folder.edition.site,
      edition: () => folder.edition,
      hasUrl: () => folder.reading.hasUrl,
      changed: () => folder.edition.changed,
      reload,
      showPackageChange: (changes) => {
        options.onRead(summarize(dir, folder.reading, changes));
        handler.live?.reload();
      },
      settle: () => {
        folder.record();
        saver.save();
      },
      rest: () => folder.rest(),
      stop,
      close: async () => {
        audience.close();
        await ledger?.close();
      },
    };
  } catch (error) {
    stop();
    void ledger?.close();
    throw error;
  }
}

/** What the parts of a served folder are made from. */
interface FolderBasis extends Pick<FolderParts, 'dir' | 'watched'> {
  readonly url: string;
  readonly packageFiles: PackageFiles;
  readonly ledger: ServedLedger;
  readonly audience: ServedAudience;
}

/**
 * Reads the folder and starts everything that serves and follows it. Each part is passed to `keep`, to be closed later.
 */
function startFolder(
  { dir, url, watched, packageFiles, ledger, audience }: FolderBasis,
  options: PublicationOptions,
  keep: <T extends Watch>(part: T) => T,
): FolderParts & Pick<FollowedFolder, 'reload'> {
  const seeds = new SeedFolder(
    dir,
    omitUndefined({
      url,
      contents: watched.contents,
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
  const preview =
    host === undefined ? undefined : previewOf({ url, host, bound: options.bound ?? host, isLive, siteUrl });
  const handler = createHandler(dir, folder, packageFiles, {
    isLive,
    preview,
    dates: ledger.dates,
    memory: options.memory,
    audience,
    state: options.state,
    onError: options.onError,
  });
  keep(handler);
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
  const saver = keep(new StateSaver(seeds, () => folder.keepRendered(), options.onError));
  const parts = { dir, seeds, saver, watched, folder, handler, due, push, purge };
  const { reload } = keep(followFolder(parts, options));
  if (options.watch) keep(watchPublication(dir, reload));
  if (options.watch) keep(seeds.watchStatic((articles) => watched.recheck(articles)));
  return { ...parts, reload };
}
