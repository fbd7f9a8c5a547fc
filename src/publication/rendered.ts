import type { Article, ArticleSource } from '../article/article.ts';

/** A cache of rendered articles, which an edition hands on to its successor. */
export type RenderedArticles = Map<ArticleSource, Article>;

/** How many rendered articles stay in memory: enough for the pages in demand. */
const renderedLimit = 1000;

/** The articles that could not be rendered. Trying again might take as long as the first time. */
const failed = new WeakMap<ArticleSource, { readonly error: unknown }>();

/** Renders the articles of an edition, each once. */
export interface Renderer {
  one(source: ArticleSource): Promise<Article>;
  /** Leaves out the articles that cannot be rendered: one article must not cost all the others. */
  all(sources: readonly ArticleSource[]): Promise<Article[]>;
}

/** Calls `onFailure` once with the reason for each article that cannot be rendered. */
export function makeRenderer(rendered: RenderedArticles, onFailure?: (message: string) => void): Renderer {
  async function render(source: ArticleSource): Promise<Article> {
    try {
      return await (source.render?.() ?? source.article());
    } catch (error) {
      if (!failed.has(source))
        // The error of an article from a file names that file.
        onFailure?.(error instanceof Error ? error.message : `the article ${source.head.slug} cannot be rendered`);
      failed.set(source, { error });
      throw error;
    }
  }
  async function one(source: ArticleSource): Promise<Article> {
    const known = rendered.get(source);
    if (known !== undefined) return known;
    const failure = failed.get(source);
    if (failure !== undefined) throw failure.error;
    const article = await render(source);
    if (rendered.size >= renderedLimit) rendered.delete(rendered.keys().next().value ?? source);
    rendered.set(source, article);
    return article;
  }
  async function all(sources: readonly ArticleSource[]): Promise<Article[]> {
    const articles: Article[] = [];
    for (const source of sources) {
      const article = rendered.get(source) ?? (await one(source).catch(() => undefined));
      if (article !== undefined) articles.push(article);
    }
    return articles;
  }
  return { one, all };
}
