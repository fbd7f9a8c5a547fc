import type { Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { lastUpdate, type Page } from '../publication/page.ts';
import { tagWithArticles } from './delta.ts';
import type { Format } from './formats.ts';
import { feedLinks } from './links.ts';
import { shownPage } from './shown-page.ts';

/** A document that the app answers with: bytes and their validators, a pure function of what was published. */
export interface RenderedDocument {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Value of Content-Type. */
  readonly contentType: string;
  /** A weak entity-tag (RFC 9110 §8.8.3), since a proxy may compress the bytes; equal for equal bytes. */
  readonly etag: string;
  /** When its articles last changed, or later, when the publication did. */
  readonly modified: Instant;
  /** When it changes by itself, because an article becomes due or expires. */
  readonly until?: Instant;
  /** When an article in it expires. */
  readonly expires?: Instant;
  /** Value of Link: its canonical address, and the hub that reports its changes (WebSub §4). */
  readonly link?: string;
  /** Its canonical path, below the site's address, if it was requested at another. */
  readonly path?: string;
}

/** Renders a page as a feed in one of {@link formats}. */
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

/** Renders the part of a feed with the articles at these indices; title and dates are those of the whole. */
export async function renderDelta(page: Page, format: Format, entries: readonly number[]): Promise<RenderedDocument> {
  const shown = shownPage(page);
  const articles = entries.flatMap((i) => shown.articles[i] ?? []);
  const part = { ...shown, articles, updated: lastUpdate(shown) };
  return makeDocument(format.write(part, feedLinks(part, format.file)), format.contentType, part);
}

/** Makes a document of a text or of bytes, dated by the articles that it shows. */
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
    expires: page.articles.flatMap(({ expires }) => expires ?? []).toSorted()[0],
  });
}

/**
 * Includes the publication's date, since an edit without `updated` or a withdrawn or expired article shows only there.
 */
function lastChange(page: Pick<Page, 'articles' | 'changed' | 'updated'>): Instant {
  return [lastUpdate(page), page.changed ?? ''].toSorted()[1] ?? lastUpdate(page);
}
