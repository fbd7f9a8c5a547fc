import type { OnProgress } from '../terminal/progress.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A store that editions are published to, such as a KV namespace, as seen from outside the worker. */
export interface EditionStore {
  /** Its name in messages: `KV namespace abc`. */
  readonly name: string;
  /** Returns the keys that start with a prefix. */
  keys(prefix: string): Promise<ReadonlySet<string>>;
  /** Returns what is under a key, or `undefined` if there is nothing. */
  get(key: string): Promise<StoredValue | undefined>;
  /** Stores bytes under each key, reading them only when their turn comes. */
  put(keys: readonly string[], read: ReadContent, onProgress?: OnProgress): Promise<void>;
  /**
   * Replaces what is under a key if it is still `before`, as {@link get} returned it, and returns whether it did. A
   * store without compare-and-swap compares shortly before it writes.
   */
  replace(key: string, content: Bytes, before: StoredValue | undefined): Promise<boolean>;
  /** Deletes what is under these keys; a missing key is no error. */
  remove(keys: readonly string[]): Promise<void>;
  /** Releases what it holds open. */
  close(): Promise<void>;
}

export interface StoredValue {
  readonly content: Bytes;
  /** The store's own name for this version of the value, such as an ETag. */
  readonly version?: string;
}

/** Reads the bytes to store under a key. */
export type ReadContent = (key: string) => Promise<Bytes>;

/** Implements {@link EditionStore.replace} for a store without compare-and-swap. */
export async function replaceUnguarded(
  store: Pick<EditionStore, 'get' | 'put'>,
  key: string,
  content: Bytes,
  before: StoredValue | undefined,
): Promise<boolean> {
  const now = await store.get(key);
  if (now === undefined ? before !== undefined : before === undefined || !isEqual(now.content, before.content))
    return false;
  await store.put([key], async () => content);
  return true;
}

function isEqual(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
