import type { Article } from '../../../article/article.ts';
import type { Inherited } from '../../../article/front-matter/inherited.ts';
import { parseSeed, type Seed } from '../../../article/parse.ts';
import { parseOptions } from '../../../publication/addresses/parse-options.ts';
import { homeOf, type Site } from '../../../publication/site/site.ts';
import { ArticleFiles, type AskedFiles } from '../files/article-files.ts';

/** An article to render in another thread, which gets a copy. */
export interface RenderJob {
  /** The folder of the publication. */
  readonly dir: string;
  readonly site: Site;
  readonly seed: Seed;
  readonly slug: string;
  readonly translations: Article['translations'];
  readonly inherited: Inherited | undefined;
  /** The articles to which it links, by what it writes; absent until that is known. */
  readonly articles?: LinkedArticles | undefined;
}

/** The URLs of articles by the links to their files; `undefined` for those that are missing. */
export type LinkedArticles = ReadonlyMap<string, string | undefined>;

export interface Rendered {
  /** Absent if the article cannot be rendered. */
  readonly article?: Article | undefined;
  readonly error?: string | undefined;
  /** The files that the article asked for. */
  readonly asked: AskedFiles;
  /** Links to files of articles that the job does not name. If there are any, it must be rendered again with them. */
  readonly unresolved: readonly string[];
}

/** Parses and renders an article. */
export function renderArticle({ dir, site, seed, slug, translations, inherited, articles }: RenderJob): Rendered {
  const asked: AskedFiles = new Map();
  const unresolved: string[] = [];
  const files = filesOf(dir);
  files.findArticle = (_, written) => {
    if (articles?.has(written) !== true) unresolved.push(written);
    return articles?.get(written);
  };
  const findFile = files.finderFor(seed.path, site.url, asked, homeOf(site));
  try {
    const { source, withLongSlug } = parseSeed(seed, { ...parseOptions(site), findFile, inherited });
    const parsed = [source, withLongSlug].find((one) => one?.head.slug === slug);
    return { article: parsed && withTranslations(parsed.article(), translations), asked, unresolved };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), asked, unresolved };
  }
}

/** Adds translations to an article, because its own file doesn't name them. */
export function withTranslations(article: Article, translations: Article['translations']): Article {
  return translations === undefined ? article : { ...article, translations };
}

let files: ArticleFiles | undefined;

/** Keeps the sizes of pictures from one article to the next. */
function filesOf(dir: string): ArticleFiles {
  if (files?.dir !== dir) files = new ArticleFiles(dir);
  return files;
}
