import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { inject } from 'vitest';
import { unstable_readConfig } from 'wrangler';
import type { Files } from '../node/temporary-folder.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
/** The part of wrangler.toml that is used here. */
interface Config {
  readonly name: string;
  readonly main: string;
  readonly compatibility_date: string;
  readonly compatibility_flags: readonly string[];
  readonly minify?: boolean;
  readonly keep_names?: boolean;
  readonly alias?: Readonly<Record<string, string>>;
  readonly assets: {
    readonly binding: string;
    readonly run_worker_first: readonly string[];
    readonly html_handling: 'none';
  };
}

export const config: Config = unstable_readConfig({ config: join(checkout, 'wrangler.toml') });

let bundle: Promise<string> | undefined;

/**
 * Bundles the worker as a deploy would, once for all processes of the tests, and returns the folder that holds
 * `worker.js` and `bundle-meta.json`, esbuild's metafile. Skips the [build] of wrangler.toml, which writes into the
 * checkout.
 */
export function bundleWorker(): Promise<string> {
  bundle ??= bundleOnce(join(inject('runFolder'), 'worker'));
  return bundle;
}

/** The process that makes the folder bundles, and the others wait for it. */
async function bundleOnce(folder: string): Promise<string> {
  const out = join(folder, 'bundle');
  if (mkdirSync(folder, { recursive: true }) === undefined) {
    while (!existsSync(out)) await setTimeout(100);
    return out;
  }
  renameSync(await runWrangler(folder), out);
  return out;
}

