import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { StaticWatch } from '../../../../src/node/folder/files/static-watch.ts';
import { makeFolder } from '../../temporary-folder.ts';

describe('the watch of a static folder', () => {
  let watch: StaticWatch | undefined;
  afterEach(() => watch?.close());

  function start(files: Record<string, string>, ...paths: readonly string[]) {
    const dir = makeFolder(files);
    const changed = new Set<string>();
    watch = new StaticWatch(dir, (some) => {
      for (const path of some) changed.add(path);
    });
    for (const path of paths) watch.add(path);
    const tells = async (act: () => void, ...expected: readonly string[]) => {
      changed.clear();
      act();
      await expect.poll(() => [...changed].sort(), { interval: 10 }).toEqual(expected);
    };
    return { at: (path: string) => join(dir, path), tells };
  }

  it('names the files that changed, and no others', async () => {
    const { at, tells } = start({ 'img/a.png': '', 'img/b.png': '', 'c.png': '' }, 'img/a.png', 'c.png');
    await tells(() => {
      writeFileSync(at('img/b.png'), 'b');
      writeFileSync(at('img/a.png'), 'a');
    }, 'img/a.png');
    await tells(() => rmSync(at('c.png')), 'c.png');
  });

  it('follows a folder that was there, goes and comes back', async () => {
    const { at, tells } = start({ 'img/deep/a.png': '', 'x.txt': '' }, 'img/deep/a.png');
    await tells(() => rmSync(at('img'), { recursive: true }), 'img/deep/a.png');
    await tells(() => {
      mkdirSync(at('img/deep'), { recursive: true });
      writeFileSync(at('img/deep/a.png'), 'a');
    }, 'img/deep/a.png');
    await tells(() => writeFileSync(at('img/deep/a.png'), 'b'), 'img/deep/a.png');
    await tells(() => renameSync(at('img/deep'), at('img/other')), 'img/deep/a.png');
    await tells(() => renameSync(at('img/other'), at('img/deep')), 'img/deep/a.png');
    await tells(() => writeFileSync(at('img/deep/a.png'), 'c'), 'img/deep/a.png');
  });
});
