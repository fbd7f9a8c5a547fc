import type { Article, ArticleHead, Enclosure } from '../article.ts';

/** Reports whether a file is sound or film. */
export function isRecording({ type }: Pick<Enclosure, 'type'>): boolean {
  return /^(?:audio|video)\//i.test(type);
}

/** What the head of an article says about its files. */
export function recordingFlags({
  enclosures,
  episode,
}: Pick<Article, 'enclosures' | 'episode'>): Pick<ArticleHead, 'hasRecording' | 'hasChapters'> {
  if (!enclosures.some(isRecording)) return {};
  return episode?.chapters === undefined ? { hasRecording: true } : { hasRecording: true, hasChapters: true };
}
