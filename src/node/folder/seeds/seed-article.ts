import type { ArticleHead, ArticleSource } from '../../../article/article.ts';
import type { Inherited } from '../../../article/front-matter/inherited.ts';
import { omitUndefined } from '../../../article/omit-undefined.ts';
import type { Problem } from '../../../article/problem.ts';
import { languageInPath } from '../../../article/seed/seed-path.ts';
import type { LazyArticle } from '../render/lazy-article.ts';

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

/** A seed without problems and with one address, as most are. To save memory, its state is also its article. */
export class SoundSeed implements SeedState, SeedArticle {
  readonly source: LazyArticle;
  readonly isIdWritten: boolean;

  constructor(source: LazyArticle, isIdWritten: boolean) {
    this.source = source;
    this.isIdWritten = isIdWritten;
  }

  get article(): SeedArticle {
    return this;
  }

  get file(): string {
    return this.source.renderer.fileOf(this.source.read.path);
  }

  get problems(): readonly Problem[] {
    return noProblems;
  }

  get isStale(): boolean {
    return false;
  }
}

/** Copies an article with changes. A spread would lose the getters of {@link SoundSeed}. */
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
