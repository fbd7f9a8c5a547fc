import { type RenderedDocument, renderFeed as render } from '../feed/document.ts';
import { formats as all } from '../feed/formats.ts';
import type { Page } from '../publication/page.ts';
import { wrong } from './checks.ts';

export type FeedFormat = 'rss' | 'atom' | 'json';

/** The names of all formats. */
export const formats: readonly FeedFormat[] = all.map(({ name }) => name);

/** Renders a page as a feed. */
export async function renderFeed(page: Page, format: FeedFormat): Promise<RenderedDocument> {
  const found = all.find(({ name }) => name === format);
  return found === undefined ? wrong('format', '"rss", "atom" or "json"', format) : render(page, found);
}
