import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterFile } from '../after-file.ts';
import { makeFolder } from './temporary-folder.ts';

/** The folders that are unmounted after the test file. */
const mounted: string[] = [];

/** Whether this machine lets the tests mount disks. Tests that need it are skipped otherwise, and say so. */
export const canMount = tryMount();

/** Mounts a disk in memory, of some kibibytes, and returns its folder. */
export function mountDisk(kibibytes: number): string {
  return mount(makeFolder(), ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs']);
}

/** Mounts a folder at another one, as Docker does a volume. */
export function mountFolder(from: string, dir: string): string {
  return mount(dir, ['--bind', from]);
}

/** Mounts a folder as a layer of a container that is only read, below one that takes the changes. */
export function mountLayer(lower: string): string {
  const upper = mountDisk(1024);
  for (const name of ['changes', 'work']) mkdirSync(join(upper, name));
  const options = `lowerdir=${lower},upperdir=${join(upper, 'changes')},workdir=${join(upper, 'work')}`;
  return mount(makeFolder(), ['-t', 'overlay', '-o', options, 'overlay']);
}

function mount(dir: string, args: readonly string[]): string {
  execFileSync('mount', [...args, dir], { stdio: 'pipe' });
  if (mounted.length === 0) afterFile(() => execFileSync('umount', ['--lazy', ...mounted.splice(0).reverse()]));
  mounted.push(dir);
  return dir;
}

/** Forbids or allows writing to a mounted disk. */
export function setReadOnly(dir: string, isReadOnly: boolean): void {
  execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, dir]);
}

/** Fills a disk except for some bytes, with a file that is removed to make room again; returns its path. */
export function fillDisk(dir: string, left: number): string {
  const filler = join(dir, '.filler');
  const { bavail, bsize } = statfsSync(dir);
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - left)));
  return filler;
}

function tryMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    mountLayer(mountDisk(64));
    return true;
  } catch {
    return false;
  }
}
