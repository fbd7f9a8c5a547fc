import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where articles are kept unless a command is told otherwise. */
export const defaultDir = './seeds';

/**
 * The folder of articles of who names none: `./seeds`, unless a publication is around the folder in which the command is
 * run; then `standing` says which.
 */
export function defaultFolder(standing = publicationAround): string {
  return (isPublication(defaultDir) ? undefined : standing('.')) ?? defaultDir;
}

/** Takes a folder that `init` made ready for the folder of articles in it. */
export function articlesFolder(dir: string): string {
  const inner = join(dir, defaultDir);
  return !isPublication(dir) && isPublication(inner) ? inner : dir;
}

/** Tells a folder with a publication file, which need not be right. */
export function isPublication(dir: string): boolean {
  return ['publication.yaml', 'publication.yml'].some((name) => existsSync(join(dir, name)));
}

/**
 * Finds the publication that a folder is, or is a section of: the nearest folder upwards with a publication file, no
 * further than the project that it stands in. The folder need not be there yet.
 */
export function publicationAround(dir: string): string | undefined {
  for (const folder of foldersUp(dir)) {
    if (isPublication(folder)) return folder;
    if (isProject(folder)) return undefined;
  }
  return undefined;
}

/** Finds the project that a folder stands in: where a package is installed, a worker is set up or a repository begins. */
export function projectAround(dir: string): string | undefined {
  return foldersUp(dir).find(isProject);
}

function isProject(dir: string): boolean {
  return ['package.json', '.git', 'wrangler.toml', 'wrangler.json', 'wrangler.jsonc'].some((name) =>
    existsSync(join(dir, name)),
  );
}

/** A folder and those around it, spelled as it is: of `a/b` `a/b`, `a`, `.`, `..`. */
function foldersUp(dir: string): string[] {
  const folders: string[] = [];
  for (let folder = join(dir); ; folder = join(folder, '..')) {
    folders.push(folder);
    if (resolve(folder) === resolve(folder, '..')) return folders;
  }
}
