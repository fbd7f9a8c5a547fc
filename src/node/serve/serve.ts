import { createServer } from 'node:http';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { Answerer } from '../../http/answer.ts';
import { createApp } from '../../http/app.ts';
import { type Code, respond, toResponse } from '../../http/respond.ts';
import { readFilePath, readMediaPath } from '../../publication/address.ts';
import { isDue } from '../../publication/publication.ts';
import type { Site } from '../../publication/site.ts';
import { type ChangedPaths, openFolder, type Watch, watchFolder } from '../disk/watch-folder.ts';
import { isServed } from '../folder/article-files.ts';
import { diffPackageFiles, packageFilesFolder, readPackageFiles } from '../folder/package-files.ts';
import { hasBrokenPublication } from '../folder/publication-file.ts';
import { SeedFolder } from '../folder/seed-folder.ts';
import { findSiteRootFile } from '../folder/site-root-files.ts';
import type { SeedArticle } from '../folder/unique-articles.ts';
import { type Push, type PushOptions, startPush } from '../websub/push.ts';
import { answerFile } from './answer-file.ts';
import { isSame, type Reading, tell } from './change-report.ts';
import { Coder } from './coder.ts';
import { awaitDue } from './due-articles.ts';
import { type AtHand, fetchListener, pollListener } from './listeners.ts';
import { type Fetch, type LivePages, livePages } from './live-pages.ts';
import { prepareFeeds, ServedEditions } from './served-editions.ts';
import { addressOf, drainable, type Limits, listen, type Place, standardLimits } from './server.ts';

export interface ServeOptions extends Place {
  /** Whether a change in the folder shows without a restart. */
  readonly watch: boolean;
  /** Takes the place of the publication's own address. */
  readonly siteUrl?: string;
  /** Is told what the folder's articles have wrong, after each reading of it. */
  readonly onReading: (reading: Reading) => void;
  /** Is told the files of articles whose moment has come. */
  readonly onDue?: (files: readonly string[]) => void;
  readonly onError: (error: Error) => void;
  /** Is told why changes can't be seen, such as that the folder is gone; in place of `onError`. */
  readonly onWatchError?: (error: Error) => void;
  /** Is told that the folder is there again. */
  readonly onBack?: () => void;
  /** How the publication's hub is told of changes; left out, it isn't. */
  readonly push?: PushOptions;
  /** Take the place of {@link standardLimits}. */
  readonly limits?: Partial<Limits>;
  /** Takes the place of the package's own folder of files that are served as they are. */
  readonly publicPath?: string;
}

export interface Running {
  /** The address at which this server answers. */
  readonly url: string;
  readonly site: Site;
  /** Takes no more connections, finishes the answers under way and resolves when the last one is out. */
  close(): Promise<void>;
}

/** How long after the start what the first change and the first page need is made ready, in milliseconds. */
const idleTime = 250;

