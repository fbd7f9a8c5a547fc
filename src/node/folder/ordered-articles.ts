import { lowerBound, sortedIndexOf } from '../../article/lower-bound.ts';
import type { Problem } from '../../article/problem.ts';
import { LazyArticle } from './render/lazy-article.ts';
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
  /** By index; most have none. */
  readonly #problems = new Map<number, readonly Problem[]>();
  /** The indices of files with errors that have no published version. */
  readonly #broken = new Set<number>();
  /** By index. */
  #articles: readonly (SeedArticle | undefined)[] = [];
  /** Never changed, since snapshots keep it. */
  #published: readonly SeedArticle[] = [];
  /** How many articles are marked as translated. */
  #translated = 0;
  /** How many articles are not their own source, such as stale ones. */
  #wrapped = 0;

  /** Looks up the `changed` seeds among `paths`, or all of them if `changed` is `undefined` or the paths differ. */
  update(paths: readonly string[], changed: Iterable<string> | undefined, lookup: SeedLookup): void {
    const isAll = changed === undefined || paths !== this.#paths;
    const articles = isAll ? new Array<SeedArticle | undefined>(paths.length) : [...this.#articles];
    this.#paths = paths;
    if (isAll) {
      this.#problems.clear();
      this.#broken.clear();
      this.#translated = 0;
      this.#wrapped = 0;
      for (const index of paths.keys()) articles[index] = this.#counted(this.#lookUp(index, lookup), 1);
    } else
      for (const path of changed) {
        const index = sortedIndexOf(paths, path);
        if (index === -1) continue;
        this.#problems.delete(index);
        this.#broken.delete(index);
        this.#counted(articles[index], -1);
        articles[index] = this.#counted(this.#lookUp(index, lookup), 1);
      }
    this.#articles = articles;
    this.#published = isWhole(articles) ? articles : articles.filter((article) => article !== undefined);
  }

  get articles(): readonly SeedArticle[] {
    return this.#published;
  }

  /** The articles, if each is its own source, as usual. Then none is stale. */
  get sources(): readonly LazyArticle[] | undefined {
    return this.#wrapped === 0 ? (this.#published as readonly LazyArticle[]) : undefined;
  }

  /** Whether any article is marked as translated. */
  get areTranslated(): boolean {
    return this.#translated > 0;
  }

  get problems(): readonly Problem[] {
    return [...this.#problems].toSorted(([a], [b]) => a - b).flatMap(([, problems]) => problems);
  }

  get broken(): readonly string[] {
    return [...this.#broken].toSorted((a, b) => a - b).map((index) => this.#paths[index] ?? '');
  }

  /** Counts one article more or less, and returns it. */
  #counted(article: SeedArticle | undefined, by: 1 | -1): SeedArticle | undefined {
    const source = article?.source;
    if (article !== undefined && !(article instanceof LazyArticle)) this.#wrapped += by;
    if (source instanceof LazyArticle && source.read.isTranslated) this.#translated += by;
    return article;
  }

  #lookUp(index: number, { stateOf, published }: SeedLookup): SeedArticle | undefined {
    const state = stateOf(this.#paths[index] ?? '');
    if (state === undefined) return undefined;
    const { article, isBroken, problems } = state;
    if (isBroken === true) this.#broken.add(index);
    if (problems.length > 0) this.#problems.set(index, problems);
    return article && published(article);
  }
}

function isWhole(articles: readonly (SeedArticle | undefined)[]): articles is readonly SeedArticle[] {
  return !articles.includes(undefined);
}
