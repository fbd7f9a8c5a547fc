import type { Instant } from '../../article/article.ts';
import type { Site } from '../../publication/site/site.ts';
import { packageFilesFolder } from '../folder/files/package-files.ts';
import { type Observe, type RequestHandler, startListening } from './listeners.ts';
import { PackageFiles, startingHandler } from './request-handler.ts';
import { type PublicationOptions, type ServedPublication, servePublication } from './served-publication.ts';
import type { Limits, ListenAddress } from './server.ts';

export interface ServeOptions extends ListenAddress, PublicationOptions {
  readonly host: string;
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
  const { url, bound, web, drain } = await startListening(options, () => handler);
  const packageFiles = new PackageFiles(options.publicPath ?? packageFilesFolder);
  let publication: ServedPublication;
  try {
    publication = servePublication(dir, url, packageFiles, { ...options, bound });
  } catch (error) {
    await drain();
    throw error;
  }
  handler = publication.handler;
  const { prepareFeeds } = publication.handler;
  setImmediate(() => void prepareFeeds());
  const whenIdle = setTimeout(() => {
    publication.settle();
    void web.load();
    void packageFiles.read().catch(options.onError);
  }, idleDelay).unref();
  const watch = options.watch
    ? packageFiles.watch(publication.showPackageChange, options.onWatchError ?? options.onError)
    : undefined;
  return {
    url,
    site: publication.site(),
    changed: publication.changed,
    reload: publication.reload,
    close: async () => {
      clearTimeout(whenIdle);
      watch?.close();
      publication.stop();
      // Requests that are still answered read the ledger.
      await drain();
      await publication.close();
    },
  };
}

/** Milliseconds from the start until the server loads what the first page and the first change need. */
const idleDelay = 250;