/** Serves a folder of articles; rejects when the folder can't be read or the port can't be had. */
export async function serve(dir: string, options: ServeOptions): Promise<Running> {
  let fetch: Fetch = () =>
    new Response('Starting.\n', {
      status: 503,
      headers: { 'Retry-After': '5', 'Cache-Control': 'no-store' },
    });
  const { publicPath = packageFilesFolder, onWatchError = options.onError } = options;
  const { stallTimeout, ...serverOptions } = { ...standardLimits, ...options.limits };
  let atHand: AtHand = () => undefined;
  const requests = fetchListener((...asked) => fetch(...asked));
  const server = createServer(
    serverOptions,
    pollListener((...poll) => atHand(...poll), requests.listener),
  );
  server.timeout = stallTimeout;
  const drain = drainable(server);
  await listen(server, options);
  const url = addressOf(server, options.host);
  const watches: Watch[] = [];
  let live: LivePages | undefined;
  let push: Push | undefined;
  const close = (): Promise<void> => {
    for (const watch of watches) watch.close();
    live?.close();
    push?.close();
    return drain();
  };
  try {
    const started = openFolder(dir, options.watch);
    watches.push(started);
    const folder = new SeedFolder(
      dir,
      omitUndefined({
        url,
        contents: started.contents,
        holdUnfinished: options.watch,
        urlOverride: options.siteUrl,
      }),
    );
    const editions = new ServedEditions();
    let last = folder.read();
    options.onReading(tell(dir, last, []));
    if (hasBrokenPublication(last.problems, dir))
      throw new Error('The publication file must be mended first.');
    let published = last;
    let edition = editions.next(published);
    const coder = new Coder();
    const code: Code = (document, coding) => coder.code(document, coding);
    const answerer = new Answerer(code);
    let files: ReturnType<typeof readPackageFiles> | undefined;
    // No feed needs them.
    const packageFiles = () => {
      files ??= readPackageFiles(publicPath);
      return files;
    };
    const app = createApp(
      { edition: () => edition },
      {
        files: async (request) => {
          const { pathname } = new URL(request.url);
          const { ttl } = edition.site;
          const own =
            last.files.find(readMediaPath(pathname) ?? '') ??
            findSiteRootFile(dir, readFilePath(pathname.slice(1)) ?? '');
          if (own !== undefined) return answerFile(request, own, ttl);
          const file = (await packageFiles()).get(pathname);
          return file && toResponse(await respond(request, file, { ttl, now: Date.now(), code }));
        },
        answerer,
        onError: options.onError,
      },
    );
    // A page in a browser may be answered in another way than its document.
    atHand = (path, asked) =>
      live !== undefined && asked.headers.get('Sec-Fetch-Dest') !== null
        ? undefined
        : answerer.answerAtHand(edition, path, asked, Date.now());
    fetch = (request) => app.fetch(request);
    const due = awaitDue(edition, (after, until) => {
      void prepareFeeds(answerer, () => edition);
      const isNew = ({ source: { head } }: SeedArticle) => head.published > after && isDue(head, until);
      options.onDue?.(published.articles.filter(isNew).map(({ file }) => file));
      live?.reload();
    });
    watches.push(due);
    if (options.push !== undefined) push = startPush({ ...last, edition }, options.push, options.onError);
    if (options.watch) {
      live = livePages(fetch);
      fetch = live.fetch;
      let again: NodeJS.Timeout | undefined;
      const lookAgain = (): void => {
        const { nextCheck } = folder;
        clearTimeout(again);
        if (nextCheck !== undefined)
          again = setTimeout(() => started.recheck(nextCheck.paths), nextCheck.wait);
      };
      watches.push({ close: () => clearTimeout(again) });
      const onChange = (paths: ChangedPaths): void => {
        const reading = folder.read(paths);
        lookAgain();
        if (reading === last) return;
        const isOther = !isSame(reading, published);
        last = reading;
        if (isOther) {
          published = reading;
          edition = editions.next(reading);
          due.follow(edition);
          void prepareFeeds(answerer, () => edition);
        }
        options.onReading(tell(dir, reading, reading.changes));
        // Requests get the new edition from here on.
        if (isOther) push?.changed({ ...reading, edition });
        if (isOther || reading.changes.some(({ path }) => isServed(path))) live?.reload();
      };
      const { onBack } = options;
      started.follow(omitUndefined({ onChange, onError: onWatchError, onBack }));
      const followPublic = async (): Promise<void> => {
        const before = await packageFiles();
        files = readPackageFiles(publicPath);
        const changes = diffPackageFiles(before, await files);
        if (changes.length === 0) return;
        options.onReading(tell(dir, last, changes));
        live?.reload();
      };
      const onPublicChange = () => void followPublic().catch(onWatchError);
      watches.push(watchFolder(publicPath).follow({ onChange: onPublicChange, onError: onWatchError }));
    }
    setImmediate(() => void prepareFeeds(answerer, () => edition));
    const idle = setTimeout(() => {
      void requests.load();
      void packageFiles().catch(options.onError);
      folder.prepare();
    }, idleTime).unref();
    watches.push({ close: () => clearTimeout(idle) });
    return { url, site: last.site, close };
  } catch (error) {
    await close();
    throw error;
  }
}
