import type { Article, ArticleHead } from '../article.ts';
import { isRecording } from '../media-types.ts';

/** Returns the facts about an article's files that its head has. */
export function recordingFlags({
  enclosures,
  episode,
}: Pick<Article, 'enclosures' | 'episode'>): Pick<ArticleHead, 'hasRecording' | 'hasChapters'> {
  if (!enclosures.some(isRecording)) return {};
  return episode?.chapters === undefined ? { hasRecording: true } : { hasRecording: true, hasChapters: true };
}
