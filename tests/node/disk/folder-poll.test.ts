import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { FolderPoll } from '../../../src/node/disk/folder-poll.ts';
import { makeFolder, writeFiles } from '../temporary-folder.ts';

const soon = { timeout: 30_000, interval: 10 };
const all = () => true;

describe('a folder that is polled', () => {
  let poll: FolderPoll;
  afterEach(() => poll.remove(all));

  function start(dir: string, ...paths: string[]): string[] {
    const seen: string[] = [];
    const handlers = {
      onWrite: (path: string) => seen.push(`${path} written`),
      onMove: (path: string) => seen.push(path),
    };
    poll = new FolderPoll(dir, handlers, 20);
    for (const path of paths) poll.add(path);
    return seen;
  }

  it('reports files that are written into, added, replaced and deleted, each once', async () => {
    const dir = makeFolder({ 'a.md': 'a', 'b.md': 'b', 'c.md': 'c', '.hidden': 'h', 'x/d.md': 'd' });
    const seen = start(dir, '', 'x');
    writeFiles(dir, { 'a.md': 'changed', 'new.md': 'new', '.hidden': 'changed', '.draft': 'replaced', 'x/d.md': 'dd' });
    renameSync(join(dir, '.draft'), join(dir, 'b.md'));
    rmSync(join(dir, 'c.md'));
    mkdirSync(join(dir, 'y'));
    await expect
      .poll(() => seen.toSorted(), soon)
      .toEqual(['a.md written', 'b.md', 'c.md', 'new.md', 'x/d.md written', 'y']);
    rmSync(join(dir, 'x/d.md'));
    await expect.poll(() => seen.at(-1), soon).toBe('x/d.md');
    expect(seen).toHaveLength(7);
  });

  it('reports what links lead to', async () => {
    const dir = makeFolder({ '.data/a.md': 'a' });
    symlinkSync('.data/a.md', join(dir, 'a.md'));
    symlinkSync('nothing', join(dir, 'b.md'));
    const seen = start(dir, '');
    writeFiles(dir, { '.data/a.md': 'changed', nothing: 'now there' });
    await expect.poll(() => seen.toSorted(), soon).toEqual(['a.md written', 'b.md', 'nothing']);
  });

  it('reports itself when it is gone, and nothing once it is removed', async () => {
    const dir = makeFolder({ 'x/a.md': 'a', 'y/b.md': 'b' });
    const seen = start(dir, 'x', 'y');
    rmSync(join(dir, 'x'), { recursive: true });
    await expect.poll(() => seen, soon).toContain('x');
    poll.remove((path) => path === 'x');
    const { length } = seen;
    writeFiles(dir, { 'x/a.md': 'again', 'y/b.md': 'changed' });
    await expect.poll(() => seen.slice(length), soon).toEqual(['y/b.md written']);
  });
});
