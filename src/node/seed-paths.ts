import { seedsAmong } from './disk/seed-files.ts';

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
