import type { Publication } from '../publication/publication.ts';
import type { ReadStore } from '../store/store.ts';
import { storedPublication as openStored } from '../store/stored-publication.ts';
import worker from './worker.ts';

export type { Bytes, FileStore, ReadStore } from '../store/store.ts';
export { AudienceCounter, type ObjectState } from './audience-counter.ts';
export {
  type Assets,
  assetStore,
  type Bindings,
  type CounterNamespace,
  type KvNamespace,
  kvStore,
  type R2Bucket,
  type R2Object,
  r2Store,
} from './stores.ts';
export type { Context } from './worker.ts';

export interface StoredOptions {
  /** Milliseconds after which a request checks the store for a newer edition; never by default. */
  readonly recheck?: number;
}

/**
 * Makes a publication of what `dateline publish` stored. Pages are read when a request needs them.
 *
 * @example export default { fetch: (request, { KV }) => createApp(storedPublication(kvStore(KV))).fetch(request) };
 */
export function storedPublication(store: ReadStore, options: StoredOptions = {}): Publication {
  return openStored(store, options);
}

/** Answers a request as the worker of `dateline init` does, by its bindings. */
export const { fetch } = worker;
