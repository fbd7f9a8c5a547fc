import { lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { discard } from '../../disk/write/temporary-names.ts';
import { digest } from './article-names.ts';

/**
 * The folder of the state in which the build before the last one into a folder is kept. Its files are links to those of
 * the last build, except the few that differ, so that the next build can change these instead of linking all files.
 */
export function spareFolder(state: string, target: string): string {
  return join(state, 'spares', digest(target));
}

/** Keeps a folder that was replaced as a spare one, in place of an older one. */
export function keepSpare(replaced: string, spare: string): void {
  try {
    rmSync(spare, { recursive: true, force: true });
    mkdirSync(dirname(spare), { recursive: true });
    renameSync(replaced, spare);
  } catch {
    // It is on another disk, or the state cannot be written.
    discard(replaced);
  }
}

/**
 * Makes a spare folder the content of a draft that has only the `written` files, and removes everything else that is in
 * it. Returns the paths of the `kept` files that it had: a file is one of these if it is the same file on the disk.
 * The folder is gone afterwards, whatever happens, so that a damaged one costs time only.
 */
export function adoptSpare(
  spare: string,
  draft: string,
  kept: ReadonlyMap<string, number | undefined>,
  written: Iterable<string>,
): ReadonlySet<string> {
  const inside = join(draft, '.spare');
  const present = new Set<string>();
  try {
    renameSync(spare, inside);
    clean(inside, '', kept, present);
  } catch {
    discard(spare);
    discard(inside);
    return new Set();
  }
  const folders = new Set<string>();
  for (const path of written) {
    const parent = dirname(path);
    if (!folders.has(parent)) mkdirSync(join(inside, parent), { recursive: true });
    folders.add(parent);
    renameSync(`${draft}/${path}`, `${inside}/${path}`);
  }
  for (const name of readdirSync(inside)) {
    // Only folders are left there.
    rmSync(join(draft, name), { recursive: true, force: true });
    renameSync(join(inside, name), join(draft, name));
  }
  rmdirSync(inside);
  return present;
}

/** Removes what is not kept, and folders without kept files. Follows no link. Returns whether anything is left. */
function clean(
  folder: string,
  inner: string,
  kept: ReadonlyMap<string, number | undefined>,
  present: Set<string>,
): boolean {
  let isEmpty = true;
  for (const name of readdirSync(`${folder}/${inner}`)) {
    const path = inner + name;
    const place = `${folder}/${path}`;
    const stats = lstatSync(place);
    if (stats.isDirectory()) {
      if (clean(folder, `${path}/`, kept, present)) isEmpty = false;
      else rmdirSync(place);
    } else if (stats.isFile() && stats.ino === kept.get(path) && Number.isSafeInteger(stats.ino)) {
      present.add(path);
      isEmpty = false;
    } else unlinkSync(place);
  }
  return !isEmpty;
}
