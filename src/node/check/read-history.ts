import { isBlogger, isWordPress } from '../published/parse-feed.ts';
import { type PublishedFeed, readPublishedFeed } from '../published/published-feed.ts';
import { followHistory, historyClient, historyLimits, type PublishedHistory } from '../published/published-history.ts';
import type { WebOptions } from '../published/web-client.ts';

/** Reads the feed, WordPress export or Blogger backup at a URL or in a file, with all its older documents. */
export function readHistory(start: string, limits = historyLimits, options?: WebOptions): Promise<PublishedHistory> {
  return followHistory(start, parse, limits, historyClient(options));
}

async function parse(text: string, location: URL): Promise<PublishedFeed> {
  const start = text.slice(0, 20_000);
  if (!isWordPress(start) && !isBlogger(start)) return readPublishedFeed(text, location);
  // The reader of exports takes long to load, and most feeds do not need it.
  const { readPublishedPosts } = await import('./export-posts.ts');
  return readPublishedPosts(text, location);
}
