import type { Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import type { Page } from '../publication/page.ts';
import { tagWithArticles } from './delta.ts';
import type { Format } from './formats.ts';
import { feedLinks } from './links.ts';
import { shownPage } from './shown-page.ts';
import { lastUpdate } from './updated.ts';

/** Bytes that an address answers with, and what validates them: a pure function of what was published. */
export interface RenderedDocument {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The header field Content-Type. */
  readonly contentType: string;
  /** A weak entity-tag (RFC 9110 §8.8.3), since a proxy may code the bytes; the same wherever the bytes are. */
  readonly etag: string;
  /** The last change of what it shows, or a later one of the publication. */
  readonly modified: Instant;
  /** When it changes by itself. */
  readonly until?: Instant;
  /** The header field Link: where it is by right and which hub tells of it (WebSub §4). */
  readonly link?: string;
  /** The path that it has in truth, below the site's own address, where it may be answered at another. */
  readonly path?: string;
}

/** Renders a page in a format. */
export async function renderFeed(page: Page, format: Format): Promise<RenderedDocument> {
  const shown = shownPage(page);
  const links = feedLinks(shown, format.file);
  const document = {
    ...(await makeDocument(format.write(shown, links), format.contentType, page)),
    link: `<${links.self}>; rel="self"${links.hub === undefined ? '' : `, <${links.hub}>; rel="hub"`}`,
  };
  if (format.delta === undefined || page.address.archive !== undefined) return document;
  return { ...document, etag: tagWithArticles(document.etag, shown, format.delta) };
}

/** Renders a part of a page: a feed of the same name and dates with only the articles at these indices. */
export async function renderDelta(
  page: Page,
  format: Format,
  entries: readonly number[],
): Promise<RenderedDocument> {
  const shown = shownPage(page);
  const articles = entries.flatMap((i) => shown.articles[i] ?? []);
  const part = { ...shown, articles, updated: lastUpdate(shown) };
  return makeDocument(format.write(part, feedLinks(part, format.file)), format.contentType, part);
}

/** Makes a document of a text, or of bytes, that show a page's articles. */
export async function makeDocument(
  source: string | Uint8Array<ArrayBuffer>,
  contentType: string,
  page: Pick<Page, 'articles' | 'changed' | 'until' | 'updated'>,
): Promise<RenderedDocument> {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 12);
  const tag = btoa(String.fromCharCode(...hash))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  return omitUndefined({
    bytes,
    contentType,
    etag: `W/"${tag}"`,
    modified: lastChange(page),
    until: page.until,
  });
}

/** An edit without a date, or an article withdrawn, shows in the publication's own date alone. */
function lastChange(page: Pick<Page, 'articles' | 'changed' | 'updated'>): Instant {
  return [lastUpdate(page), page.changed ?? ''].toSorted()[1] ?? lastUpdate(page);
}
