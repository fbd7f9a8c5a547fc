import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { edgeFolder } from '../../../src/node/build/build.ts';
import { publishEdition } from '../../../src/node/publish/publish-edition.ts';
import { rollBack } from '../../../src/node/publish/roll-back.ts';
import { editionPath, type StoredEdition } from '../../../src/publication/stored/stored.ts';
import storedForm4 from '../../fixtures/stored-form-4.json' with { type: 'json' };
import { type MemoryStore, memoryStore } from './memory-store.ts';
import { at, moment, out, publishArticles, shown } from './published-articles.ts';

function pointerOf(store: MemoryStore): StoredEdition {
  return JSON.parse(store.text(editionPath) ?? '{}');
}

describe('publishing an edition', () => {
  it('uploads all objects, then the edition under its own name, then the pointer', async () => {
    const store = memoryStore();
    const { uploaded, objects, edition } = await publishArticles(store, 20, 1);
    expect(edition).toMatch(/^2026-03-10T120100\.000Z-[0-9a-f]{8}$/);
    expect(uploaded).toBe(objects);
    expect(store.puts.slice(0, -3).every((key) => key.startsWith('_dateline/objects/'))).toBe(true);
    expect(store.puts.slice(-3)).toEqual([
      expect.stringMatching(/^_dateline\/manifests\/[0-9a-f]{32}\.gz$/),
      `_dateline/editions-6/${edition}.json`,
      editionPath,
    ]);
    expect(await shown(store)).toBe(20);
  });

  it('uploads only what is new', async () => {
    const store = memoryStore();
    const { objects } = await publishArticles(store, 200, 1);
    const second = await publishArticles(store, 201, 2);
    expect(objects).toBeGreaterThan(60);
    expect(second.uploaded).toBeLessThanOrEqual(8);
    expect(await shown(store)).toBe(201);
  });

  it('does nothing if the store shows the edition already', async () => {
    const store = memoryStore();
    await publishArticles(store, 5, 1);
    expect(await publishArticles(store, 5, 2)).toMatchObject({ uploaded: 0 });
    expect(store.puts).toEqual([]);
  });

  it('leaves the store readable when interrupted, and resumes where it stopped', async () => {
    for (let capacity = 0; capacity < 7; capacity++) {
      const store = memoryStore();
      await publishArticles(store, 20, 1);
      const before = store.text(editionPath);
      store.capacity = capacity;
      const broken = publishArticles(store, 22, 2);
      await expect(broken).rejects.toThrow('the line went dead');
      expect(store.text(editionPath)).toBe(before);
      expect(await shown(store)).toBe(20);
      const done = store.puts.length;
      store.capacity = Number.POSITIVE_INFINITY;
      const { uploaded, objects } = await publishArticles(store, 22, 3);
      expect(await shown(store)).toBe(22);
      expect(uploaded).toBeLessThan(objects);
      if (capacity < 4) expect(done).toBe(capacity);
    }
  });
});

describe('a store that a worker of the earlier form reads', () => {
  it('keeps everything that worker reads, and serves the new one', async () => {
    const store = memoryStore();
    const earlier = Object.entries(storedForm4).map(([path, text]) => [path, new TextEncoder().encode(text)] as const);
    for (const [path, bytes] of earlier) store.objects.set(path, bytes);
    await publishArticles(store, 20, 1);
    await publishArticles(store, 21, 2);
    await rollBack(store, moment(3));
    expect(await shown(store)).toBe(20);
    for (const [path, bytes] of earlier) expect(store.objects.get(path)).toBe(bytes);
  });

  it('shows the new worker nothing until its own form is published', async () => {
    const store = memoryStore();
    for (const [path, text] of Object.entries(storedForm4)) store.objects.set(path, new TextEncoder().encode(text));
    await expect(shown(store)).rejects.toThrow(`${editionPath} is missing`);
    await publishArticles(store, 5, 1);
    expect(await shown(store)).toBe(5);
  });
});

describe('rolling back', () => {
  it('moves the pointer to the previous edition, and to the one before that', async () => {
    const store = memoryStore();
    for (const count of [3, 4, 5]) await publishArticles(store, count, count);
    store.puts.length = 0;
    await rollBack(store, moment(10));
    expect(store.puts).toEqual([expect.stringMatching(/^_dateline\/manifests\//), editionPath]);
    expect(await shown(store)).toBe(4);
    await rollBack(store, moment(11));
    expect(await shown(store)).toBe(3);
    await expect(rollBack(store, moment(12))).rejects.toThrow('a store in memory has no earlier edition; there are');
    expect(await shown(store)).toBe(3);
  });

  it('goes to a named edition, forwards too', async () => {
    const store = memoryStore();
    const { edition } = await publishArticles(store, 3, 1);
    const newest = await publishArticles(store, 4, 2);
    expect(await rollBack(store, moment(3), edition)).toBe(edition);
    expect(await shown(store)).toBe(3);
    await rollBack(store, moment(4), newest.edition);
    expect(await shown(store)).toBe(4);
    await expect(rollBack(store, moment(5), 'none')).rejects.toThrow(/has no edition none; there are 2026-/);
  });

  it('counts as a change, so that readers that only use dates notice it', async () => {
    rmSync(edgeFolder(out), { recursive: true, force: true });
    const store = memoryStore();
    const changes: (string | undefined)[] = [];
    for (const count of [3, 4]) {
      await publishArticles(store, count, count);
      changes.push(pointerOf(store).changed);
    }
    await rollBack(store, moment(10));
    changes.push(pointerOf(store).changed);
    // An older build, published again, comes after it too.
    await publishArticles(store, 5, 7, 11);
    await publishEdition(edgeFolder(out), store, { started: moment(12) });
    changes.push(pointerOf(store).changed);
    expect(changes).toEqual(changes.toSorted());
    expect(changes.slice(0, 3)).toEqual([at(3), at(4), at(10)]);
  });

  it('checks all objects before it moves the pointer', async () => {
    const store = memoryStore();
    const { edition } = await publishArticles(store, 20, 1);
    const old = store.puts.filter((key) => key.startsWith('_dateline/objects/'));
    await publishArticles(store, 22, 2);
    const before = store.text(editionPath);
    for (const lost of old) {
      const content = store.objects.get(lost) ?? new Uint8Array();
      store.objects.delete(lost);
      await expect(rollBack(store, moment(3), edition)).rejects.toThrow(
        `edition ${edition} needs 1 object that a store in memory does not have, such as ${lost}; nothing was changed.`,
      );
      expect(store.text(editionPath)).toBe(before);
      store.objects.set(lost, content);
    }
    await rollBack(store, moment(3), edition);
    expect(await shown(store)).toBe(20);
  });

  it('of an empty store reports that nothing is published', async () => {
    await expect(rollBack(memoryStore(), moment(1))).rejects.toThrow('nothing is published in a store in memory');
  });
});
