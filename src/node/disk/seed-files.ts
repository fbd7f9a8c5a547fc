import { rootFolder } from './served-file.ts';

/**
 * Finds the files that hold articles among all files of a folder: by the endings of their names.
 *
 * Left out are Jekyll's drafts, what Astro and Jekyll hold back by a name that begins with `_`, and a text file in the folder of another article, which belongs to that
 * (`trip/index.md`, `trip/notes.txt`).
 */
export function seedsAmong(paths: readonly string[]): string[] {
  const bundles = new Set<string>();
  for (const path of paths) {
    const [, folder] = /\/index\.[^/]*$/i.test(path) ? (bundle.exec(path) ?? []) : [];
    if (folder !== undefined) bundles.add(folder);
  }
  return paths.filter(
    (path) =>
      mayHoldArticle(path) &&
      !isHeldBack(path) &&
      !(/\.txt$/i.test(path) && !/(?:^|\/)index\.txt$/i.test(path) && bundles.has(folderOf(path))),
  );
}

/** Tells a draft by its path. */
export function isHeldBack(path: string): boolean {
  return path.includes('_') && (/(?:^|\/)_drafts\//.test(path) || /(?:^|\/)_(?!_|index\b)[^/]*$/i.test(path));
}

/** Tells by its ending whether a file may hold an article; what stands at the site's root is none, whatever its ending. */
export function mayHoldArticle(path: string): boolean {
  return /\.(?:txt|md|markdown|mdx)$/i.test(path) && !path.startsWith(rootFolder);
}

const bundle = /^(.+\/)index(?:\.[a-z-]+)?\.(?:md|markdown|mdx)$/i;

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** The paths of the seeds of a folder, in the order of their names. */
export class SeedPaths {
  #all: readonly string[] = [];
  /** The same, once somebody has asked for one. */
  #each: ReadonlySet<string> | undefined;

  get all(): readonly string[] {
    return this.#all;
  }

  /** Finds them anew among the paths of all files. */
  list(paths: readonly string[]): void {
    this.#all = seedsAmong(paths);
    this.#each = undefined;
  }

  has(path: string): boolean {
    this.#each ??= new Set(this.#all);
    return this.#each.has(path);
  }
}
