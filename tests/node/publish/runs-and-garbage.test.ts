import { cpSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edgeFolder } from '../../../src/node/build/build.ts';
import { publishEdition } from '../../../src/node/publish/publish-edition.ts';
import { rollBack } from '../../../src/node/publish/roll-back.ts';
import { accountFrom } from '../../../src/node/store/cloudflare-api.ts';
import { kvStore, r2Store } from '../../../src/node/store/cloudflare-stores.ts';
import { editionPath } from '../../../src/publication/stored/stored.ts';
import { propertyRuns } from '../../effort.ts';
import { type StandIn, startStandIn } from '../store/cloudflare-stand-in.ts';
import { makeFolder } from '../temporary-folder.ts';
import { type MemoryStore, memoryStore } from './memory-store.ts';
import { moment, out, publishArticles, shown } from './published-articles.ts';

const day = 86_400_000;

/** Builds articles, and returns a copy of the folder that stays. */
async function built(count: number, minute: number): Promise<string> {
  await publishArticles(memoryStore(), count, minute);
  const folder = join(makeFolder(), 'edge');
  cpSync(edgeFolder(out), folder, { recursive: true });
  return folder;
}

function objectsIn(store: MemoryStore): string[] {
  return [...store.objects.keys()].filter((key) => key.startsWith('_dateline/objects/'));
}

function manifestsIn(store: MemoryStore): string[] {
  return [...store.objects.keys()].filter((key) => key.startsWith('_dateline/manifests/'));
}

describe('two runs at the same time', () => {
  let older: string;
  let newer: string;
  beforeAll(async () => {
    older = await built(21, 2);
    newer = await built(22, 3);
  });

  it('show the one that began later, if the older one ends last', async () => {
    const store = memoryStore();
    await publishArticles(store, 20, 1);
    store.beforeReplace = () => publishEdition(newer, store, { started: moment(3) });
    await expect(publishEdition(older, store, { started: moment(2) })).rejects.toThrow(
      'a store in memory shows an edition of a run that began at 2026-03-10T12:03:00.000Z, after this one (2026-03-10T12:02:00.000Z); nothing was changed. Publish again to replace it',
    );
    expect(await shown(store)).toBe(22);
  });

  it('show the one that began later, if it ends last', async () => {
    const store = memoryStore();
    await publishArticles(store, 20, 1);
    store.beforeReplace = () => publishEdition(older, store, { started: moment(2) });
    const { edition } = await publishEdition(newer, store, { started: moment(3) });
    expect(await shown(store)).toBe(22);
    // The one in between can still be gone back to.
    expect(await rollBack(store, moment(4))).not.toBe(edition);
    expect(await shown(store)).toBe(21);
  });

  it('into an empty store: only one finds it empty', async () => {
    const store = memoryStore();
    store.beforeReplace = () => publishEdition(older, store, { started: moment(2) });
    await publishEdition(newer, store, { started: moment(3) });
    expect(await shown(store)).toBe(22);
    await rollBack(store, moment(4));
    expect(await shown(store)).toBe(21);
  });

  it('upload again what the other one deleted meanwhile', async () => {
    const store = memoryStore();
    await publishEdition(older, store, { started: moment(0) });
    await publishEdition(newer, store, { started: moment(1) });
    const later = await built(23, 5);
    store.beforeReplace = async () => {
      await publishEdition(later, store, { started: moment(2) + 40 * day });
    };
    const { uploaded } = await publishEdition(older, store, { started: moment(3) + 40 * day });
    expect(uploaded).toBeGreaterThan(0);
    expect(await shown(store)).toBe(21);
  });

  it('a rollback gives way to a run that ends first', async () => {
    const store = memoryStore();
    await publishArticles(store, 19, 0);
    await publishArticles(store, 20, 1);
    store.beforeReplace = () => publishEdition(older, store, { started: moment(2) });
    await expect(rollBack(store, moment(3))).rejects.toThrow('was changed by another run; nothing was rolled back');
    expect(await shown(store)).toBe(21);
  });

  it('a run whose clock was ahead does not stop those after it', async () => {
    const store = memoryStore();
    await publishEdition(older, store, { started: Date.now() + 365 * day });
    await publishEdition(newer, store, { started: Date.now() });
    expect(await shown(store)).toBe(22);
  });
});

