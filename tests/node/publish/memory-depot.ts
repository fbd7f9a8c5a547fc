import type { Depot } from '../../../src/node/publish/depot.ts';

/** A store in memory that tells what was put into it, in order. */
export interface MemoryDepot extends Depot {
  readonly texts: ReadonlyMap<string, string>;
  readonly puts: string[];
  /** How many more objects it takes before it breaks. */
  capacity: number;
}

export function memoryDepot(): MemoryDepot {
  const texts = new Map<string, string>();
  const depot: MemoryDepot = {
    name: 'a store in memory',
    texts,
    puts: [],
    capacity: Number.POSITIVE_INFINITY,
    keys: async (prefix) => new Set([...texts.keys()].filter((key) => key.startsWith(prefix))),
    get: async (key) => texts.get(key),
    put: async (keys, read) => {
      for (const key of keys) {
        if (depot.capacity-- <= 0) throw new Error('the line went dead');
        texts.set(key, await read(key));
        depot.puts.push(key);
      }
    },
    close: async () => {},
  };
  return depot;
}
