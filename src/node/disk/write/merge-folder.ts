import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { codeOf } from './file-error.ts';
import { isTemporary } from './temporary-names.ts';

/** The repository of a folder that is published by Git, such as a branch of GitHub Pages. */
const repository = '.git';

/** What stays at the root of a folder: what a new disk has there, and a repository. */
const staying: readonly string[] = ['lost+found', repository];

/** Reports whether a folder holds nothing, except what stays in it or is temporary. */
export function isVacant(folder: string): boolean {
  return readdirSync(folder).every(isForeign);
}

function isForeign(name: string): boolean {
  return staying.includes(name) || isTemporary(name);
}

/** Reports whether a folder is the work tree of a Git repository. */
export function isWorkTree(folder: string): boolean {
  return existsSync(join(folder, repository));
}

/**
 * Makes the content of a folder that of a draft on the same disk, file by file. Each file is replaced at once and none
 * is missing in between. Deep files come first, so that what refers to them is replaced after them; then what the draft
 * lacks is removed.
 */
export function mergeInto(folder: string, draft: string): void {
  const entries = readdirSync(draft, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(draft, join(entry.parentPath, entry.name)))
    .toSorted((a, b) => depthOf(b) - depthOf(a));
  const folders = new Set<string>();
  for (const file of files) {
    makeParents(folder, dirname(file), folders);
    place(join(draft, file), join(folder, file));
  }
  removeOthers(folder, '', new Set([...files, ...folders]));
}

function depthOf(path: string): number {
  return path.split(sep).length;
}

/** Makes the folders down to `inner`, in place of files of the same names. */
function makeParents(folder: string, inner: string, made: Set<string>): void {
  if (inner === '.' || made.has(inner)) return;
  makeParents(folder, dirname(inner), made);
  made.add(inner);
  const path = join(folder, inner);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return;
  if (stats !== undefined) rmSync(path);
  mkdirSync(path);
}

function place(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!lstatSync(to, { throwIfNoEntry: false })?.isDirectory() || codeOf(error) === 'EXDEV') throw error;
    rmSync(to, { recursive: true });
    renameSync(from, to);
  }
}

function removeOthers(folder: string, inner: string, kept: ReadonlySet<string>): void {
  for (const entry of readdirSync(join(folder, inner), { withFileTypes: true })) {
    const path = join(inner, entry.name);
    if (inner === '' && isForeign(entry.name)) continue;
    if (!kept.has(path)) rmSync(join(folder, path), { recursive: true, force: true });
    else if (entry.isDirectory()) removeOthers(folder, path, kept);
  }
}
