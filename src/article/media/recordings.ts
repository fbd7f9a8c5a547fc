import type { Article, ArticleHead } from '../article.ts';
import { isRecording } from '../media-types.ts';

/** What the head of an article says about its files. */
export function recordingFlags({
  enclosures,
  episode,
}: Pick<Article, 'enclosures' | 'episode'>): Pick<ArticleHead, 'hasRecording' | 'hasChapters'> {
  if (!enclosures.some(isRecording)) return {};
  return episode?.chapters === undefined ? { hasRecording: true } : { hasRecording: true, hasChapters: true };
}
