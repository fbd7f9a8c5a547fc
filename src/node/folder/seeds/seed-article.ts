import type { ArticleHead, ArticleSource } from '../../../article/article.ts';
import type { Inherited } from '../../../article/front-matter/inherited.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import type { Problem } from '../../../article/problem.ts';
import { languageInPath } from '../../../article/seed/seed-path.ts';
import { LazyArticle } from '../render/lazy-article.ts';

/** An article and the seed that holds it. */
export interface SeedArticle {
  readonly file: string;
  readonly source: ArticleSource;
  /** The same article under its alternative address, for when another article has its slug. */
  readonly withLongSlug?: ArticleSource;
  /** Whether the file states its id. */
  readonly isIdWritten: boolean;
  /** Whether this is the last good version, because the file now has errors. */
  readonly isStale: boolean;
}

/** The problems of a seed, and its article or the last good version of it. */
export interface SeedState {
  readonly problems: readonly Problem[];
  readonly article?: SeedArticle;
  /** Whether an error hides an article that nobody meant to withdraw. */
  readonly isBroken?: true;
}

/** The states of seeds by their paths. Of a seed whose state says nothing else, only the article is in memory. */
export class SeedStates {
  readonly #states = new Map<string, SeedState | LazyArticle>();

  get(path: string): SeedState | undefined {
    const known = this.#states.get(path);
    return known instanceof LazyArticle ? { problems: noProblems, article: known } : known;
  }

  has(path: string): boolean {
    return this.#states.has(path);
  }

  /** Reports whether the state of a seed is an article and nothing else. */
  isSound(path: string): boolean {
    return this.#states.get(path) instanceof LazyArticle;
  }

  set(path: string, state: SeedState): void {
    const { article, problems, isBroken } = state;
    const isSound = article instanceof LazyArticle && problems.length === 0 && isBroken === undefined;
    this.#states.set(path, isSound ? article : state);
  }

  /** Returns whether there was a state. */
  delete(path: string): boolean {
    return this.#states.delete(path);
  }

  clear(): void {
    this.#states.clear();
  }

  paths(): Iterable<string> {
    return this.#states.keys();
  }

  *articles(): Generator<SeedArticle> {
    for (const known of this.#states.values()) {
      const article = known instanceof LazyArticle ? known : known.article;
      if (article !== undefined) yield article;
    }
  }
}

/** Copies an article with changes. A spread would lose the getters of {@link LazyArticle}. */
export function changedArticle(article: SeedArticle, changes: Partial<SeedArticle>): SeedArticle {
  const { file, source, withLongSlug, isIdWritten, isStale } = article;
  return omitUndefined({ file, source, withLongSlug, isIdWritten, isStale, ...changes });
}

const noProblems: readonly never[] = [];

/** Reports whether anything marks an article as translated. */
export function isMarkedAsTranslated(
  path: string,
  { translationKey }: Pick<ArticleHead, 'translationKey'>,
  inherited: Inherited | undefined,
): boolean {
  return (
    translationKey !== undefined || folderLanguage(path, inherited) !== undefined || languageInPath(path) !== undefined
  );
}

/** Returns the language of the folder that contains the article, if its articles are translations. */
export function folderLanguage(path: string, inherited: Inherited | undefined): string | undefined {
  return mayHaveFolder.test(path) ? inherited?.language : undefined;
}

/** Most paths have no folder of a language. */
const mayHaveFolder = /(?:^|\/)[a-z]{2}(?:[-_][a-z]{2,4})*\//i;
