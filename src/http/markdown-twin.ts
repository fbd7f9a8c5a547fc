import { hasTwins } from '../publication/site/markdown-uses.ts';
import type { Site } from '../publication/site/site.ts';
import { readRatings } from './response/ratings.ts';

/** What follows the address of an article's page in that of its twin in Markdown. */
export const twinEnding = '.md';

/** Returns the slug of the article whose twin has this name; `undefined` for another name. */
export function slugOfTwin(name: string): string | undefined {
  return name.endsWith(twinEnding) ? name.slice(0, -twinEnding.length) : undefined;
}

/** Returns the path of the document that a request for a path gets: of an article, the twin if it asks for Markdown. */
export function negotiatedPath(site: Site, path: string, headers: Pick<Headers, 'get'>): string {
  if (!hasTwins(site) || !articlePattern.test(path) || slugOfTwin(path) !== undefined) return path;
  return prefersMarkdown(headers.get('Accept')) ? path + twinEnding : path;
}

const articlePattern = /^\/articles\/[^/]+$/;

/**
 * Reports whether a client wants Markdown rather than HTML (RFC 9110 §12.5.1). It has to name the type: browsers, bots
 * and caches accept everything and get HTML.
 */
export function prefersMarkdown(accept: string | null): boolean {
  if (accept === null || accept.length > 1000 || !/text\/markdown/i.test(accept)) return false;
  const ratings = readRatings(accept);
  const markdown = ratings.get('text/markdown') ?? 0;
  const html = ratings.get('text/html') ?? ratings.get('text/*') ?? ratings.get('*/*') ?? 0;
  return markdown > 0 && markdown >= html;
}
