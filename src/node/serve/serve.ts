import type { Instant } from '../../article/article.ts';
import type { Site } from '../../publication/site.ts';
import { type RunningFolder, type RunOptions, runFolder } from './following/running-folder.ts';
import { type Observe, type RequestHandler, startListening } from './listeners.ts';
import { startingHandler } from './request-handler.ts';
import type { Limits, ListenAddress } from './server.ts';

export interface ServeOptions extends RunOptions, ListenAddress {
  readonly host: string;
  readonly observe?: Observe;
  /** Override {@link standardLimits}. */
  readonly limits?: Partial<Limits>;
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
  let running: RunningFolder;
  try {
    running = await runFolder(dir, url, options, () => void web.load());
  } catch (error) {
    await drain();
    throw error;
  }
  const { folder, reload, stop } = running;
  handler = running.handler;
  const close = async (): Promise<void> => {
    stop();
    // Requests that are still answered read the ledger.
    await drain();
    await running.close();
  };
  return { url, site: folder.reading.site, changed: () => folder.edition.changed, reload, close };
}
