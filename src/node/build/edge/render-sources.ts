import type { ArticleSource } from '../../../article/article.ts';
import { isFromFile, noteRendered, renderJobOf } from '../../folder/render/lazy-article.ts';
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
  const fromFiles = sources.filter(isFromFile);
  await threads.map(
    'renderArticles',
    fromFiles,
    articlesAtOnce,
    (batch) => ({ spool, jobs: batch.map(renderJobOf) }),
    (outputs, batch) => {
      for (const [i, article] of outputs.entries())
        attempt(() => {
          const source = batch[i];
          if (source === undefined) return;
          noteRendered(source, article);
          rendered.set(source, article);
        });
    },
  );
  for (const source of sources.filter((source) => !isFromFile(source)))
    attempt(() => {
      const [article] = spoolArticles(spool, [source.article()], url);
      if (article !== undefined) rendered.set(source, article);
    });
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return rendered;
}

const articlesAtOnce = 64;