describe('what no edition of the last days has', () => {
  it('is deleted, and what a kept one has stays', async () => {
    const store = memoryStore();
    const one = await publishEdition(await built(20, 1), store, { started: moment(0) });
    const two = await publishEdition(await built(22, 2), store, { started: moment(0) + 5 * day });
    await publishEdition(await built(40, 3), store, { started: moment(0) + 20 * day });
    const before = objectsIn(store).length;

    // The first edition was replaced 32 days before, the second one 17.
    const last = await publishEdition(await built(41, 4), store, { started: moment(0) + 37 * day });
    expect(last.deleted).toBeGreaterThan(0);
    expect(objectsIn(store)).toHaveLength(before + last.uploaded - last.deleted);
    expect(await shown(store)).toBe(41);
    await rollBack(store, moment(1) + 37 * day, two.edition);
    expect(await shown(store)).toBe(22);
    await expect(rollBack(store, moment(2) + 37 * day, one.edition)).rejects.toThrow(
      `a store in memory has no edition ${one.edition}; there are ${two.edition}`,
    );
  });

  it('is deleted with its edition and its list, so that a store does not grow with time', async () => {
    const store = memoryStore();
    const folders = [await built(20, 1), await built(21, 2), await built(22, 3)];
    const sizes: number[] = [];
    for (let run = 0; run < 60; run++) {
      await publishEdition(folders[run % 3] ?? '', store, { started: moment(0) + run * 2 * day, keepDays: 7 });
      sizes.push(store.objects.size);
    }
    expect(Math.max(...sizes.slice(30))).toBe(Math.max(...sizes.slice(10, 30)));
    expect(manifestsIn(store).length).toBeLessThan(8);
    expect(await shown(store)).toBe(22);
  });

  it('stays as long as --keep says', async () => {
    const store = memoryStore();
    await publishEdition(await built(20, 1), store, { started: moment(0) });
    await publishEdition(await built(22, 2), store, { started: moment(1) });
    const next = await built(23, 3);
    const run = (days: number, keepDays: number) =>
      publishEdition(next, store, { started: moment(2) + days * day, keepDays });
    expect(await run(50, 60)).toMatchObject({ deleted: 0 });
    await publishEdition(await built(24, 4), store, { started: moment(3) + 70 * day, keepDays: 60 });
    expect(await shown(store)).toBe(24);
    await expect(rollBack(store, moment(4) + 70 * day, 'x')).rejects.toThrow(/there are [^,]+(?:, [^,]+){2}$/);
  });
});

describe('any sequence of runs and rollbacks', () => {
  it('shows what was asked for, with everything that it needs, and keeps the manifests of a day', async () => {
    const folders: string[] = [];
    for (const [i, count] of [3, 9, 20, 21, 22].entries()) folders.push(await built(count, i));
    const counts = [3, 9, 20, 21, 22];
    const step = fc.record({
      publish: fc.option(fc.nat(4)),
      /** Which of the kept editions a rollback names. */
      back: fc.nat(20),
      days: fc.constantFrom(0, 0, 0, 1, 4),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const store = memoryStore();
        const shows = new Map<string, number>();
        let time = moment(0);
        let expected: number | undefined;
        for (const { publish, back, days } of steps) {
          time += days * day + 60_000;
          if (publish !== null) {
            const { edition } = await publishEdition(folders[publish] ?? '', store, { started: time, keepDays: 7 });
            expected = counts[publish];
            if (edition !== undefined) shows.set(edition, expected ?? 0);
          } else {
            const names = [...(await store.list('_dateline/editions-6/')).keys()]
              .map((key) => key.slice(21, -5))
              .sort();
            const name = names[back % Math.max(names.length, 1)];
            if (name === undefined) continue;
            await rollBack(store, time, name);
            expected = shows.get(name);
          }
          expect(await shown(store)).toBe(expected);
        }
        expect(manifestsIn(store).length).toBeLessThanOrEqual(steps.length);
        await publishEdition(folders[0] ?? '', store, { started: time + 2 * day });
        await publishEdition(folders[1] ?? '', store, { started: time + 4 * day });
        expect(manifestsIn(store)).toHaveLength(1);
      }),
      { numRuns: propertyRuns(200, 40) },
    );
  });
});

