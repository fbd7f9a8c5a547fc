import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { discard } from '../../disk/write/temporary-names.ts';
import { digest } from './article-names.ts';

/**
 * Returns where the state keeps the folder that the last build into `target` replaced. Most of its files are links to
 * those in `target`, so the next build changes the others instead of linking every file.
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
 * Moves the content of a spare folder into a draft that has only the `written` files. Returns the paths of the `kept`
 * files in it, those with the same number on the disk; everything else is removed. A damaged folder is removed as a
 * whole: what can fail is done before the draft gets any of it.
 */
export function adoptSpare(
  spare: string,
  draft: string,
  kept: Cleaning['kept'],
  written: Iterable<string>,
): ReadonlySet<string> {
  const inside = join(draft, '.spare');
  const present = new Set<string>();
  try {
    clean(spare, '', { kept, present, mode: statSync(draft).mode });
    renameSync(spare, inside);
  } catch {
    discard(spare);
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

interface Cleaning {
  /** The files with their numbers on the disk, by path. */
  readonly kept: ReadonlyMap<string, { readonly ino?: number | undefined }>;
  /** Gets the paths of the kept files that are there. */
  readonly present: Set<string>;
  /** That of a new folder. */
  readonly mode: number;
}

/**
 * Removes what is not kept from a folder, and folders without kept files; `inner` is what the paths in it begin with.
 * Folders get the permissions of new ones. Returns whether anything is left. Throws if the folder is a link or a file.
 */
function clean(folder: string, inner: string, cleaning: Cleaning): boolean {
  const { kept, present, mode } = cleaning;
  const before = lstatSync(folder);
  if (!before.isDirectory()) throw new Error(`${folder} is not a folder`);
  if (before.mode !== mode) chmodSync(folder, mode);
  let isEmpty = true;
  for (const name of readdirSync(folder)) {
    const path = inner + name;
    const place = `${folder}/${name}`;
    const stats = lstatSync(place);
    if (stats.isDirectory()) {
      if (clean(place, `${path}/`, cleaning)) isEmpty = false;
      else rmdirSync(place);
    } else if (stats.isFile() && stats.ino === kept.get(path)?.ino && Number.isSafeInteger(stats.ino)) {
      present.add(path);
      isEmpty = false;
    } else unlinkSync(place);
  }
  return !isEmpty;
}
