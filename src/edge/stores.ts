import type { ReadStore } from './object-reader.ts';

/** What wrangler.toml binds. */
export interface Bindings {
  /** The folder that `dateline build` writes for the edge. */
  readonly ASSETS: Assets;
  /** Where `dateline publish` puts stored pages, if anywhere: a KV namespace or an R2 bucket. */
  readonly KV?: KvNamespace;
  readonly R2?: R2Bucket;
  /** Which deploy the code is of. */
  readonly VERSION?: { readonly id: string };
}

export interface Assets {
  fetch(request: Request | URL): Promise<Response>;
}

/** What is used of a KV namespace. */
interface KvNamespace {
  get(key: string, options: { type: 'arrayBuffer'; cacheTtl?: number }): Promise<ArrayBuffer | null>;
}

/** What is used of an R2 bucket. */
interface R2Bucket {
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>;
}

/** Where stored pages are read. */
export interface Store {
  readonly read: ReadStore;
  /** Milliseconds for which an edition holds before it is looked for again; where it comes with the code, for ever. */
  readonly recheck: number;
}

/** Chooses the store by what is bound: KV, else R2, else the static assets. */
export function chooseStore({ ASSETS, KV, R2 }: Bindings): Store {
  if (KV !== undefined) return { read: readFromKv(KV), recheck };
  if (R2 !== undefined) return { read: readFromR2(R2), recheck };
  return { read: readFromAssets(ASSETS), recheck: Number.POSITIVE_INFINITY };
}

const recheck = 10_000;

/** Assets are deployed together with the code, so an edition never changes under it. */
function readFromAssets(assets: Assets): ReadStore {
  return async (path) => {
    const response = await assets.fetch(new URL(path, 'https://assets.invalid/'));
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
}

/** KV keeps what it read for a minute at the place of the request, so a new edition shows after that. */
function readFromKv(namespace: KvNamespace): ReadStore {
  return async (path, isImmutable) => {
    const cacheTtl = isImmutable ? { cacheTtl: 3600 } : {};
    const bytes = await namespace.get(path, { type: 'arrayBuffer', ...cacheTtl });
    return bytes === null ? undefined : new Uint8Array(bytes);
  };
}

/** R2 answers with what was written last. */
function readFromR2(bucket: R2Bucket): ReadStore {
  return async (path) => {
    const object = await bucket.get(path);
    return object === null ? undefined : new Uint8Array(await object.arrayBuffer());
  };
}
