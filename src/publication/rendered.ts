import type { Article, ArticleSource } from '../article/article.ts';

/** A cache of rendered articles, which an edition hands on to its successor. */
export type RenderedArticles = Map<ArticleSource, Article>;

/** How many rendered articles stay in memory: enough for the pages in demand. */
const renderedLimit = 1000;

/** The articles that could not be rendered. Trying again might take as long as the first time. */
const failed = new WeakSet<ArticleSource>();

/** Renders articles. Those that cannot be rendered are left out: one article must not cost all the others. */
export type Renderer = (sources: readonly ArticleSource[]) => Promise<Article[]>;

/** Calls `onFailure` once with the reason for each article that cannot be rendered. */
export function makeRenderer(rendered: RenderedArticles, onFailure?: (message: string) => void): Renderer {
  async function render(source: ArticleSource): Promise<Article | undefined> {
    if (failed.has(source)) return undefined;
    try {
      const article = await (source.render?.() ?? source.article());
      if (rendered.size >= renderedLimit) rendered.delete(rendered.keys().next().value ?? source);
      rendered.set(source, article);
      return article;
    } catch (error) {
      // Another request may have waited for the same article.
      if (failed.has(source)) return undefined;
      failed.add(source);
      // The error of an article from a file names that file.
      onFailure?.(error instanceof Error ? error.message : `the article ${source.head.slug} cannot be rendered`);
      return undefined;
    }
  }
  return async (sources) => {
    const articles: Article[] = [];
    for (const source of sources) {
      const article = rendered.get(source) ?? (await render(source));
      if (article !== undefined) articles.push(article);
    }
    return articles;
  };
}
