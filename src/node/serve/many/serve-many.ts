import { basename, dirname, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { MemoryBudget } from '../../../http/cache/memory-budget.ts';
import { healthy, misdirected } from '../../../http/simple-responses.ts';
import { packageFilesFolder } from '../../folder/files/package-files.ts';
import { defaultDir } from '../../folder/options/articles-folder.ts';
import { type Observe, type RequestHandler, startListening } from '../listeners.ts';
import { PackageFiles, startingHandler } from '../request-handler.ts';
import type { RunningServer } from '../serve.ts';
import { type PublicationOptions, type ServedPublication, servePublication } from '../served-publication.ts';
import type { ListenAddress } from '../server.ts';
import { type Addressed, type FindPublication, indexPublications } from './publication-index.ts';

export interface ServeManyOptions extends ListenAddress {
  /** Returns how one of the folders is served. */
  readonly optionsFor: (dir: string, name: string) => Omit<PublicationOptions, 'host' | 'memory'>;
  readonly onError: (error: Error) => void;
  readonly observe?: Observe;
}

export interface ManyServer extends Omit<RunningServer, 'site'> {
  /** The publications, in the order of their folders. */
  readonly publications: readonly Addressed[];
}

/** Bytes of the documents of all publications in memory. */
const documentLimit = 64 * 1024 * 1024;

/** Milliseconds after which a publication closes its files that it does not use; twice as many at most. */
const restTime = 2000;

/** Milliseconds between the first work that publications do when nobody waits. */
const pause = 20;

/**
 * Serves several folders of articles in one process, each at the host and path of its own address, with one budget of
 * memory for their documents. Rejects if one can't be read, or if two have the same address.
 */
export async function serveMany(dirs: readonly string[], options: ServeManyOptions): Promise<ManyServer> {
  let handler: RequestHandler = startingHandler;
  const { url, bound, web, drain } = await startListening(options, () => handler);
  const packageFiles = new PackageFiles(packageFilesFolder);
  const memory = new MemoryBudget(documentLimit);
  const served: Served[] = [];
  const resting = setInterval(() => {
    for (const { publication } of served) publication.rest();
  }, restTime).unref();
  const close = async (): Promise<void> => {
    clearInterval(resting);
    for (const { publication } of served) publication.stop();
    await drain();
    await Promise.all(served.map(({ publication }) => publication.close()));
  };
  try {
    for (const dir of dirs) {
      const name = nameOf(dir);
      const own = `${url}${encodeURIComponent(name)}/`;
      const publication = servePublication(dir, own, packageFiles, {
        ...options.optionsFor(dir, name),
        host: options.host,
        bound,
        memory,
      });
      served.push({ name, publication });
      // Requests are answered meanwhile: with 503.
      await setImmediate();
    }
    handler = dispatch(served, options.onError);
  } catch (error) {
    await close();
    throw error;
  }
  void web.load();
  const timers = served.map(({ publication }, i) => setTimeout(() => publication.settle(), (i + 1) * pause).unref());
  return {
    url,
    publications: served.map(addressed),
    changed: () =>
      served
        .map(({ publication }) => publication.changed() ?? '')
        .toSorted()
        .at(-1) || undefined,
    reload: () => {
      for (const { publication } of served) publication.reload();
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      return close();
    },
  };
}

interface Served {
  readonly name: string;
  readonly publication: ServedPublication;
}

function addressed({ name, publication }: Served): Addressed & Served {
  return { name, publication, url: publication.site().url };
}

/** Passes each request to the publication that it is for. */
function dispatch(served: readonly Served[], onError: (error: Error) => void): RequestHandler {
  const isCurrent = ({ publication, url }: Addressed & Served): boolean => publication.site().url === url;
  let known = served.map(addressed);
  let find = indexPublications(known);
  /** Finds a publication by its current address, which a saved publication.yaml may change. */
  const findNow: FindPublication<Addressed & Served> = (hostname, path) => {
    const found = find(hostname, path);
    if (found !== undefined && isCurrent(found.publication)) return found;
    if (known.every(isCurrent)) return found;
    known = served.map(addressed);
    try {
      find = indexPublications(known);
    } catch (error) {
      onError(error as Error);
    }
    return find(hostname, path);
  };
  return {
    answerPoll: (path, request) => {
      const hostname = (request.headers.get('Host') ?? '').replace(/:\d+$/, '');
      const found = findNow(hostname, path);
      return found?.publication.publication.handler.answerPoll(found.path, request);
    },
    fetch: async (request, env) => {
      const { hostname, pathname, search, origin } = new URL(request.url);
      const found = findNow(hostname, pathname);
      if (found === undefined) return pathname === '/healthz' ? healthy() : misdirected();
      const { publication, path } = found;
      const own = path === pathname ? request : new Request(`${origin}${path}${search}`, request);
      return publication.publication.handler.fetch(own, env);
    },
  };
}

/** Returns the name of a folder of articles: of a folder `seeds`, that of the folder around it. */
function nameOf(dir: string): string {
  const path = resolve(dir);
  return basename(path) === basename(defaultDir) ? basename(dirname(path)) : basename(path);
}
