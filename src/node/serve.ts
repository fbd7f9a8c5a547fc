import { type FSWatcher, watch } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { instantOf } from '../article/date.ts';
import type { Problem } from '../article/problem.ts';
import { createApp } from '../http/app.ts';
import { respond } from '../http/respond.ts';
import { publish } from '../publication/memory.ts';
import type { Edition } from '../publication/publication.ts';
import type { Site } from '../publication/site.ts';
import { publicFolder, readPublicFiles } from './public-files.ts';
import { type FolderReading, SeedFolder } from './seed-folder.ts';

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
}

/** What a reading of the folder came to. */
export interface Reading {
  readonly articles: number;
  readonly problems: readonly Problem[];
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

/** How long a change must rest before the folder is read again, in milliseconds: an editor saves in several steps. */
const settleTime = 30;
/** How long answers under way may take once the server closes, in milliseconds. */
const drainTime = 10_000;

/** Serves a folder of articles; rejects when the folder can't be read or the port can't be had. */
export async function serve(dir: string, options: ServeOptions): Promise<Running> {
  let fetch: (request: Request) => Response | Promise<Response> = () =>
    new Response('Starting.\n', { status: 503 });
  const server = createAdaptorServer({ fetch: (request) => fetch(request) }) as Server;
  await listen(server, options);
  const url = addressOf(server, options.host);
  let watcher: FSWatcher | undefined;
  try {
    const folder = new SeedFolder(dir, {
      url,
      ...(options.siteUrl === undefined ? {} : { urlOverride: options.siteUrl }),
    });
    const first = folder.read();
    const usable = canPublish(first);
    options.onReading({ articles: first.sources.length, problems: first.problems, served: usable });
    if (!usable) throw new Error('The publication file must be mended first.');
    let edition = editionFrom(first);
    const files = await readPublicFiles(publicFolder);
    const { ttl } = first.site;
    const app = createApp(
      { edition: async () => edition },
      {
        files: async (request) => {
          const file = files.get(new URL(request.url).pathname);
          return file === undefined ? undefined : respond(request, file, ttl, Date.now());
        },
        onError: options.onError,
      },
    );
    fetch = app.fetch;
    if (options.watch) {
      watcher = watchFolder(dir, options.onError, () => {
        const reading = folder.read();
        const served = canPublish(reading);
        if (served) edition = editionFrom(reading);
        options.onReading({ articles: reading.sources.length, problems: reading.problems, served });
      });
    }
    return { url, site: first.site, close: () => close(server, watcher) };
  } catch (error) {
    await close(server, watcher);
    throw error;
  }
}

function canPublish({ problems }: FolderReading): boolean {
  return !problems.some(({ file, severity }) => severity === 'error' && /publication\.ya?ml$/.test(file));
}

function editionFrom({ site, sources }: FolderReading): Edition {
  return publish(site, sources, instantOf(Date.now()) ?? '');
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

function watchFolder(dir: string, onError: (error: Error) => void, onChange: () => void): FSWatcher {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(dir, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        onChange();
      } catch (error) {
        onError(error instanceof Error ? error : new Error(String(error)));
      }
    }, settleTime);
  });
  watcher.on('error', onError);
  watcher.on('close', () => clearTimeout(timer));
  return watcher;
}

function close(server: Server, watcher: FSWatcher | undefined): Promise<void> {
  watcher?.close();
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), drainTime);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
