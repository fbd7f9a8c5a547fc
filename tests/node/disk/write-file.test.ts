import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileError, messageOf } from '../../../src/node/disk/write/file-error.ts';
import { partPath, removeLeftovers } from '../../../src/node/disk/write/temporary-names.ts';
import { createFile, replaceFile } from '../../../src/node/disk/write/write-file.ts';
import { startDateline } from '../command.ts';
import { canMount, mountDisk, setReadOnly } from '../mounts.ts';
import { makeFolder, seed } from '../temporary-folder.ts';

describe('a file that is created', () => {
  it('is whole, and leaves nothing else', () => {
    const dir = makeFolder();
    createFile(join(dir, 'a.md'), 'text');
    expect(readdirSync(dir)).toEqual(['a.md']);
    expect(readFileSync(join(dir, 'a.md'), 'utf8')).toBe('text');
  });

  it.each([
    ['a file', (path: string) => writeFileSync(path, 'mine')],
    ['a broken link', (path: string) => symlinkSync('nowhere', path)],
  ])('never replaces %s', (_, make) => {
    const dir = makeFolder();
    make(join(dir, 'a.md'));
    expect(() => createFile(join(dir, 'a.md'), 'text')).toThrow(expect.objectContaining({ code: 'EEXIST' }));
    expect(readdirSync(dir)).toEqual(['a.md']);
  });

  it('may have the longest name that the disk allows', () => {
    const dir = makeFolder();
    const name = `${'x'.repeat(252)}.md`;
    createFile(join(dir, name), 'text');
    expect(readdirSync(dir)).toEqual([name]);
  });

  it('is created on disks without hard links, too, and then replaces none either', () => {
    const dir = makeFolder();
    const script = `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      fs.linkSync = () => { throw Object.assign(new Error('no links'), { code: 'EPERM' }); };
      syncBuiltinESMExports();
      const { createFile } = await import(${JSON.stringify(new URL('../../../src/node/disk/write/write-file.ts', import.meta.url).href)});
      createFile('a.md', 'text');
      try { createFile('a.md', 'other'); } catch (error) { console.log(error.code); }`;
    const ended = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: dir, encoding: 'utf8' });
    expect(ended.stdout).toBe('EEXIST\n');
    expect(readdirSync(dir)).toEqual(['a.md']);
    expect(readFileSync(join(dir, 'a.md'), 'utf8')).toBe('text');
  });
});

describe('a file that is replaced', () => {
  it('keeps its permissions, and a link to it stays a link', () => {
    const dir = makeFolder({ 'real/a.md': 'before' });
    chmodSync(join(dir, 'real/a.md'), 0o640);
    symlinkSync('real/a.md', join(dir, 'a.md'));
    replaceFile(join(dir, 'a.md'), 'after');
    expect(readFileSync(join(dir, 'real/a.md'), 'utf8')).toBe('after');
    expect(statSync(join(dir, 'real/a.md')).mode & 0o7777).toBe(0o640);
    expect(readdirSync(dir)).toEqual(['a.md', 'real']);
    expect(readdirSync(join(dir, 'real'))).toEqual(['a.md']);
  });

  it('may be a new one', () => {
    const dir = makeFolder();
    replaceFile(join(dir, 'a.json'), '{}');
    expect(readdirSync(dir)).toEqual(['a.json']);
  });
});

describe('leftovers of killed processes', () => {
  const { pid: dead = 0 } = spawnSync(process.execPath, ['-e', '']);
  const own = basename(partPath(''));
  const [, machine = '', token = ''] = /^\.dateline-([\da-f]+)-\d+-([\da-f]+)-/.exec(own) ?? [];
  const named = (place: string, pid: number | string, start: string) => `.dateline-${place}-${pid}-${start}-1.part`;
  const hour = 3_600_000;

  it.each([
    ['of a process that has ended', named(machine, dead, token), 0, false],
    ['of an earlier process with the id of this one', named(machine, process.pid, '00000000'), 0, false],
    ['of this process', own, 2 * hour, true],
    ['of a running process', named(machine, process.ppid, '00000000'), 0, true],
    ['of a process whose id another has now', named(machine, process.ppid, '00000000'), 2 * hour, false],
    ['of another machine, where it may be running', named('000000', dead, token), hour / 2, true],
    ['of another machine, long ago', named('000000', dead, token), 2 * hour, false],
    ["with a name that is the user's", '.dateline-notes.part', 2 * hour, true],
  ])('%s', (_, name, age, stays) => {
    const dir = makeFolder();
    writeFileSync(join(dir, name), 'half');
    const time = new Date(Date.now() - age);
    utimesSync(join(dir, name), time, time);
    removeLeftovers(dir);
    expect(readdirSync(dir)).toEqual(stays ? [name] : []);
  });
});

describe('an error of the file system', () => {
  const raw = (code: string, syscall: string, path?: string) =>
    Object.assign(new Error(`${code}: as Node.js says it, ${syscall}`), { code, syscall, ...(path && { path }) });

  it.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EXDEV', 'EBUSY', 'ENOTEMPTY', 'EMFILE', 'EIO'])(
    '%s becomes a path, a reason and a fix',
    (code) => {
      const message = (fileError('news/a.md', raw(code, 'rename')) as Error).message;
      expect(message).toMatch(/^news\/a\.md cannot be written: [^;]+[;,] [^;]+$/);
      expect(message).not.toContain(code);
      expect(messageOf(raw(code, 'rename', 'news/a.md'))).toBe(message);
    },
  );

  it('of reading stays as it is, since it names the file', () => {
    for (const error of [raw('EACCES', 'open', 'a.md'), raw('ENOENT', 'scandir', 'a'), raw('ENOSPC', 'watch', 'a')])
      expect(messageOf(error)).toBe(error.message);
  });

  it.runIf(process.platform === 'linux')('names the output if that is on a full disk', async () => {
    const { code, stderr } = await startDateline(['check', makeFolder({ 'a.md': seed('A') })], { stdout: '/dev/full' });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('dateline: the output cannot be written: the disk is full; free some space'),
    });
    expect(stderr).not.toMatch(/ENOSPC|\n {4}at /);
  });

  it.runIf(canMount)('names the file and the fix on a disk that is read-only', async () => {
    const disk = mountDisk(1024);
    setReadOnly(disk, true);
    const seeds = join(disk, 'seeds');
    expect(() => createFile(join(disk, 'a.md'), '')).toThrow(
      `${disk}/a.md cannot be written: the disk is read-only; choose another folder, or mount it for writing`,
    );
    for (const args of [
      ['new', 'Hello', seeds],
      ['init', disk],
      ['build', makeFolder({ 'a.md': seed('A') }), '--out', `${disk}/site`],
    ]) {
      const { code, stderr } = await startDateline(args);
      expect({ args, code, stderr }).toEqual({
        args,
        code: 1,
        stderr: expect.stringMatching(/dateline: \S+ cannot be written: the disk is read-only; choose another folder/),
      });
    }
    expect(readdirSync(disk)).toEqual([]);
  });
});
