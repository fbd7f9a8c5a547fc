import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isUnfinished, replaceFolders } from '../../../src/node/disk/write/replace-folder.ts';
import { writerMark } from '../../../src/node/disk/write/temporary-names.ts';
import { checkout } from '../command.ts';
import { canMount, mountDisk, mountFolder, mountLayer } from '../mounts.ts';
import { type Files, makeFolder, writeFiles } from '../temporary-folder.ts';

/** What lies beside a folder and should have gone. */
const temporaryBeside = (folder: string): string[] =>
  readdirSync(dirname(realpathSync(folder))).filter((name) => name.includes('.dateline-'));

/** Replaces a folder by some files. */
const replace = (folder: string, files: Files): Promise<void> =>
  replaceFolders([folder], async ([draft = '']) => writeFiles(draft, files));

/** The files below a folder, hidden ones included, with their texts. */
function textsIn(dir: string): Files {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    paths
      .filter((path) => statSync(join(dir, path)).isFile())
      .map((path) => [path, readFileSync(join(dir, path), 'utf8')]),
  );
}

const before: Files = {
  'index.html': '1',
  'a/b.html': '1',
  'gone/c.html': '1',
  'becomes-folder': '1',
  'becomes-file/d': '1',
};
const after: Files = {
  'index.html': '2',
  'a/b.html': '2',
  'a/new.html': '2',
  'becomes-folder/e': '2',
  'becomes-file': '2',
};

/** Folders that are replaced in different ways. */
const places: readonly (readonly [string, boolean, (files: Files) => string])[] = [
  [
    'a folder',
    true,
    (files) =>
      join(makeFolder(Object.fromEntries(Object.entries(files).map(([path, text]) => [`site/${path}`, text]))), 'site'),
  ],
  [
    'a symbolic link to a folder elsewhere',
    true,
    (files) => {
      const link = join(makeFolder(), 'site');
      symlinkSync(makeFolder(files), link);
      return link;
    },
  ],
  [
    'the mount point of a disk',
    canMount,
    (files) => {
      const disk = mountDisk(1024);
      mkdirSync(join(disk, 'lost+found'));
      writeFiles(disk, files);
      return disk;
    },
  ],
  [
    'a folder of an image, in a container that changes it',
    canMount,
    (files) => {
      const image = mountDisk(1024);
      mkdirSync(join(image, 'site'));
      writeFiles(join(image, 'site'), files);
      return join(mountLayer(image), 'site');
    },
  ],
  ['a folder that is mounted elsewhere', canMount, (files) => mountFolder(makeFolder(files), makeFolder())],
];

