import { setTimeout } from 'node:timers/promises';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { formats } from '../../feed/formats.ts';
import { Answerer } from '../../http/answer.ts';
import { createApp } from '../../http/app.ts';
import { noteSizes } from '../../http/audience/sizes.ts';
import { basePath, withoutBase } from '../../http/below-path.ts';
import { DocumentCache, type LastAnswers } from '../../http/cache/document-cache.ts';
import type { MemoryBudget } from '../../http/cache/memory-budget.ts';
import { filePolicy } from '../../http/response/header-fields.ts';
import { type RespondOptions, respond, toResponse } from '../../http/response/respond.ts';
import { routes } from '../../http/routes.ts';
import { readFilePath, readMediaPath } from '../../publication/addresses/address.ts';
import { type Watch, WatchLimit, watchFolder } from '../disk/watch-folder.ts';
import type { FileChange } from '../folder/files/file-changes.ts';
import { diffPackageFiles, readPackageFiles } from '../folder/files/package-files.ts';
import { findSiteRootFile } from '../folder/files/site-root-files.ts';
import { Compressor } from './compressor.ts';
import { FolderFiles } from './files/folder-files.ts';
import { MadePictures } from './files/made-pictures.ts';
import { ServedSearch } from './files/served-search.ts';
import type { RequestHandler } from './listeners.ts';
import { type Fetch, type LivePages, livePages } from './live-pages.ts';
import type { ServedAudience } from './monitor/served-audience.ts';
import { closed, closedAnswer, type Preview, refused } from './preview.ts';
import type { ServedFolder } from './served-folder.ts';

/** Answers 503 while the folder is read. */
export const startingHandler: RequestHandler = {
  fetch: () =>
    new Response('Starting.\n', {
      status: 503,
      headers: { 'Retry-After': '5', 'Cache-Control': 'no-store' },
    }),
  answerPoll: () => undefined,
};

/** Answers requests from a folder's current edition. */
export interface FolderHandler extends RequestHandler {
  /** The pages open in browsers on this machine, if they are to reload after changes. */
  readonly live: LivePages | undefined;
  /** Renders the feeds before they are requested, one format at a time. */
  prepareFeeds(): Promise<void>;
  /** Removes temporary files. */
  close(): void;
}

export interface HandlerOptions {
  /** Whether open pages reload after changes. */
  readonly isLive: boolean;
  /** Restricts who may read a preview; absent if the site is public. */
  readonly preview: Preview | undefined;
  /** The dates of answers of earlier processes. */
  readonly dates: LastAnswers;
  /** The memory for documents that it shares with other publications. */
  readonly memory?: MemoryBudget | undefined;
  readonly audience: ServedAudience;
  /** The path of the file with the folder's state; without it, nothing outlasts the process. */
  readonly state?: string | undefined;
  readonly onError: (error: Error) => void;
}

