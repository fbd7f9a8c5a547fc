import type { EditionStore } from '../../../src/node/publish/edition-store.ts';

/** A store in memory that records what was put into it, in order. */
export interface MemoryStore extends EditionStore {
  readonly texts: ReadonlyMap<string, string>;
  readonly puts: string[];
  /** How many more objects it accepts before it fails. */
  capacity: number;
  /** Loses what is under a key. */
  drop(key: string): void;
}

export function memoryStore(): MemoryStore {
  const texts = new Map<string, string>();
  const store: MemoryStore = {
    name: 'a store in memory',
    texts,
    puts: [],
    capacity: Number.POSITIVE_INFINITY,
    keys: async (prefix) => new Set([...texts.keys()].filter((key) => key.startsWith(prefix))),
    get: async (key) => texts.get(key),
    put: async (keys, read) => {
      for (const key of keys) {
        if (store.capacity-- <= 0) throw new Error('the line went dead');
        texts.set(key, await read(key));
        store.puts.push(key);
      }
    },
    drop: (key) => void texts.delete(key),
    close: async () => {},
  };
  return store;
}
