import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { inject } from 'vitest';
import { instantOf } from '../../src/article/seed/date.ts';
import { createApp } from '../../src/http/app.ts';
import { build, edgeFolder } from '../../src/node/build/build.ts';
import type { FolderSnapshot } from '../../src/node/folder/folder-snapshot.ts';
import { SeedFolder } from '../../src/node/folder/seed-folder.ts';
import { type Published, publishEdition } from '../../src/node/publish/publish-edition.ts';
import { serve } from '../../src/node/serve/serve.ts';
import { serveStore } from '../../src/node/serve/store/serve-store.ts';
import { folderStore } from '../../src/node/store/folder-store.ts';
import { publish } from '../../src/publication/memory.ts';
import { storedFolder } from '../../src/publication/stored/stored.ts';
import type { WriteStore } from '../../src/store/store.ts';
import { makeFolder } from '../node/temporary-folder.ts';

/** What is sent in addition to the path. */
export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer as received, without the headers that the runtime adds itself. */
export interface Answer {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Whether the runtime wrote a Date. */
  readonly isDated: boolean;
}

/** The app, running somewhere. */
export interface Target {
  request(path: string, sent?: Sent): Promise<Answer>;
  close(): Promise<void>;
}

/** Everything that can serve a folder of articles. */
export const targets = {
  'the app in memory': startApp,
  'a Node server': startNode,
  'a Node server of a store': startStored,
  'a worker in workerd': (dir) => startEdge(dir),
} as const satisfies Record<string, (dir: string) => Promise<Target>>;

async function startApp(dir: string): Promise<Target> {
  const { site, sources, changed } = read(dir);
  const edition = publish(site, sources, now(), { changed });
  const app = createApp({ edition: async () => edition });
  return {
    request: async (path, sent = {}) => {
      const response = await app.request(path, sent);
      return answer(response.status, [...response.headers], Buffer.from(await response.arrayBuffer()));
    },
    close: async () => {},
  };
}

async function startNode(dir: string): Promise<Target> {
  const server = await serve(dir, {
    port: 0,
    host: '127.0.0.1',
    watch: false,
    onRead: () => {},
    onError: (error) => console.error(error),
  });
  return { request: (path, sent) => ask(new URL(server.url), path, sent), close: () => server.close() };
}

/** Publishes a folder into another one, and serves that. */
async function startStored(dir: string): Promise<Target> {
  const store = folderStore(makeFolder());
  await publishFolder(dir, store);
  const { url, close } = await serveStore(store, {
    port: 0,
    host: '127.0.0.1',
    onError: (error) => console.error(error),
  });
  return { request: (path, sent) => ask(new URL(url), path, sent), close };
}

/** Publishes a folder of articles into a store. */
export async function publishFolder(dir: string, store: WriteStore, media?: boolean): Promise<Published> {
  const { site, sources, changed, files } = read(dir);
  const out = join(makeFolder(), 'site');
  const started = Date.now();
  await build(site, sources, out, now(), changed, files, true);
  return publishEdition(edgeFolder(out), store, { started, media });
}

/** The worker with each store other than static assets. */
export const storeTargets = {
  'a worker that reads KV': (dir) => startEdge(dir, 'KV'),
  'a worker that reads R2': (dir) => startEdge(dir, 'R2'),
} as const satisfies Record<string, (dir: string) => Promise<Target>>;

/** The targets of `npm test`, which need no other runtime, or the worker, which is for `npm run test:slow`. */
export const targetsOfStep: Readonly<Record<string, (dir: string) => Promise<Target>>> =
  inject('step') === 'quick'
    ? { 'the app in memory': startApp, 'a Node server': startNode, 'a Node server of a store': startStored }
    : { 'a worker in workerd': targets['a worker in workerd'] };

/** Starts the worker, on a runtime without the modules of Node.js if `withoutNode`. */
export async function startEdge(dir: string, store?: 'KV' | 'R2', withoutNode = false): Promise<Target> {
  // Most files that use this module need no worker, and miniflare is large.
  const { fillStore, startWorker, storedObjects } = await import('../edge/workerd.ts');
  const folder = makeFolder();
  const { site, sources, changed, files } = read(dir);
  const out = join(folder, 'site');
  await build(site, sources, out, now(), changed, files);
  const edge = edgeFolder(out);
  const objects = storedObjects(edge);
  if (store !== undefined) rmSync(join(edge, storedFolder), { recursive: true });
  const worker = await startWorker(edge, { withoutNode, ...(store === undefined ? {} : { store }) });
  if (store !== undefined) await fillStore(worker, store, objects);
  return { request: (path, sent) => ask(worker.direct, path, sent), close: () => worker.close() };
}

function read(dir: string): FolderSnapshot {
  return new SeedFolder(dir, { url: 'http://localhost:3000/' }).read();
}

function now(): string {
  return instantOf(Date.now()) ?? '';
}

/** Sends a request unchanged, unlike fetch, which adds headers and normalizes the path. */
export function ask(to: URL, path: string, { method = 'GET', headers = {} }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = to;
    const sending = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const { statusCode = 0, rawHeaders } = response;
        const fields = Array.from({ length: rawHeaders.length / 2 }, (_, i) => rawHeaders.slice(2 * i));
        resolve(answer(statusCode, fields, Buffer.concat(parts)));
      });
    });
    sending.on('error', reject);
    sending.end();
  });
}

const ofTheRuntime = /^(?:date|connection|keep-alive|transfer-encoding|cf-.*|alt-svc|server)$/;

function answer(status: number, fields: readonly (readonly string[])[], body: Buffer): Answer {
  const headers: Record<string, string> = {};
  let isDated = false;
  for (const [name = '', value = ''] of fields) {
    const key = name.toLowerCase();
    if (key === 'date') isDated = true;
    if (ofTheRuntime.test(key)) continue;
    // A repeated field must be visible.
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  return { status, headers, body, isDated };
}
