import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { ArticleSource } from '../article/article.ts';
import { instantOf } from '../article/date.ts';
import type { Problem } from '../article/problem.ts';
import { Answerer } from '../http/answer.ts';
import { createApp } from '../http/app.ts';
import { type Code, respond, toResponse } from '../http/respond.ts';
import { articlePath, readMediaPath } from '../publication/address.ts';
import { publish } from '../publication/memory.ts';
import { type Edition, isDue } from '../publication/publication.ts';
import type { Site } from '../publication/site.ts';
import { slicePath, slicesOf } from '../publication/slice.ts';
import { answerFile } from './answer-file.ts';
import { Coder } from './coder.ts';
import { drainable } from './drain.ts';
import { type Limits, standardLimits } from './limits.ts';
import { type AtHand, pollListener } from './poll-listener.ts';
import { publicFolder, readPublicFiles } from './public-files.ts';
import { type FolderReading, SeedFolder } from './seed-folder.ts';
import { type Watch, watchFolder } from './watch-folder.ts';
import { type Push, type PushOptions, startPush } from './websub/push.ts';

export interface ServeOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly host: string;
  /** Whether a change in the folder shows without a restart. */
  readonly watch: boolean;
  /** Takes the place of the publication's own address. */
  readonly siteUrl?: string;
  /** Is told what the folder's articles have wrong, after each reading of it. */
  readonly onReading: (reading: Reading) => void;
  readonly onError: (error: Error) => void;
  /** How the publication's hub is told of changes; left out, it isn't. */
  readonly push?: PushOptions;
  /** Take the place of {@link standardLimits}. */
  readonly limits?: Partial<Limits>;
}

/** What a reading of the folder came to. */
export interface Reading {
  readonly articles: number;
  readonly problems: readonly Problem[];
  /** The files whose articles stay as they were when they could last be published. */
  readonly kept: readonly string[];
  /** Whether the app serves it; an edition with a broken publication file is not served. */
  readonly served: boolean;
}

export interface Running {
  /** The address at which this server answers. */
  readonly url: string;
  readonly site: Site;
  /** Takes no more connections, finishes the answers under way and resolves when the last one is out. */
  close(): Promise<void>;
}

/** Serves a folder of articles; rejects when the folder can't be read or the port can't be had. */
export async function serve(dir: string, options: ServeOptions): Promise<Running> {
  let fetch: (request: Request) => Response | Promise<Response> = () =>
    new Response('Starting.\n', {
      status: 503,
      headers: { 'Retry-After': '5', 'Cache-Control': 'no-store' },
    });
  const { stallTimeout, ...serverOptions } = { ...standardLimits, ...options.limits };
  let atHand: AtHand = () => undefined;
  // Clients of HTTP/1.0 name no host, and no answer depends on it.
  const listener = getRequestListener((request) => fetch(request), { hostname: 'localhost' });
  const server = createServer(
    serverOptions,
    pollListener((...poll) => atHand(...poll), listener),
  );
  server.timeout = stallTimeout;
  const drain = drainable(server);
  await listen(server, options);
  const url = addressOf(server, options.host);
  let watcher: Watch | undefined;
  let push: Push | undefined;
  const close = (): Promise<void> => {
    watcher?.close();
    push?.close();
    return drain();
  };
  try {
    const folder = new SeedFolder(dir, {
      url,
      ...(options.siteUrl === undefined ? {} : { urlOverride: options.siteUrl }),
    });
    const first = folder.read();
    options.onReading(tell(first));
    if (!canPublish(first)) throw new Error('The publication file must be mended first.');
    let last = first;
    const seen = new Set<string>();
    let edition = editionFrom(first, seen);
    const coder = new Coder();
    const code: Code = (document, coding) => coder.code(document, coding);
    const answerer = new Answerer(code);
    atHand = (path, asked) => answerer.answerAtHand(edition, path, asked, Date.now());
    const files = await readPublicFiles(publicFolder);
    const { ttl } = first.site;
    const app = createApp(
      { edition: () => edition },
      {
        files: async (request) => {
          const { pathname } = new URL(request.url);
          const file = files.get(pathname);
          if (file !== undefined)
            return toResponse(await respond(request, file, { ttl, now: Date.now(), code }));
          const media = first.files.at(readMediaPath(pathname) ?? '');
          return media === undefined ? undefined : answerFile(request, media, ttl);
        },
        answerer,
        onError: options.onError,
      },
    );
    fetch = app.fetch;
    if (options.push !== undefined) push = startPush({ ...first, edition }, options.push, options.onError);
    if (options.watch) {
      const onChange = (): void => {
        const reading = folder.read();
        if (isSame(reading, last)) return;
        if (canPublish(reading)) {
          edition = editionFrom(reading, seen, last.sources);
          push?.changed({ ...reading, edition });
        }
        last = reading;
        options.onReading(tell(reading));
      };
      watcher = watchFolder(dir, onChange, options.onError);
    }
    return { url, site: first.site, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function tell(reading: FolderReading): Reading {
  const { sources, problems, kept } = reading;
  return { articles: sources.length, problems, kept, served: canPublish(reading) };
}

/** A folder stirs for many reasons, but only another edition makes every document anew. */
function isSame(a: FolderReading, b: FolderReading): boolean {
  return (
    a.sources.length === b.sources.length &&
    a.sources.every((source, i) => source === b.sources[i]) &&
    JSON.stringify([a.site, a.problems]) === JSON.stringify([b.site, b.problems])
  );
}

function canPublish({ problems }: FolderReading): boolean {
  return !problems.some(({ file, severity }) => severity === 'error' && /publication\.ya?ml$/.test(file));
}

/** Makes an edition that knows what this server published in the editions before: `seen` has the paths of it all. */
function editionFrom(
  { site, sources, changed }: FolderReading,
  seen: Set<string>,
  before: readonly ArticleSource[] = [],
): Edition {
  const now = instantOf(Date.now()) ?? '';
  const still = new Set(sources);
  for (const source of before) {
    const { head } = source;
    if (still.has(source) || !isDue(head, now)) continue;
    seen.add(articlePath(head.slug));
    for (const slice of slicesOf(head, site)) seen.add(slicePath(slice));
  }
  return publish(site, sources, now, { gone: seen, changed });
}

function listen(server: Server, { port, host }: ServeOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** The address a person can open: the wildcard addresses stand for this machine. */
function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}/`;
}
