import { sortedIndexOf } from '../../article/lower-bound.ts';
import { siteRootFolder } from './served-file.ts';

/** The files of a folder that may hold articles, sorted. */
export class SeedPaths {
  list: readonly string[] = [];
  /** The position after the path that was found last, because paths are often looked up in their order. */
  #next = 0;

  /** Takes the sorted paths of all files. */
  select(paths: readonly string[]): void {
    this.list = findSeeds(paths);
  }

  /** Returns the list's own string for a path, so that memory holds it once; `undefined` if it is not listed. */
  find(path: string): string | undefined {
    const index = this.list[this.#next] === path ? this.#next : sortedIndexOf(this.list, path);
    this.#next = index + 1;
    return this.list[index];
  }

  has(path: string): boolean {
    return this.find(path) !== undefined;
  }
}

/**
 * Selects the files that may hold articles, by their names. Jekyll's drafts are left out, files whose name begins with
 * `_`, which Astro and Jekyll hold back, and text files in the folder of another article, which belong to that article
 * (`trip/index.md`, `trip/notes.txt`).
 */
export function findSeeds(paths: readonly string[]): string[] {
  const bundles = new Set<string>();
  for (const path of paths) {
    const [, folder] = path.includes('/') && /\/index\.[^/]*$/i.test(path) ? (bundle.exec(path) ?? []) : [];
    if (folder !== undefined) bundles.add(folder);
  }
  return paths.filter(
    (path) =>
      isSeedName(path) &&
      !isDraftPath(path) &&
      !(bundles.size > 0 && /\.txt$/i.test(path) && !/(?:^|\/)index\.txt$/i.test(path) && bundles.has(folderOf(path))),
  );
}

/** Reports whether the path marks a file as a draft. */
export function isDraftPath(path: string): boolean {
  return path.includes('_') && (/(?:^|\/)_drafts\//.test(path) || /(?:^|\/)_(?!_|index\b)[^/]*$/i.test(path));
}

/** Reports whether a file may hold an article, by its extension. Files for the site's root never do. */
export function isSeedName(path: string): boolean {
  return /\.(?:txt|md|markdown|mdx)$/i.test(path) && !path.startsWith(siteRootFolder);
}

const bundle = /^(.+\/)index(?:\.[a-z-]+)?\.(?:md|markdown|mdx)$/i;

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
