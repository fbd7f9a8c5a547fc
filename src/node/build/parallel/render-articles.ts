import type { Article } from '../../../article/article.ts';
import { mediaPathsIn } from '../../../publication/addresses/address.ts';
import type { AskedFiles } from '../../folder/files/article-files.ts';
import { type RenderJob, renderArticle } from '../../folder/render/render-article.ts';
import { type Piece, spoolTexts } from './spool.ts';

export interface ArticlesInput {
  /** The folder of the texts. */
  readonly spool: string;
  readonly jobs: readonly RenderJob[];
}

/** A rendered article. */
export interface SpooledArticle {
  /** Absent if the article cannot be rendered. */
  readonly piece?: Piece | undefined;
  readonly error?: string | undefined;
  /** The paths, in the articles' folder, of the media files that it links to. */
  readonly media: readonly string[];
  /** The files that it asked for. */
  readonly asked: AskedFiles;
  /** Links to articles with which it must be rendered again. */
  readonly unresolved?: readonly string[];
}

/** Renders articles from files. */
export function renderArticles({ spool, jobs }: ArticlesInput): SpooledArticle[] {
  const rendered = jobs.map((job) => renderArticle(job));
  const texts = rendered.map(({ article, unresolved }) =>
    article === undefined || unresolved.length > 0 ? undefined : JSON.stringify(article),
  );
  const pieces = spoolTexts(
    spool,
    texts.filter((text) => text !== undefined),
  ).values();
  return rendered.map(({ article, error, asked, unresolved }, i) => {
    const text = texts[i];
    if (article !== undefined && unresolved.length > 0) return { asked, unresolved, media: [] };
    if (text === undefined) return { error: error ?? 'it can no longer be parsed', asked, media: [] };
    return { piece: pieces.next().value, media: mediaPathsIn(text, jobs[i]?.site.url ?? ''), asked };
  });
}

/** Spools articles that are in memory. */
export function spoolArticles(spool: string, articles: readonly Article[], url: string): SpooledArticle[] {
  const texts = articles.map((article) => JSON.stringify(article));
  return spoolTexts(spool, texts).map((piece, i) => ({
    piece,
    media: mediaPathsIn(texts[i] ?? '', url),
    asked: new Map(),
  }));
}