/** Creates the handler that answers from the articles and files of `dir` and the files of the package. */
export function createHandler(
  dir: string,
  folder: ServedFolder,
  packageFiles: PackageFiles,
  { isLive, preview, dates, memory, audience, state, onError }: HandlerOptions,
): FolderHandler {
  const encoder = new Compressor();
  const documents = new DocumentCache(memory, undefined, undefined, dates);
  const answerer = new Answerer({ encoder, documents, toResponse: (answer) => noteSizes(toResponse(answer), answer) });
  const folderFiles = new FolderFiles();
  const pictures = new MadePictures(dir, state, onError);
  const search = new ServedSearch(() => folder.searched(), state, Date.now);
  const files = async (request: Request): Promise<Response | undefined> => {
    const { pathname } = new URL(request.url);
    const { ttl } = folder.edition.site;
    const own =
      folder.reading.files.find(readMediaPath(pathname) ?? '') ??
      (await pictures.find(pathname, folder.edition, folder.reading.files)) ??
      findSiteRootFile(dir, readFilePath(pathname.slice(1)) ?? '');
    if (own !== undefined) return folderFiles.answer(request, own, ttl);
    return (await search.answer(request, { ttl, encoder })) ?? packageFiles.answer(request, { ttl, encoder });
  };
  const app = createApp({ edition: () => folder.edition }, { files, answerer, onError });
  const plain = audience.around(
    () => folder.edition,
    (request) => app.fetch(request),
  );
  const live = isLive ? livePages(plain) : undefined;
  const fetch = live?.fetch ?? plain;
  return {
    fetch: preview === undefined ? fetch : guarded(fetch, preview),
    answerPoll: (path, request) => {
      // Live pages differ from the cached documents.
      if (live !== undefined && request.headers.get('Sec-Fetch-Dest') !== null) return undefined;
      const access = preview?.accessOf(nameOf(request.headers.get('Host') ?? ''), request.headers) ?? 'open';
      if (typeof access === 'object') return undefined;
      const { edition } = folder;
      const own = withoutBase(path, basePath(edition.site.url));
      const now = Date.now();
      const answer = answerer.answerFromMemory(edition, own, request, now);
      if (answer === undefined) return answer;
      const sent = audience.answered(edition.site, own, request, answer, now);
      if (access === 'open') return sent;
      return sent instanceof Promise ? sent.then((one) => one && closedAnswer(one)) : closedAnswer(sent);
    },
    live,
    prepareFeeds: () => prepareFeeds(answerer, folder),
    close: () => search.close(),
  };
}

/** Answers only what a preview allows. */
function guarded(fetch: Fetch, preview: Preview): Fetch {
  return async (request, env) => {
    const access = preview.accessOf(new URL(request.url).hostname, request.headers);
    if (typeof access === 'object') return refused(access.refusal);
    const answer = await fetch(request, env);
    return access === 'open' ? answer : closed(answer);
  };
}

/** Returns the name in a `Host` field, without the port. */
function nameOf(host: string): string {
  return host.replace(/:\d+$/, '');
}

/** The files that come with the package, read when they are first needed. No feed needs them. */
export class PackageFiles {
  readonly #dir: string;
  #files: ReturnType<typeof readPackageFiles> | undefined;

  constructor(dir: string) {
    this.#dir = dir;
  }

  read(): ReturnType<typeof readPackageFiles> {
    this.#files ??= readPackageFiles(this.#dir);
    return this.#files;
  }

  /** Answers a request for one of the files; `undefined` for another address. */
  async answer(request: Request, options: Pick<RespondOptions, 'ttl' | 'encoder'>): Promise<Response | undefined> {
    const file = (await this.read()).get(new URL(request.url).pathname);
    if (file === undefined) return undefined;
    const { fields, ...answer } = await respond(request, file, { ...options, now: Date.now() });
    const policy = omitUndefined({ 'Content-Security-Policy': filePolicy(file.contentType) });
    return toResponse({ ...answer, fields: { ...fields, ...policy } });
  }

  /** Reads the files again when they change, and calls `onChange` with the changes. */
  watch(onChange: (changes: readonly FileChange[]) => void, onError: (error: Error) => void): Watch {
    const reload = async (): Promise<void> => {
      const before = await this.read();
      this.#files = readPackageFiles(this.#dir);
      const changes = diffPackageFiles(before, await this.#files);
      if (changes.length > 0) onChange(changes);
    };
    const onWatchError = (error: Error): void => {
      // The folder of articles, which is watched first, says so.
      if (!(error instanceof WatchLimit)) onError(error);
    };
    return watchFolder(this.#dir).follow({ onChange: () => void reload().catch(onError), onError: onWatchError });
  }
}

/** Milliseconds between two formats, in which waiting requests are answered. */
const pause = 20;

async function prepareFeeds(answerer: Answerer, folder: ServedFolder): Promise<void> {
  const { edition } = folder;
  for (const { file } of formats) {
    const route = routes.find(({ path }) => path === `/${file}`);
    // A feed that can't be rendered is reported when it is requested.
    if (route !== undefined) await answerer.prepare(edition, route, Date.now()).catch(() => {});
    await setTimeout(pause, undefined, { ref: false });
    if (folder.edition !== edition) return;
  }
}
