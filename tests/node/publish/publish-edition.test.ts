import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../src/article/article.ts';
import { storedPublication } from '../../../src/edge/stored-publication.ts';
import { build, edgeFolder } from '../../../src/node/build/build.ts';
import { publishEdition, rollBack } from '../../../src/node/publish/publish-edition.ts';
import { editionPath, type StoredEdition } from '../../../src/publication/stored.ts';
import { articles, site } from '../../publication/articles.ts';
import { makeFolder } from '../temporary-folder.ts';
import { type MemoryDepot, memoryDepot } from './memory-depot.ts';

const out = join(makeFolder(), 'out');
const at = (minute: number): Instant => `2026-03-10T12:${String(minute).padStart(2, '0')}:00Z`;

async function publishArticles(depot: MemoryDepot, count: number, minute: number) {
  await build({ ...site, items: 3 }, articles(count), out, at(minute), at(minute), undefined, true);
  depot.puts.length = 0;
  return publishEdition(edgeFolder(out), depot, at(minute));
}

/** The titles that a reader of the store gets, all of which must be readable. */
async function shown(depot: MemoryDepot): Promise<number | undefined> {
  const read = async (path: string) => {
    const text = depot.texts.get(path);
    return text === undefined ? undefined : new TextEncoder().encode(text);
  };
  const edition = await storedPublication(read).edition();
  const { slices } = await edition.slices(at(59));
  for (const slice of slices) expect(await edition.page({ slice }, at(59))).toBeDefined();
  const page = await edition.page({}, at(59));
  const newest = page?.articles[0]?.slug;
  expect(await edition.article(newest ?? '', at(59))).toBeDefined();
  return Number(newest);
}

function pointerOf(depot: MemoryDepot): StoredEdition {
  return JSON.parse(depot.texts.get(editionPath) ?? '{}');
}

describe('publishing an edition', () => {
  it('uploads every object, then the edition under its own name, then the pointer', async () => {
    const depot = memoryDepot();
    const { uploaded, objects, edition } = await publishArticles(depot, 20, 1);
    expect(edition).toMatch(/^2026-03-10T120100Z-[0-9a-f]{8}$/);
    expect(uploaded).toBe(objects);
    expect(depot.puts.slice(0, -2).every((key) => key.startsWith('_dateline/objects/'))).toBe(true);
    expect(depot.puts.slice(-2)).toEqual([`_dateline/editions/${edition}.json`, editionPath]);
    expect(await shown(depot)).toBe(20);
  });

  it('uploads only what is new', async () => {
    const depot = memoryDepot();
    const { objects } = await publishArticles(depot, 200, 1);
    const second = await publishArticles(depot, 201, 2);
    expect(objects).toBeGreaterThan(60);
    expect(second.uploaded).toBeLessThanOrEqual(8);
    expect(await shown(depot)).toBe(201);
  });

  it('does nothing where the store shows the edition already', async () => {
    const depot = memoryDepot();
    await publishArticles(depot, 5, 1);
    expect(await publishArticles(depot, 5, 2)).toMatchObject({ uploaded: 0 });
    expect(depot.puts).toEqual([]);
  });

  it('that is broken off anywhere leaves what was shown, and goes on where it ended', async () => {
    for (let capacity = 0; capacity < 9; capacity++) {
      const depot = memoryDepot();
      await publishArticles(depot, 20, 1);
      const before = depot.texts.get(editionPath);
      depot.capacity = capacity;
      const broken = publishArticles(depot, 22, 2);
      await expect(broken).rejects.toThrow('the line went dead');
      expect(depot.texts.get(editionPath)).toBe(before);
      expect(await shown(depot)).toBe(20);
      const done = depot.puts.length;
      depot.capacity = Number.POSITIVE_INFINITY;
      const { uploaded, objects } = await publishArticles(depot, 22, 3);
      expect(await shown(depot)).toBe(22);
      expect(uploaded).toBeLessThan(objects);
      if (capacity < 6) expect(done).toBe(capacity);
    }
  });
});

describe('rolling back', () => {
  it('moves the pointer to the edition before, and to the one before that', async () => {
    const depot = memoryDepot();
    for (const count of [3, 4, 5]) await publishArticles(depot, count, count);
    depot.puts.length = 0;
    await rollBack(depot, at(10));
    expect(depot.puts).toEqual([editionPath]);
    expect(await shown(depot)).toBe(4);
    await rollBack(depot, at(11));
    expect(await shown(depot)).toBe(3);
    await expect(rollBack(depot, at(12))).rejects.toThrow(
      'a store in memory has no earlier edition; there are',
    );
    expect(await shown(depot)).toBe(3);
  });

  it('goes to a named edition, forwards too', async () => {
    const depot = memoryDepot();
    const { edition } = await publishArticles(depot, 3, 1);
    const newest = await publishArticles(depot, 4, 2);
    expect(await rollBack(depot, at(3), edition)).toBe(edition);
    expect(await shown(depot)).toBe(3);
    await rollBack(depot, at(4), newest.edition);
    expect(await shown(depot)).toBe(4);
    await expect(rollBack(depot, at(5), 'none')).rejects.toThrow(/has no edition none; there are 2026-/);
  });

  it('counts as a change, so that readers who know only dates see it', async () => {
    const depot = memoryDepot();
    const changes: (string | undefined)[] = [];
    for (const count of [3, 4]) {
      await publishArticles(depot, count, count);
      changes.push(pointerOf(depot).changed);
    }
    await rollBack(depot, at(10));
    changes.push(pointerOf(depot).changed);
    // An older build, published again, comes after it too.
    await publishArticles(depot, 5, 7);
    await publishEdition(edgeFolder(out), depot, at(12));
    changes.push(pointerOf(depot).changed);
    expect(changes).toEqual(changes.toSorted());
    expect(changes.slice(0, 3)).toEqual([at(3), at(4), at(10)]);
  });

  it('leaves alone what the worker could not read', async () => {
    const depot = memoryDepot();
    const { edition } = await publishArticles(depot, 3, 1);
    await publishArticles(depot, 4, 2);
    const old = { ...JSON.parse(depot.texts.get(`_dateline/editions/${edition}.json`) ?? ''), form: 1 };
    await depot.put([`_dateline/editions/${edition}.json`], async () => JSON.stringify(old));
    await expect(rollBack(depot, at(3), edition)).rejects.toThrow(/^edition \S+ has form 1, .* reads 3\./);
    expect(await shown(depot)).toBe(4);
  });

  it('of nothing says so', async () => {
    await expect(rollBack(memoryDepot(), at(1))).rejects.toThrow('nothing is published in a store in memory');
  });
});