describe.each(places)('%s', (_, isPossible, make) => {
  it.runIf(isPossible)('gets exactly the new files', async () => {
    const folder = make(before);
    const { ino, mode } = lstatSync(folder);
    const isLink = lstatSync(folder).isSymbolicLink();
    await replace(folder, after);
    expect(textsIn(folder)).toEqual(after);
    expect(
      readdirSync(folder)
        .filter((name) => name !== 'lost+found')
        .sort(),
    ).toEqual(['a', 'becomes-file', 'becomes-folder', 'index.html']);
    expect(temporaryBeside(folder)).toEqual([]);
    if (isLink) expect(lstatSync(folder).ino).toBe(ino);
    expect(lstatSync(folder).mode).toBe(mode);
  });

  it.runIf(isPossible)('stays as it was if the writing fails', async () => {
    const folder = make(before);
    const failing = replaceFolders([folder], async ([draft = '']) => {
      writeFiles(draft, after);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(textsIn(folder)).toEqual(before);
    expect(temporaryBeside(folder)).toEqual([]);
  });

  it.runIf(isPossible)('is replaced by one of two processes; the other says so', async () => {
    const folder = make(before);
    let inner: unknown;
    await replaceFolders([folder], async ([draft = '']) => {
      inner = await replace(folder, {}).catch((error: Error) => error.message);
      writeFiles(draft, after);
    });
    expect(inner).toMatch(
      /: another build \(process \d+\) is writing there; wait until it ends, or choose another folder with --out; if none is running, delete \S+dateline-lock$/,
    );
    expect(textsIn(folder)).toEqual(after);
    await replace(folder, before);
    expect(textsIn(folder)).toEqual(before);
  });
});

it('a new folder, below others that do not exist, appears with all its files', async () => {
  const folder = join(makeFolder(), 'deep', 'site');
  await replace(folder, after);
  expect(textsIn(folder)).toEqual(after);
  expect(readdirSync(dirname(folder))).toEqual(['site']);
});

it('a link to a folder that does not exist leads to it afterwards', async () => {
  const dir = makeFolder();
  symlinkSync('later/site', join(dir, 'site'));
  await replace(join(dir, 'site'), after);
  expect(lstatSync(join(dir, 'site')).isSymbolicLink()).toBe(true);
  expect(textsIn(join(dir, 'later/site'))).toEqual(after);
});

it.runIf(process.getuid?.() === 0)('a replaced folder keeps its permissions, owner and group', async () => {
  const folder = join(makeFolder({ 'site/index.html': '1' }), 'site');
  chownSync(folder, 1234, 2345);
  chmodSync(folder, 0o2750);
  await replace(folder, after);
  const { uid, gid, mode } = statSync(folder);
  expect({ uid, gid, mode: mode & 0o7777 }).toEqual({ uid: 1234, gid: 2345, mode: 0o2750 });
});

it.runIf(process.getuid?.() === 0)('what another program made read-only is removed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-'));
  try {
    const outside = { 'outside/file': '1' };
    writeFiles(folder, { 'old/a/b/file': '1', 'old/file': '1', ...outside });
    symlinkSync('../../outside', join(folder, 'old/a/link'));
    // The superuser may write everywhere, so another user removes it, who can't read this checkout perhaps.
    copyFileSync(join(checkout, 'src/node/disk/write/temporary-names.ts'), join(folder, 'names.ts'));
    const all = readdirSync(folder, { recursive: true, withFileTypes: true });
    for (const entry of all) {
      if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o555);
      lchownSync(join(entry.parentPath, entry.name), 1234, 1234);
    }
    chownSync(folder, 1234, 1234);
    const script = `import('./names.ts').then(({ discard }) => discard('old'))`;
    const { status } = spawnSync(process.execPath, ['-e', script], { cwd: folder, uid: 1234, gid: 1234 });
    expect(status).toBe(0);
    expect(textsIn(folder)).toEqual({ ...outside, 'names.ts': expect.any(String) });
    expect(statSync(join(folder, 'outside')).mode & 0o777).toBe(0o555);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('a Git repository in a folder stays', async () => {
  const folder = makeFolder({ ...before, '.git/config': 'mine' });
  await replace(folder, after);
  expect(textsIn(folder)).toEqual({ ...after, '.git/config': 'mine' });
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual(['.git']);
});

it('several folders are all left as they were if the writing fails', async () => {
  const dir = makeFolder({ 'a/x': '1', 'b/x': '1' });
  const failing = replaceFolders([join(dir, 'a'), join(dir, 'b')], async (drafts) => {
    for (const draft of drafts) writeFiles(draft, after);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(textsIn(dir)).toEqual({ 'a/x': '1', 'b/x': '1' });
});

describe('after a process was killed', () => {
  const { pid: dead = 0 } = spawnSync(process.execPath, ['-e', '']);
  const deadMark = writerMark.replace(`-${process.pid}-`, `-${dead}-`);

  it('while it wrote: what it left is removed', async () => {
    const dir = makeFolder({ 'site/x': '1', '.site.dateline-new/half': '', '.site.dateline-lock': deadMark });
    await replace(join(dir, 'site'), after);
    expect(readdirSync(dir)).toEqual(['site']);
    expect(textsIn(join(dir, 'site'))).toEqual(after);
  });

  it('between the two renames: the old folder is back before anything is read', async () => {
    const dir = makeFolder({
      '.site.dateline-old/x': '1',
      '.site.dateline-new/x': '2',
      '.site.dateline-lock': deadMark,
    });
    await replaceFolders([join(dir, 'site')], async ([draft = '']) => {
      expect(textsIn(join(dir, 'site'))).toEqual({ x: '1' });
      writeFiles(draft, after);
    });
    expect(readdirSync(dir)).toEqual(['site']);
  });

  it('while it removed the old folder: the new one stays', async () => {
    const dir = makeFolder({ 'site/x': '2', '.site.dateline-old/rest': '1', '.site.dateline-lock': deadMark });
    await expect(replaceFolders([join(dir, 'site')], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(textsIn(dir)).toEqual({ 'site/x': '2' });
  });

  it('on another machine: its lock holds for an hour', async () => {
    const dir = makeFolder();
    const lock = join(dir, '.site.dateline-lock');
    writeFileSync(lock, '000000-1-00000000');
    await expect(replace(join(dir, 'site'), after)).rejects.toThrow(`delete ${lock}`);
    const time = new Date(Date.now() - 2 * 3_600_000);
    utimesSync(lock, time, time);
    await replace(join(dir, 'site'), after);
    expect(readdirSync(dir)).toEqual(['site']);
  });

  it.runIf(canMount)(
    'while a mount point got its files: the folder is known to be unfinished until it is complete',
    async () => {
      const disk = mountDisk(1024);
      writeFiles(disk, { 'a/b.html': '2', '.dateline-rest/index.html': '2', '.dateline-lock': deadMark });
      expect(isUnfinished(disk)).toBe(true);
      await expect(replaceFolders([disk], () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect(isUnfinished(disk)).toBe(true);
      await replace(disk, after);
      expect(isUnfinished(disk)).toBe(false);
      expect(textsIn(disk)).toEqual(after);
    },
  );
});

it.runIf(canMount).each([0, 1])('of two folders, the one on the full disk is named (%i)', async (full) => {
  const folders = [join(makeFolder(), 'site-edge'), join(makeFolder(), 'site')];
  folders[full] = mountDisk(64);
  const writing = replaceFolders(folders, async (drafts) => {
    // Its error knows no path.
    for (const draft of drafts) writeFileSync(join(draft, 'large'), Buffer.alloc(200_000));
  });
  await expect(writing).rejects.toThrow(`${realpathSync(folders[full] ?? '')} cannot be written: the disk is full`);
});

it('a file that cannot be copied is named, not its draft', async () => {
  const dir = makeFolder({ 'a/x': '1' });
  const failing = replaceFolders([join(dir, 'a')], async ([draft = '']) => {
    mkdirSync(join(draft, 'in'));
    rmSync(join(draft, 'in'), { recursive: true });
    renameSync(join(dir, 'a/x'), join(draft, 'in/x'));
  });
  await expect(failing).rejects.toThrow(`${dir}/a/in/x cannot be written: ${dir}/a/in no longer exists`);
});
