import type { ArticleSource } from '../../../article/article.ts';
import { isFromFile, type LazyArticle, noteRendered, renderJobOf } from '../../folder/render/lazy-article.ts';
import type { OnProgress } from '../../terminal/progress.ts';
import { type SpooledArticle, spoolArticles } from '../parallel/render-articles.ts';
import type { Threads } from '../parallel/threads.ts';

interface RenderOptions {
  /** The address of the site. */
  readonly url: string;
  /** The folder of the rendered articles. */
  readonly spool: string;
  readonly threads: Threads;
  readonly onProgress: OnProgress;
}

/** Renders articles: those from files in several threads. Throws an error that names every article that fails. */
export async function renderSources(
  sources: readonly ArticleSource[],
  { url, spool, threads, onProgress }: RenderOptions,
): Promise<ReadonlyMap<ArticleSource, SpooledArticle>> {
  const rendered = new Map<ArticleSource, SpooledArticle>();
  const failures: string[] = [];
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
    onProgress(rendered.size, sources.length);
  };
  /** The articles that link to others, which only this thread can find. */
  const unresolved = new Map<LazyArticle, readonly string[]>();
  const renderFiles = async (articles: readonly LazyArticle[]): Promise<void> => {
    await threads.map(
      'renderArticles',
      articles,
      articlesAtOnce,
      (batch) => ({ spool, jobs: batch.map((article) => renderJobOf(article, unresolved.get(article))) }),
      (outputs, batch) => {
        for (const [i, article] of outputs.entries())
          attempt(() => {
            const source = batch[i];
            if (source === undefined) return;
            if (article.unresolved !== undefined) unresolved.set(source, article.unresolved);
            else {
              noteRendered(source, article);
              rendered.set(source, article);
            }
          });
      },
    );
  };
  await renderFiles(sources.filter(isFromFile));
  await renderFiles([...unresolved.keys()]);
  for (const source of sources.filter((source) => !isFromFile(source)))
    attempt(() => {
      const [article] = spoolArticles(spool, [source.article()], url);
      if (article !== undefined) rendered.set(source, article);
    });
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return rendered;
}

const articlesAtOnce = 64;
