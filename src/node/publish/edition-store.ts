import type { OnProgress } from '../terminal/progress.ts';

/** A store that editions are published to, such as a KV namespace, as seen from outside the worker. */
export interface EditionStore {
  /** Its name in messages: `KV namespace abc`. */
  readonly name: string;
  /** Returns the keys that start with a prefix. */
  keys(prefix: string): Promise<ReadonlySet<string>>;
  /** Returns the text under a key, or `undefined` if there is none. */
  get(key: string): Promise<string | undefined>;
  /** Stores bytes under each key, reading them only when their turn comes. */
  put(keys: readonly string[], read: ReadContent, onProgress?: OnProgress): Promise<void>;
  /** Releases what it holds open. */
  close(): Promise<void>;
}

/** Reads the bytes to store under a key. */
export type ReadContent = (key: string) => Promise<Uint8Array<ArrayBuffer>>;
