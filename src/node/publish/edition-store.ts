import type { OnProgress } from '../terminal/progress.ts';

/** A store of a platform as it is seen from outside of the worker: where editions are published to. */
export interface EditionStore {
  /** What it is called in messages: `KV namespace abc`. */
  readonly name: string;
  /** The keys that begin with a prefix. */
  keys(prefix: string): Promise<ReadonlySet<string>>;
  /** The text under a key; `undefined` where there is nothing. */
  get(key: string): Promise<string | undefined>;
  /** Puts texts under keys, each read when its turn comes, and returns when all are there. */
  put(
    keys: readonly string[],
    read: (key: string) => Promise<string>,
    onProgress?: OnProgress,
  ): Promise<void>;
  /** Lets go of what it holds open. */
  close(): Promise<void>;
}
