import type { Problem } from '../../article/problem.ts';
import type { KnownSeed } from './read-seed.ts';
import type { Candidate } from './unique-articles.ts';

/** The article of a file among articles in the order of their files' names. */
export function articleAt(articles: readonly Candidate[], file: string): Candidate | undefined {
  const article = articles[firstBeyond(articles.length, (i) => (articles[i]?.file ?? '') < file)];
  return article?.file === file ? article : undefined;
}

/** What is known of the seeds of a folder. */
export interface SeedsKnown {
  /** What is known of the seed at a path, if there is one. */
  readonly known: (path: string) => KnownSeed | undefined;
  /** What the file of a candidate publishes, if anything. */
  readonly published: (candidate: Candidate) => Candidate | undefined;
}

/**
 * What the seeds of a folder publish and what is wrong with them, in the order of their paths. Only what changed is looked up
 * again, as ten thousand articles take milliseconds at each save.
 */
export class GatheredArticles {
  #paths: readonly string[] = [];
  #problems: (readonly Problem[])[] = [];
  #articles: (Candidate | undefined)[] = [];

  /** Looks up what `changed` names of the seeds at `paths`, or all where it names nothing or the paths are others. */
  update(paths: readonly string[], changed: Iterable<string> | undefined, seeds: SeedsKnown): void {
    if (changed === undefined || paths !== this.#paths) {
      this.#paths = paths;
      this.#problems.length = paths.length;
      this.#articles.length = paths.length;
      for (const index of paths.keys()) this.#lookUp(index, seeds);
    } else
      for (const path of changed) {
        const index = firstBeyond(paths.length, (i) => (paths[i] ?? '') < path);
        if (paths[index] === path) this.#lookUp(index, seeds);
      }
  }

  get articles(): readonly Candidate[] {
    return this.#articles.filter((article) => article !== undefined);
  }

  get problems(): readonly Problem[] {
    return this.#problems.filter(({ length }) => length > 0).flat();
  }

  #lookUp(index: number, { known, published }: SeedsKnown): void {
    const { candidate, problems = [] } = known(this.#paths[index] ?? '') ?? {};
    this.#problems[index] = problems;
    this.#articles[index] = candidate && published(candidate);
  }
}

/** Finds, among `length` places of which those up to some one are before it, the first that is not; by halves, from `from` on. */
export function firstBeyond(length: number, isBefore: (index: number) => boolean, from = 0): number {
  let [low, high] = [from, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
