import type { Edition } from '../publication/publication.ts';
import { makeDocument, type RenderedDocument } from './document.ts';

/** Allows crawlers everything, feeds too, and tells them of the sitemap (RFC 9309, sitemaps.org). */
export async function renderRobots({
  site,
  changed,
}: Pick<Edition, 'site' | 'changed'>): Promise<RenderedDocument> {
  const text = `User-agent: *\nAllow: /\n\nSitemap: ${new URL('sitemap.xml', site.url).href}\n`;
  const stamp = changed === undefined ? {} : { changed };
  return makeDocument(text, 'text/plain; charset=utf-8', { articles: [], ...stamp });
}
