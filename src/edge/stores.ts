import type { ReadStore } from '../store/object-reader.ts';

/** The bindings in wrangler.toml. */
export interface Bindings {
  /** The folder that `dateline build` writes for the edge. */
  readonly ASSETS: Assets;
  /** The KV namespace or R2 bucket that `dateline publish` stores pages in, if any. */
  readonly KV?: KvNamespace;
  readonly R2?: R2Bucket;
  /** The deployed version of the code. */
  readonly VERSION?: { readonly id: string };
}

export interface Assets {
  fetch(request: Request | URL): Promise<Response>;
}

/** The part of a KV namespace that is used here. */
interface KvNamespace {
  get(key: string, options: { type: 'arrayBuffer'; cacheTtl?: number }): Promise<ArrayBuffer | null>;
}

/** The part of an R2 bucket that is used here. */
interface R2Bucket {
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>;
}

/** A store of pages. */
export interface Store {
  readonly read: ReadStore;
  /** Milliseconds after which it is checked for a newer edition; infinite if it is deployed with the code. */
  readonly recheck: number;
}

/** Chooses the store by the bindings: KV, else R2, else the static assets. */
export function chooseStore({ ASSETS, KV, R2 }: Bindings): Store {
  if (KV !== undefined) return { read: readFromKv(KV), recheck };
  if (R2 !== undefined) return { read: readFromR2(R2), recheck };
  return { read: readFromAssets(ASSETS), recheck: Number.POSITIVE_INFINITY };
}

const recheck = 10_000;

/** Reads static assets, which are deployed with the code, so the edition never changes. */
function readFromAssets(assets: Assets): ReadStore {
  return async (path) => {
    const response = await assets.fetch(new URL(path, 'https://assets.invalid/'));
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
}

/** Reads KV, which caches values in the data center for a minute, so a new edition appears after that. */
function readFromKv(namespace: KvNamespace): ReadStore {
  return async (path, isImmutable) => {
    const cacheTtl = isImmutable ? { cacheTtl: 3600 } : {};
    const bytes = await namespace.get(path, { type: 'arrayBuffer', ...cacheTtl });
    return bytes === null ? undefined : new Uint8Array(bytes);
  };
}

/** Reads R2, which is always up to date. */
function readFromR2(bucket: R2Bucket): ReadStore {
  return async (path) => {
    const object = await bucket.get(path);
    return object === null ? undefined : new Uint8Array(await object.arrayBuffer());
  };
}