describe('a store whose manifest is lost or damaged', () => {
  it.each([
    ['lost', (store: MemoryStore, key: string) => store.drop(key)],
    ['damaged', (store: MemoryStore, key: string) => void store.objects.set(key, new Uint8Array([1, 2, 3]))],
  ])('%s: is listed, and gets what it lacks', async (_, harm) => {
    const store = memoryStore();
    await publishArticles(store, 20, 1);
    for (const key of manifestsIn(store)) harm(store, key);
    const [lost = ''] = objectsIn(store);
    store.drop(lost);
    const { uploaded } = await publishArticles(store, 21, 2);
    expect(uploaded).toBeLessThan(12);
    expect(await shown(store)).toBe(21);
    // From then on there is a manifest again.
    const listings: string[] = [];
    const { list } = store;
    store.list = (prefix) => {
      listings.push(prefix);
      return list(prefix);
    };
    await publishArticles(store, 22, 3);
    expect(listings).toEqual([]);
  });

  it('because a build was copied into it, is listed', async () => {
    const store = memoryStore();
    await publishArticles(store, 20, 1);
    for (const key of [...store.objects.keys()]) if (/manifests|editions-/.test(key)) store.drop(key);
    const { name: _, manifest: __, started: ___, ...plain } = JSON.parse(store.text(editionPath) ?? '');
    store.objects.set(editionPath, new TextEncoder().encode(JSON.stringify(plain)));
    const { uploaded } = await publishArticles(store, 21, 2);
    expect(uploaded).toBeLessThan(10);
    expect(await shown(store)).toBe(21);
  });
});

describe('a store at Cloudflare', () => {
  let api: StandIn;
  beforeAll(async () => {
    api = await startStandIn();
  });
  afterAll(() => api.close());

  it.each([
    ['KV', kvStore, 'ns'],
    ['R2', r2Store, 'bucket'],
  ])('%s, with 300,000 keys, takes at most 30 requests for one article more', async (_, open, id) => {
    (api.objects as Map<string, string>).clear();
    const store = open(accountFrom(api.env), id);
    await publishEdition(await built(200, 1), store, { started: moment(1) });
    for (let i = 0; i < 300_000; i++)
      (api.objects as Map<string, string>).set(`_dateline/objects/${i.toString(16).padStart(32, '0')}.gz`, '');
    const next = await built(201, 2);
    const before = api.requests.length;
    expect(await publishEdition(next, store, { started: moment(2) })).toMatchObject({ deleted: 0 });
    expect(api.requests.length - before).toBeLessThanOrEqual(30);
  });

  it.each([
    ['KV', kvStore, 'ns'],
    ['R2', r2Store, 'bucket'],
  ])('%s: loses what no edition of the last days has', async (_, open, id) => {
    (api.objects as Map<string, string>).clear();
    const store = open(accountFrom(api.env), id);
    await publishEdition(await built(20, 1), store, { started: moment(1) });
    const old = [...api.objects.keys()];
    await publishEdition(await built(22, 2), store, { started: moment(2) });
    const last = await publishEdition(await built(23, 3), store, { started: moment(3) + 40 * day });
    expect(last.deleted).toBeGreaterThan(0);
    const left = old.filter((key) => !api.objects.has(key));
    expect(left.filter((key) => key.includes('/objects/'))).toHaveLength(last.deleted);
    expect(left.filter((key) => !key.includes('/objects/'))).toHaveLength(2);
  });
});