async function runWrangler(folder: string): Promise<string> {
  const { name, main, compatibility_date, compatibility_flags, minify, keep_names, alias } = config;
  const settings = {
    ...{ name, main, compatibility_date, compatibility_flags, minify, keep_names },
    alias: Object.fromEntries(
      Object.entries(alias ?? {}).map(([name, path]) => [name, path.replace(/^\.\//, checkout)]),
    ),
    assets: { ...config.assets, directory: join(folder, 'assets') },
  };
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets/empty.txt'), '');
  const configPath = join(folder, 'wrangler.json');
  writeFileSync(configPath, JSON.stringify(settings));
  const out = join(folder, 'unfinished');
  const wrangler = join(createRequire(import.meta.url).resolve('wrangler'), '../../bin/wrangler.js');
  const options = ['--dry-run', '--metafile', '--outdir', out, '--config', configPath];
  await promisify(execFile)(process.execPath, [wrangler, 'deploy', ...options], { cwd: checkout });
  return out;
}

/** A worker in workerd, and its address. */
export interface RunningWorker {
  /** An address at which Miniflare stands before the worker, as Cloudflare does: it routes assets and compresses. */
  readonly url: URL;
  /** An address at which workerd answers, so that answers are the worker's own. */
  readonly direct: URL;
  /** The same of the second worker. */
  readonly second: URL | undefined;
  /** The local stores that it reads. */
  readonly runtime: Miniflare;
  /** The name of the worker that the stores are bound to. */
  readonly keeper: string;
  close(): Promise<void>;
}

/** Where the worker reads stored pages, if not from its assets. */
export interface Bound {
  /** A local store of the platform, by the name of its binding. */
  readonly store?: 'KV' | 'R2';
  /** The worker's STORE_PREFIX. */
  readonly prefix?: string;
  /** Whether the store is read through {@link between}, which fails as its object `break` says. */
  readonly breaks?: true;
  /** The publisher's token; with it, the worker has a counter of readers. */
  readonly audience?: string;
  /** Whether a second worker answers the same site, with the same counter of readers. */
  readonly twice?: true;
  /** Replaces the static assets. */
  readonly assets?: (request: Request) => Promise<Response>;
  /** Whether the runtime lacks the Node.js modules that it has by default. */
  readonly withoutNode?: boolean;
  /** A folder in which stores outlive the worker, in wrangler's layout. */
  readonly state?: string;
}

/** A proxy between the worker and the platform's store. */
const between = `import { RpcTarget, WorkerEntrypoint } from 'cloudflare:workers';
const late = () => new Promise((resolve) => setTimeout(resolve, 300_000));
class Body extends RpcTarget {
  #bytes;
  constructor(bytes) { super(); this.#bytes = bytes; }
  async arrayBuffer() { return (await this.#bytes) ?? new ArrayBuffer(0); }
}
export class Between extends WorkerEntrypoint {
  async get(key, options) {
    const { KV, R2 } = this.env;
    const [of, way] = (KV ? await KV.get('break') : await (await R2.get('break'))?.text())?.split(' ') ?? [];
    const found = await (KV ?? R2).get(key, options);
    const isBroken = of === 'all' || (of === 'objects' && key.includes('/objects/'));
    if (isBroken && way === 'refuses') throw new Error('10058: the store is overloaded');
    if (isBroken && way === 'answers-late') await late();
    if (KV || found === null) return found;
    return new Body(isBroken && way === 'stops-within' ? late() : found.arrayBuffer());
  }
}
export default { fetch: () => new Response(null, { status: 404 }) };`;

/** Starts the bundle on a folder of assets, without the proxy of `wrangler dev`, which rewrites pages. */
export async function startWorker(assets: string, bound: Bound = {}): Promise<RunningWorker> {
  const { store, state, breaks = false } = bound;
  const stores = {
    ...(store === 'KV' ? { kvNamespaces: { KV: 'local' } } : {}),
    ...(store === 'R2' ? { r2Buckets: { R2: 'local' } } : {}),
  };
  const serviceBindings = {
    ...(bound.assets === undefined ? {} : { [config.assets.binding]: bound.assets as never }),
    ...(breaks && store !== undefined ? { [store]: { name: 'between', entrypoint: 'Between' } } : {}),
  };
  const worker = {
    name: config.name,
    modules: true,
    scriptPath: 'worker.js',
    rootPath: await bundleWorker(),
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: [
      ...config.compatibility_flags,
      ...(bound.withoutNode ? ['no_nodejs_compat', 'no_nodejs_compat_v2'] : []),
    ],
    ...(breaks ? {} : stores),
    serviceBindings,
    bindings: {
      ...(bound.prefix === undefined ? {} : { STORE_PREFIX: bound.prefix }),
      ...(bound.audience === undefined ? {} : { AUDIENCE_TOKEN: bound.audience }),
    },
    ...(bound.audience === undefined
      ? {}
      : { durableObjects: { AUDIENCE: { className: 'AudienceCounter', useSQLite: true } } }),
    unsafeDirectSockets: [{ port: 0 }],
    ...(bound.assets === undefined
      ? {
          assets: {
            directory: assets,
            binding: config.assets.binding,
            assetConfig: { html_handling: config.assets.html_handling },
            run_worker_first: [...config.assets.run_worker_first],
            routerConfig: { has_user_worker: true },
          },
        }
      : {}),
  };
  const { compatibilityDate } = worker;
  const counter = { className: 'AudienceCounter', scriptName: config.name, useSQLite: true };
  const second = { name: 'second', durableObjects: { AUDIENCE: counter } };
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      ...(state === undefined ? {} : { resourcePersistencePath: state }),
      workers: [
        worker,
        ...(bound.twice === true ? [{ ...worker, ...second }] : []),
        ...(breaks ? [{ name: 'between', modules: true, script: between, compatibilityDate, ...stores }] : []),
      ],
    }),
  );
  const keeper = breaks ? 'between' : config.name;
  const url = await runtime.ready;
  const direct = await runtime.unsafeGetDirectURL(config.name);
  const other = bound.twice === true ? await runtime.unsafeGetDirectURL(second.name) : undefined;
  return { url, direct, second: other, runtime, keeper, close: () => runtime.dispose() };
}

/** Puts stored objects into a worker's store, each under its path. */
export async function fillStore({ runtime, keeper }: RunningWorker, store: 'KV' | 'R2', objects: Files): Promise<void> {
  const bindings = await runtime.getBindings<Record<'KV' | 'R2', Putting>>(keeper);
  for (const [path, content] of Object.entries(objects)) await bindings[store].put(path, content);
}

interface Putting {
  put(key: string, value: string | Uint8Array): Promise<unknown>;
}

/** The stored objects of a build, without the static files. */
export function storedObjects(edge: string): Files {
  const paths = readdirSync(edge, { recursive: true, encoding: 'utf8' });
  const stored = paths.filter((path) => /^_dateline\/.*\.(?:json|gz)$/.test(path));
  return Object.fromEntries(stored.map((path) => [path, readFileSync(join(edge, path))]));
}
