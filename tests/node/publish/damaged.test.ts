import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { rollBack } from '../../../src/node/publish/roll-back.ts';
import { folderStore } from '../../../src/node/store/folder-store.ts';
import { editionPath } from '../../../src/publication/stored/stored.ts';
import type { WriteStore } from '../../../src/store/store.ts';
import { makeFolder } from '../temporary-folder.ts';
import { memoryStore } from './memory-store.ts';
import { moment, publishArticles, shown } from './published-articles.ts';

/** Ways in which a disk or a person damages a file. */
const harms: [string, (path: string) => void][] = [
  ['cut', (path) => truncateSync(path, 20)],
  ['emptied', (path) => truncateSync(path, 0)],
  ['deleted', (path) => rmSync(path)],
  ['replaced by another', (path) => writeFileSync(path, 'something longer than what was there before'.repeat(99))],
];

/** Changes one byte, so that the length stays. */
function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length - 9] = 255 - (bytes.at(-9) ?? 0);
  writeFileSync(path, bytes);
}

describe('a folder with damaged objects', () => {
  let root: string;
  let store: WriteStore;
  let first: string;
  let objects: string[];
  beforeEach(async () => {
    root = makeFolder();
    store = folderStore(root);
    first = (await publishArticles(store, 20, 1)).edition ?? '';
    const folder = join(root, '_dateline/objects');
    objects = readdirSync(folder).map((name) => join(folder, name));
  });

  it.each(harms)('%s: publishing uploads them again, and only them', async (name, harm) => {
    for (const path of objects.slice(0, 2)) harm(path);
    const damaged = name === 'deleted' ? 0 : 2;
    expect(await publishArticles(store, 20, 2)).toMatchObject({ uploaded: 2, damaged });
    expect(await shown(store)).toBe(20);
    for (const path of objects) harm(path);
    expect(await publishArticles(store, 20, 3)).toMatchObject({ uploaded: objects.length });
    expect(await publishArticles(store, 20, 4, 4, true)).toMatchObject({ uploaded: 0, damaged: 0 });
  });

  it('of the same length: --verify finds them', async () => {
    flip(objects[0] ?? '');
    expect(await publishArticles(store, 20, 2)).toMatchObject({ uploaded: 0, damaged: 0 });
    expect(await publishArticles(store, 20, 3, 3, true)).toMatchObject({ uploaded: 1, damaged: 1 });
    expect(await shown(store)).toBe(20);
  });

  it.each([...harms, ['of the same length', flip] as const])('%s: no rollback to them', async (name, harm) => {
    await publishArticles(store, 23, 2);
    const current = new Set(
      readdirSync(join(root, '_dateline/objects')).map((one) => join(root, '_dateline/objects', one)),
    );
    const pointer = readFileSync(join(root, editionPath), 'utf8');
    const [old = ''] = objects.filter((path) => current.has(path));
    harm(old);
    const does = name === 'deleted' ? 'does not have' : 'has only damaged';
    await expect(rollBack(store, moment(3), first)).rejects.toThrow(
      `edition ${first} needs 1 object that ${root} ${does}, such as _dateline/objects/${basename(old)}`,
    );
    expect(readFileSync(join(root, editionPath), 'utf8')).toBe(pointer);
  });

  it('and without its manifest: no rollback, not even to the current edition', async () => {
    rmSync(join(root, '_dateline/manifests'), { recursive: true });
    await expect(rollBack(store, moment(2), first)).rejects.toThrow('the list of the objects of edition');
  });

  it.each(['', '{', 'null', '5', '[]'])('and with a damaged pointer: says which file helps (%o)', async (text) => {
    writeFileSync(join(root, editionPath), text);
    await expect(publishArticles(store, 21, 2)).rejects.toThrow(
      /damaged: it is not the JSON of an edition\. Copy the newest file of _dateline\/editions-/,
    );
  });
});

describe('a store in which a listing costs requests', () => {
  it('finds damaged objects with --verify', async () => {
    const store = memoryStore();
    await publishArticles(store, 20, 1);
    const [key = ''] = [...store.objects.keys()].filter((one) => one.startsWith('_dateline/objects/'));
    store.objects.set(key, new Uint8Array(40));
    expect(await publishArticles(store, 20, 2)).toMatchObject({ uploaded: 0 });
    expect(await publishArticles(store, 20, 3, 3, true)).toMatchObject({ uploaded: 1, damaged: 1 });
    expect(await shown(store)).toBe(20);
  });

  it('refuses a rollback to an empty object, and with `verify` to any damaged one', async () => {
    const store = memoryStore();
    const { edition = '' } = await publishArticles(store, 20, 1);
    await publishArticles(store, 23, 2);
    const [key = ''] = [...store.objects.keys()].filter((one) => one.startsWith('_dateline/objects/'));
    store.objects.set(key, new Uint8Array());
    await expect(rollBack(store, moment(3), edition)).rejects.toThrow('has only damaged');
    store.objects.set(key, new Uint8Array(40));
    await expect(rollBack(store, moment(3), edition, { verify: true })).rejects.toThrow('has only damaged');
    expect(await shown(store)).toBe(23);
  });
});
