import type { Problem } from '../../article/problem.ts';
import { logError } from '../../library/create-app.ts';
import type { Edition, Publication } from '../../publication/publication.ts';
import { packageFilesFolder } from '../folder/files/package-files.ts';
import { articlesFolder } from '../folder/options/articles-folder.ts';
import { PackageFiles } from '../serve/request-handler.ts';
import { serve as serveFolder } from '../serve/serve.ts';
import { type PublicationOptions, servePublication } from '../serve/served-publication.ts';

export interface FolderOptions {
  /** The public address if `publication.yaml` sets none; by default `http://localhost/`. */
  readonly url?: string;
  /** Whether changes of the folder are published while it is open, which is the default. */
  readonly watch?: boolean;
  /** Called with the problems that each reading of the folder found; by default nothing is. */
  readonly onProblems?: (problems: readonly Problem[]) => void;
  /** Called with errors and with reasons why the ledger can't be written; by default, they go to the console. */
  readonly onError?: (error: Error) => void;
}

/** A folder of articles as a publication. */
export interface OpenFolder extends Publication {
  edition(): Edition;
  /** Answers a request for a feed, a page, a file beside the articles or one in `public/`. */
  fetch(request: Request): Response | Promise<Response>;
  /** Reads the folder again and publishes what changed. */
  reload(): void;
  /** Stops watching, and closes the ledger. */
  close(): Promise<void>;
}

/**
 * Opens a folder of articles as a publication with its media and theme, and follows its changes. Ids and addresses are
 * those of the command, whose ledger it keeps in `.dateline/`. Rejects if the folder can't be read, or if its
 * `publication.yaml` is broken.
 *
 * @example
 * const news = await openFolder('./news');
 * app.use('/news', listener(news));
 */
export async function openFolder(dir: string, options: FolderOptions = {}): Promise<OpenFolder> {
  const { url = 'http://localhost/' } = options;
  const packageFiles = new PackageFiles(packageFilesFolder);
  const folder = servePublication(articlesFolder(dir), url, packageFiles, runOptions(options));
  return {
    edition: folder.edition,
    fetch: (request) => folder.handler.fetch(request),
    reload: folder.reload,
    close: async () => {
      folder.stop();
      await folder.close();
    },
  };
}

export interface ServeOptions extends Omit<FolderOptions, 'url'> {
  /** 3000 by default; 0 for any free port. */
  readonly port?: number;
  /** The name or address to listen on, by default `127.0.0.1`. */
  readonly host?: string;
}

/** A server of a folder. */
export interface Server {
  /** The address at which it answers. */
  readonly url: string;
  /** Refuses new connections, and resolves when the last response is sent. */
  close(): Promise<void>;
}

/** Serves a folder of articles, as `dateline serve` does. Rejects if the port is not available, too. */
export async function serve(dir: string, options: ServeOptions = {}): Promise<Server> {
  const { port = 3000, host = '127.0.0.1' } = options;
  const server = await serveFolder(articlesFolder(dir), { ...runOptions(options), port, host });
  return { url: server.url, close: server.close };
}

function runOptions({ watch = true, onProblems, onError = logError }: FolderOptions): PublicationOptions {
  return {
    watch,
    onRead: ({ problems }) => onProblems?.(problems),
    onError,
    onLedgerWarning: (line) => onError(new Error(line)),
  };
}
