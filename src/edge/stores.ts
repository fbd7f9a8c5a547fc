import { Unavailable } from '../publication/publication.ts';
import type { FileStore, ReadStore } from '../store/store.ts';
import { recheck } from '../store/stored-publication.ts';

/** The bindings in wrangler.toml. */
export interface Bindings {
  /** The folder that `dateline build` writes for the edge. */
  readonly ASSETS: Assets;
  /** The KV namespace or R2 bucket that `dateline publish` stores pages in, if any. */
  readonly KV?: KvNamespace;
  readonly R2?: R2Bucket;
  /** What all keys begin with; in it, `{host}` stands for the host of a request. */
  readonly STORE_PREFIX?: string;
  /** The counter of readers, if there is one, and the publisher's token for its page. */
  readonly AUDIENCE?: CounterNamespace;
  readonly AUDIENCE_TOKEN?: string;
  /** The deployed version of the code. */
  readonly VERSION?: { readonly id: string };
}

/** The part of a Durable Object's namespace that is used here. */
export interface CounterNamespace {
  idFromName(name: string): unknown;
  get(id: unknown): { fetch(url: string, init?: RequestInit): Promise<Response> };
}

export interface Assets {
  fetch(request: Request | URL | string): Promise<Response>;
}

/** The part of a KV namespace that is used here. */
export interface KvNamespace {
  get(key: string, options: { type: 'arrayBuffer'; cacheTtl?: number }): Promise<ArrayBuffer | null>;
}

/** The part of an R2 bucket that is used here. */
export interface R2Bucket {
  get(key: string, options?: { range: { offset: number; length: number } }): Promise<R2Object | null>;
}

export interface R2Object {
  readonly body: ReadableStream<Uint8Array>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The store that the worker reads. */
export interface ChosenStore {
  readonly store: ReadStore;
  /** The same store if it can hold files. */
  readonly files?: FileStore;
  /** Milliseconds after which it is checked for a newer edition; infinite if it is deployed with the code. */
  readonly recheck: number;
}

/** Chooses the store by the bindings: KV, else R2, else the static assets. */
export function chooseStore({ ASSETS, KV, R2 }: Bindings): ChosenStore {
  if (KV !== undefined) return { store: kvStore(KV), recheck };
  if (R2 !== undefined) {
    const store = r2Store(R2);
    return { store, files: store, recheck };
  }
  return { store: assetStore(ASSETS), recheck: Number.POSITIVE_INFINITY };
}

/** Reads static assets, which are deployed with the code, so the edition never changes. */
export function assetStore(assets: Assets): ReadStore {
  return {
    get: async (path) => {
      const response = await assets.fetch(`https://assets.invalid/${path}`);
      if (response.status === 404) return undefined;
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
  };
}

/** Reads KV, which caches values in the data center for a minute, so a new edition appears after that. */
export function kvStore(namespace: KvNamespace): ReadStore {
  return {
    get: async (path, isImmutable) => {
      const cacheTtl = isImmutable ? { cacheTtl: 3600 } : {};
      const bytes = await namespace.get(path, { type: 'arrayBuffer', ...cacheTtl });
      return bytes === null ? undefined : new Uint8Array(bytes);
    },
  };
}

/** Reads R2, which is always up to date. */
export function r2Store(bucket: R2Bucket): FileStore {
  return {
    get: async (path) => {
      const object = await bucket.get(path);
      return object === null ? undefined : new Uint8Array(await object.arrayBuffer());
    },
    stream: async (path, start, end) => {
      const object = await bucket.get(path, { range: { offset: start, length: end + 1 - start } });
      if (object === null) throw new Unavailable(`${path} is missing`);
      return object.body;
    },
  };
}
