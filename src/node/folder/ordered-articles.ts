import { lowerBound, sortedIndexOf } from '../../article/lower-bound.ts';
import type { Problem } from '../../article/problem.ts';
import type { SeedArticle, SeedState } from './seeds/seed-article.ts';

/** Finds the article of a file among articles that are sorted by file. */
export function findArticle(articles: readonly SeedArticle[], file: string): SeedArticle | undefined {
  const article = articles[lowerBound(articles.length, (i) => (articles[i]?.file ?? '') < file)];
  return article?.file === file ? article : undefined;
}

export interface SeedLookup {
  readonly stateOf: (path: string) => SeedState | undefined;
  /** Returns what the file of an article publishes, if anything. */
  readonly published: (article: SeedArticle) => SeedArticle | undefined;
}

/**
 * The published articles of a folder and the problems of its seeds, sorted by path. Only changed seeds are looked up
 * again, because looking up ten thousand takes milliseconds at each save.
 */
export class OrderedArticles {
  #paths: readonly string[] = [];
  #problems: (readonly Problem[])[] = [];
  #articles: (SeedArticle | undefined)[] = [];

  /** Looks up the `changed` seeds among `paths`, or all of them if `changed` is `undefined` or the paths differ. */
  update(paths: readonly string[], changed: Iterable<string> | undefined, lookup: SeedLookup): void {
    if (changed === undefined || paths !== this.#paths) {
      this.#paths = paths;
      this.#problems.length = paths.length;
      this.#articles.length = paths.length;
      for (const index of paths.keys()) this.#lookUp(index, lookup);
    } else
      for (const path of changed) {
        const index = sortedIndexOf(paths, path);
        if (index !== -1) this.#lookUp(index, lookup);
      }
  }

  get articles(): readonly SeedArticle[] {
    return this.#articles.filter((article) => article !== undefined);
  }

  get problems(): readonly Problem[] {
    return this.#problems.filter(({ length }) => length > 0).flat();
  }

  #lookUp(index: number, { stateOf, published }: SeedLookup): void {
    const { article, problems = [] } = stateOf(this.#paths[index] ?? '') ?? {};
    this.#problems[index] = problems;
    this.#articles[index] = article && published(article);
  }
}
