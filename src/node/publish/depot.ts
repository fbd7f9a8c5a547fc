import type { OnProgress } from '../progress.ts';

/** A store of a platform as it is seen from outside of the worker: where editions are published to. */
export interface Depot {
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

/** Does work for each of many things, so many at a time, and tells how many are done; begins no more of it once some has failed. */
export async function forEachOf<T>(
  things: readonly T[],
  atOnce: number,
  work: (thing: T) => Promise<void>,
  onProgress: OnProgress = () => {},
): Promise<void> {
  const waiting = things.values();
  let done = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const thing of waiting) {
      if (failed) return;
      try {
        await work(thing);
      } catch (error) {
        failed = true;
        throw error;
      }
      onProgress(++done, things.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
