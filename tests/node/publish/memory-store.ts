import type { EditionStore } from '../../../src/node/publish/edition-store.ts';

/** A store in memory that records what was put into it, in order. */
export interface MemoryStore extends EditionStore {
  readonly objects: Map<string, Uint8Array<ArrayBuffer>>;
  text(key: string): string | undefined;
  readonly puts: string[];
  /** How many more objects it accepts before it fails. */
  capacity: number;
  /** Runs once, before the next pointer is compared and replaced. */
  beforeReplace?: (() => Promise<unknown>) | undefined;
  /** Loses what is under a key. */
  drop(key: string): void;
}

export function memoryStore(): MemoryStore {
  const objects = new Map<string, Uint8Array<ArrayBuffer>>();
  const text = (key: string): string | undefined => {
    const bytes = objects.get(key);
    return bytes && new TextDecoder().decode(bytes);
  };
  const store: MemoryStore = {
    name: 'a store in memory',
    objects,
    text,
    puts: [],
    capacity: Number.POSITIVE_INFINITY,
    keys: async (prefix) => new Set([...objects.keys()].filter((key) => key.startsWith(prefix))),
    get: async (key) => {
      const content = objects.get(key);
      return content && { content };
    },
    put: async (keys, read) => {
      for (const key of keys) {
        if (store.capacity-- <= 0) throw new Error('the line went dead');
        objects.set(key, await read(key));
        store.puts.push(key);
      }
    },
    replace: async (key, content, before) => {
      const other = store.beforeReplace;
      store.beforeReplace = undefined;
      await other?.();
      if (objects.get(key) !== before?.content) return false;
      await store.put([key], async () => content);
      return true;
    },
    remove: async (keys) => {
      for (const key of keys) objects.delete(key);
    },
    drop: (key) => void objects.delete(key),
    close: async () => {},
  };
  return store;
}
