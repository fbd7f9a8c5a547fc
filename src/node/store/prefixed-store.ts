import type { WriteStore } from '../../store/store.ts';

/** Limits a store to the keys with a prefix, for one of several publications in it. */
export function prefixedStore(store: WriteStore, prefix: string): WriteStore {
  return {
    ...store,
    name: `${store.name}/${prefix.slice(0, -1)}`,
    list: async (start) => {
      const found = [...(await store.list(prefix + start))];
      return new Map(found.map(([key, length]) => [key.slice(prefix.length), length]));
    },
    get: (key, isImmutable) => store.get(prefix + key, isImmutable),
    put: (keys, read, onProgress) =>
      store.put(
        keys.map((key) => prefix + key),
        (key) => read(key.slice(prefix.length)),
        onProgress,
      ),
    replace: (key, content, before) => store.replace(prefix + key, content, before),
    remove: (keys) => store.remove(keys.map((key) => prefix + key)),
  };
}
