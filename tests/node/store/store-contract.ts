import { beforeAll, describe, expect, it } from 'vitest';
import type { Bytes, WriteStore } from '../../../src/store/store.ts';

export function bytes(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** What every store does that editions are published to. `compares` says whether it has compare-and-swap. */
export function describeStore(name: string, open: () => Promise<WriteStore>, compares: boolean): void {
  describe(name, () => {
    let store: WriteStore;
    beforeAll(async () => {
      store = await open();
    });
    const text = async (key: string): Promise<string | undefined> => {
      const found = await store.get(key);
      return found && new TextDecoder().decode(found);
    };
    const put = (...keys: string[]): Promise<void> => store.put(keys, async (key) => bytes(`of ${key}`));

    it('keeps bytes under keys, and has nothing under others', async () => {
      const all = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
      await store.put(['_dateline/files/a', '_dateline/objects/b.gz'], async (key) =>
        key.endsWith('a') ? all : bytes('b'),
      );
      expect(await store.get('_dateline/files/a')).toEqual(all);
      expect(await text('_dateline/objects/b.gz')).toBe('b');
      expect(await store.get('_dateline/objects/c.gz')).toBeUndefined();
      expect(await store.get('_dateline/nothing/c.gz')).toBeUndefined();
    });

    it('lists the keys of a prefix', async () => {
      await put('_dateline/lists/1.gz', '_dateline/lists/2.gz', '_dateline/others/3.gz');
      expect([...(await store.list('_dateline/lists/')).keys()].sort()).toEqual([
        '_dateline/lists/1.gz',
        '_dateline/lists/2.gz',
      ]);
      expect([...(await store.list('_dateline/none/'))]).toEqual([]);
    });

    it('lists lengths, if any', async () => {
      await store.put(['_dateline/lengths/1', '_dateline/lengths/2'], async (key) =>
        bytes(key.endsWith('1') ? '' : '12'),
      );
      const lengths = [...(await store.list('_dateline/lengths/'))].sort();
      expect([
        [0, 2],
        [undefined, undefined],
      ]).toContainEqual(lengths.map(([, length]) => length));
    });

    it('removes keys, and minds none that is missing', async () => {
      await put('_dateline/removed/1', '_dateline/removed/2');
      await store.remove(['_dateline/removed/1', '_dateline/removed/x']);
      expect([...(await store.list('_dateline/removed/')).keys()]).toEqual(['_dateline/removed/2']);
    });

    it('replaces a value that is still the one that was read', async () => {
      const key = '_dateline/replaced.json';
      expect(await store.replace(key, bytes('1'), undefined)).toBe(true);
      const first = await store.get(key);
      expect(await store.replace(key, bytes('2'), first)).toBe(true);
      expect(await store.replace(key, bytes('3'), first)).toBe(false);
      expect(await store.replace(key, bytes('4'), undefined)).toBe(false);
      expect(await text(key)).toBe('2');
    });

    it.runIf(compares)('lets only one of several runs replace a value', async () => {
      const key = '_dateline/contested.json';
      for (const round of [1, 2]) {
        const before = await store.get(key);
        const runs = Array.from({ length: 6 }, (_, i) => store.replace(key, bytes(`${round}.${i}`), before));
        const results = await Promise.all(runs);
        expect(results.filter((done) => done)).toHaveLength(1);
        expect(await text(key)).toBe(`${round}.${results.indexOf(true)}`);
      }
    });

    it('reports the progress of an upload', async () => {
      const told: number[] = [];
      const keys = Array.from({ length: 20 }, (_, i) => `_dateline/many/${i}`);
      await store.put(
        keys,
        async (key) => bytes(key),
        (done, total) => told.push(done, total ?? 0),
      );
      expect(told.slice(-2)).toEqual([20, 20]);
    });
  });
}
