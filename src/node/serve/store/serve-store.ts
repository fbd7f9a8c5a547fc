import { type Edition, Unavailable } from '../../../publication/publication.ts';
import { editionPath } from '../../../publication/stored/stored.ts';
import { ObjectCache } from '../../../store/object-cache.ts';
import { LostObject } from '../../../store/object-reader.ts';
import { type StoredPublication, storedPublication } from '../../../store/stored-publication.ts';
import { audienceName } from '../../audience/audience-file.ts';
import { packageFilesFolder } from '../../folder/files/package-files.ts';
import { statePath } from '../../state/state-file.ts';
import type { ServedStore } from '../../store/open-store.ts';
import { type Observe, type RequestHandler, startListening } from '../listeners.ts';
import { type AudienceOptions, ServedAudience } from '../monitor/served-audience.ts';
import { PackageFiles, startingHandler } from '../request-handler.ts';
import type { RunningServer } from '../serve.ts';
import type { ListenAddress } from '../server.ts';
import { storedHandler } from './stored-handler.ts';

export interface ServeStoreOptions extends ListenAddress, AudienceOptions {
  /** The folder of the numbers of readers; without it, they are in memory. */
  readonly state?: string | false | undefined;
  readonly onError: (error: Error) => void;
  readonly observe?: Observe;
  /** Milliseconds between two checks for a newer edition. */
  readonly recheck?: number;
}

/** Bytes of stored objects in memory, in JSON. The documents made of them have a limit of their own. */
const objectLimit = 12 * 1024 * 1024;

/** With a purge afterwards, readers behind a cache see a new edition within ten seconds. */
const checkInterval = 5_000;

/**
 * Serves the edition in a store, and each newer one within {@link checkInterval}. Rejects if nothing is published
 * there, or if the port is not available.
 *
 * The store is checked in the background, so no request waits for a store that fails or hangs.
 */
export async function serveStore(store: ServedStore, options: ServeStoreOptions): Promise<RunningServer> {
  const publication = storedPublication(store, { cache: new ObjectCache(objectLimit) });
  let handler: RequestHandler = startingHandler;
  const { url, web, drain } = await startListening(options, () => handler);
  const audience = new ServedAudience(stateIn(options), options, options.onError);
  const close = async (): Promise<void> => {
    await drain();
    audience.close();
  };
  try {
    const { site } = await firstEdition(publication, store);
    const packageFiles = new PackageFiles(packageFilesFolder);
    handler = storedHandler(publication, store, packageFiles, audience, onceEach(store, options.onError));
    void web.load();
    const refresh = followStore(publication, store, options.onError);
    const timer = setInterval(refresh, options.recheck ?? checkInterval);
    return {
      url,
      site,
      changed: () => {
        const edition = publication.edition();
        return edition instanceof Promise ? undefined : edition.changed;
      },
      reload: refresh,
      close: () => {
        clearInterval(timer);
        return close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function stateIn({ state }: ServeStoreOptions): string | undefined {
  return typeof state === 'string' ? statePath('', audienceName, state) : undefined;
}

async function firstEdition(publication: StoredPublication, store: ServedStore): Promise<Edition> {
  if ((await store.get(editionPath)) === undefined)
    throw new Error(
      `nothing is published in ${store.name}; publish there first: dateline publish --store ${store.name}`,
    );
  return publication.edition();
}

/**
 * Returns a function that reports an error. A store that can't be read is reported in one line, with the fix, and once
 * per object: every request would repeat it.
 */
function onceEach({ name }: ServedStore, onError: (error: Error) => void): (error: Error) => void {
  const reported = new Set<string>();
  return (error) => {
    if (!(error instanceof Unavailable)) return onError(error);
    if (reported.has(error.message) || reported.size === reportLimit) return;
    reported.add(error.message);
    const fix = error instanceof LostObject ? `; to repair it: dateline publish --verify --store ${name}` : '';
    onError(new Unavailable(`${name}: ${error.message}, so readers get 503${fix}`));
  };
}

/** Objects of a store that are reported. */
const reportLimit = 100;

/**
 * Returns a function that looks for a newer edition, unless a look is under way. Of several failures in a row, the
 * first is reported.
 */
function followStore(publication: StoredPublication, store: ServedStore, onError: (error: Error) => void): () => void {
  let isLooking = false;
  let isFailing = false;
  const look = async (): Promise<void> => {
    try {
      await publication.refresh();
      isFailing = false;
    } catch (error) {
      const { message } = error as Error;
      if (!isFailing) onError(new Unavailable(`the last edition stays, since ${store.name} fails: ${message}`));
      isFailing = true;
    }
  };
  return () => {
    if (isLooking) return;
    isLooking = true;
    void look().finally(() => {
      isLooking = false;
    });
  };
}
