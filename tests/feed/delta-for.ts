import { missingEntries } from '../../src/feed/delta.ts';
import { type RenderedDocument, renderDelta, renderFeed } from '../../src/feed/document.ts';
import type { Format } from '../../src/feed/formats.ts';
import type { Page } from '../../src/publication/page.ts';

/** Renders the delta of a page for a reader with these tags; `undefined` if the reader gets the whole feed. */
export async function deltaFor(page: Page, format: Format, ifNoneMatch: string): Promise<RenderedDocument | undefined> {
  const { etag } = await renderFeed(page, format);
  const entries = missingEntries(etag, ifNoneMatch);
  return entries === undefined ? undefined : renderDelta(page, format, entries);
}
