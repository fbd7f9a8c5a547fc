import type { WriteStore } from '../../../src/store/store.ts';

/** A store in memory that records what was put into it, in order. */
export interface MemoryStore extends WriteStore {
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
    takesFiles: true,
    listsFast: false,
    objects,
    text,
    puts: [],
    capacity: Number.POSITIVE_INFINITY,
    list: async (prefix) =>
      new Map([...objects].flatMap(([key, { length }]) => (key.startsWith(prefix) ? [[key, length]] : []))),
    get: async (key) => objects.get(key),
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
      if (objects.get(key) !== before) return false;
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
