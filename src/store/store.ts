export type Bytes = Uint8Array<ArrayBuffer>;

/** A store of editions: a folder, static assets, KV, R2 or a store with the interface of S3. */
export interface ReadStore {
  /** Returns the bytes under a key; `undefined` if there are none. Immutable ones may come from a cache. */
  get(key: string, isImmutable?: boolean): Promise<Bytes | undefined>;
}

/** A store that can also hold the files of a site. */
export interface FileStore extends ReadStore {
  /** Streams a part of the bytes under a key, both ends included. */
  stream(key: string, start: number, end: number): Promise<ReadableStream<Uint8Array>>;
}

/** A store that editions are published to. */
export interface WriteStore extends ReadStore {
  /** Its name in messages: `KV namespace abc`. */
  readonly name: string;
  /** Whether it takes the files of the site, too. */
  readonly takesFiles: boolean;
  /** Whether a listing costs no requests, so that every run may make one. */
  readonly listsFast: boolean;
  /** Returns the keys that start with a prefix, each with its length in bytes if the store lists lengths. */
  list(prefix: string): Promise<ReadonlyMap<string, number | undefined>>;
  /** Stores bytes under each key, reading them only when their turn comes. */
  put(keys: readonly string[], read: ReadContent, onProgress?: OnStored): Promise<void>;
  /**
   * Replaces what is under a key if it is still `before`, the very value that {@link get} returned, and returns whether
   * it did. A store without compare-and-swap compares shortly before it writes.
   */
  replace(key: string, content: Bytes, before: Bytes | undefined): Promise<boolean>;
  /** Deletes what is under these keys; a missing key is no error. */
  remove(keys: readonly string[]): Promise<void>;
  /** Releases what it holds open. */
  close(): Promise<void>;
}

/** Reads the bytes to store under a key. */
export type ReadContent = (key: string) => Promise<Bytes>;

/** Called with the number of keys that are stored, and of all. */
type OnStored = (done: number, total?: number) => void;
