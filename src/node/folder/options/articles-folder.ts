import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hasPublicationFile } from './publication-file.ts';

/** The default articles folder. */
export const defaultDir = './seeds';

/**
 * Returns the articles folder of a command without an argument: `./seeds`, unless it has no publication file and
 * `fallback` finds a publication around the current folder.
 */
export function defaultFolder(fallback = findPublication): string {
  return (hasPublicationFile(defaultDir) ? undefined : fallback('.')) ?? defaultDir;
}

/** Returns the articles folder inside a folder that `init` set up; any other folder is returned as it is. */
export function articlesFolder(dir: string): string {
  const inner = join(dir, defaultDir);
  return !hasPublicationFile(dir) && hasPublicationFile(inner) ? inner : dir;
}

/**
 * Finds the publication that contains a folder: the nearest folder upwards with a publication file, up to the root of
 * the project. The folder itself need not exist.
 */
export function findPublication(dir: string): string | undefined {
  for (const folder of foldersUp(dir)) {
    if (hasPublicationFile(folder)) return folder;
    if (isProject(folder)) return undefined;
  }
  return undefined;
}

/** Finds the root of the project around a folder: a package, a worker or a repository. */
export function findProject(dir: string): string | undefined {
  return foldersUp(dir).find(isProject);
}

function isProject(dir: string): boolean {
  return ['package.json', '.git', 'wrangler.toml', 'wrangler.json', 'wrangler.jsonc'].some((name) =>
    existsSync(join(dir, name)),
  );
}

/** Returns a folder and its parents as relative paths: `a/b`, `a`, `.`, `..` for `a/b`. */
function foldersUp(dir: string): string[] {
  const folders: string[] = [];
  for (let folder = join(dir); ; folder = join(folder, '..')) {
    folders.push(folder);
    if (resolve(folder) === resolve(folder, '..')) return folders;
  }
}
