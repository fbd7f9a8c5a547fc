import type { Instant } from '../article/article.ts';
import { omitUndefined } from '../article/omit-undefined.ts';
import { lastUpdate, type Page } from '../publication/page.ts';
import { tagWithArticles } from './delta.ts';
import type { Format } from './formats.ts';
import { type FeedLinks, feedLinks } from './links.ts';
import { shownPage } from './shown-page.ts';

/** What is known of a document apart from its bytes. */
interface DocumentFacts {
  /** Value of Content-Type. */
  readonly contentType: string;
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
  /** Set on an article's page and on its twin in Markdown, between which Accept decides. */
  readonly twin?: 'page' | 'markdown';
}

/** The text of a document, whole or in parts, or its bytes. */
export type DocumentSource = string | readonly string[] | Uint8Array<ArrayBuffer>;

/** A document as text. A static host makes its own validators. */
export interface WrittenDocument extends DocumentFacts {
  readonly source: DocumentSource;
  /** Completes the entity-tag of the bytes. */
  readonly tag?: (etag: string) => string;
}

/** A document that the app answers with: bytes and their validators, a pure function of what was published. */
export interface RenderedDocument extends DocumentFacts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** A weak entity-tag (RFC 9110 §8.8.3), since a proxy may compress the bytes; equal for equal bytes. */
  readonly etag: string;
}

/** Renders a page as a feed in one of {@link formats}. */
export function renderFeed(page: Page, format: Format): Promise<RenderedDocument> {
  return tagDocument(writeFeed(page, format));
}

/** Writes a page as a feed in one of {@link formats}. */
export function writeFeed(
  page: Page,
  format: Format,
  linksOf: (shown: Page, file: string) => FeedLinks = feedLinks,
): WrittenDocument {
  const shown = shownPage(page);
  const links = linksOf(shown, format.file);
  const { delta } = format;
  const document = {
    ...writeDocument(format.write(shown, links), format.contentType, page),
    link: `<${links.self}>; rel="self"${links.hub === undefined ? '' : `, <${links.hub}>; rel="hub"`}`,
  };
  if (delta === undefined || page.address.archive !== undefined) return document;
  return { ...document, tag: (etag) => tagWithArticles(etag, shown, delta) };
}

/** Renders the part of a feed with the articles at these indices; title and dates are those of the whole. */
export async function renderDelta(page: Page, format: Format, entries: readonly number[]): Promise<RenderedDocument> {
  const shown = shownPage(page);
  const articles = entries.flatMap((i) => shown.articles[i] ?? []);
  const part = { ...shown, articles, updated: lastUpdate(shown) };
  return makeDocument(format.write(part, feedLinks(part, format.file)), format.contentType, part);
}

type Shown = Pick<Page, 'articles' | 'changed' | 'until' | 'updated'>;

/** Makes a document of a text or of bytes, dated by the articles that it shows. */
export function makeDocument(source: DocumentSource, contentType: string, page: Shown): Promise<RenderedDocument> {
  return tagDocument(writeDocument(source, contentType, page));
}

/** A page as a feed, not tagged yet. */
export function writeDocument(source: DocumentSource, contentType: string, page: Shown): WrittenDocument {
  return omitUndefined({
    source,
    contentType,
    modified: lastChange(page),
    until: page.until,
    expires: page.articles.flatMap(({ expires }) => expires ?? []).toSorted()[0],
  });
}

/** Encodes a document and tags it with the hash of its bytes. */
export async function tagDocument({ source, tag, ...facts }: WrittenDocument): Promise<RenderedDocument> {
  const text = typeof source === 'string' || source instanceof Uint8Array ? source : source.join('');
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 12);
  const tagged = btoa(String.fromCharCode(...hash))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  const etag = `W/"${tagged}"`;
  return { bytes, etag: tag === undefined ? etag : tag(etag), ...facts };
}

/**
 * Includes the publication's date, since an edit without `updated` or a withdrawn or expired article shows only there.
 */
function lastChange(page: Pick<Page, 'articles' | 'changed' | 'updated'>): Instant {
  return [lastUpdate(page), page.changed ?? ''].toSorted()[1] ?? lastUpdate(page);
}
