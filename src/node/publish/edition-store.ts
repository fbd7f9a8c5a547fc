import type { OnProgress } from '../terminal/progress.ts';

/** A store that editions are published to, such as a KV namespace, as seen from outside the worker. */
export interface EditionStore {
  /** Its name in messages: `KV namespace abc`. */
  readonly name: string;
  /** Returns the keys that start with a prefix. */
  keys(prefix: string): Promise<ReadonlySet<string>>;
  /** Returns the text under a key, or `undefined` if there is none. */
  get(key: string): Promise<string | undefined>;
  /** Stores a text under each key, reading each text only when its turn comes. */
  put(keys: readonly string[], read: (key: string) => Promise<string>, onProgress?: OnProgress): Promise<void>;
  /** Releases what it holds open. */
  close(): Promise<void>;
}
