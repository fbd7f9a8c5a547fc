import type { Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { correctionsLinks, writeCorrectionsFeed } from '../../feed/corrections.ts';
import { renderFeed, tagDocument } from '../../feed/document.ts';
import { formats } from '../../feed/formats.ts';
import { feedLinks } from '../../feed/links.ts';
import type { Page } from '../../publication/page.ts';
import type { Edition } from '../../publication/publication.ts';
import type { Slice } from '../../publication/slices/slice.ts';

/** A feed document as a hub knows it: by its address (WebSub §3.1). */
export interface Topic {
  /** Absolute; the same string as the document's own `rel="self"`. */
  readonly url: string;
  readonly etag: string;
  /** Bytes. */
  readonly length: number;
  /** When it changes without an edit, because an article becomes due. */
  readonly until?: Instant;
}

/** Whose feed documents are meant: those of a slice, the corrections, or the whole publication (`undefined`). */
export type TopicSource = Pick<Slice, 'kind' | 'slug'> | 'corrections' | undefined;

/** Returns the current page of the publication or of a slice, if there is one. */
export function currentPage(
  edition: Edition,
  slice: Exclude<TopicSource, 'corrections'>,
  now: Instant,
): Promise<Page | undefined> {
  return edition.page(slice === undefined ? {} : { slice }, now);
}

/** Renders a current page in each format. */
export function renderTopics(page: Page): Promise<Topic[]> {
  return Promise.all(
    formats.map(async (format) => {
      const { etag, bytes, until } = await renderFeed(page, format);
      const { self } = feedLinks(page, format.file);
      return omitUndefined({ url: self, etag, length: bytes.byteLength, until });
    }),
  );
}

/** Renders the feed of corrections in each format, if it has any. */
export async function correctionTopics(edition: Edition, now: Instant): Promise<Topic[]> {
  const topics = await Promise.all(
    formats.map(async (format) => {
      const written = await writeCorrectionsFeed(edition, format, now);
      if (written === undefined) return [];
      const { etag, bytes, until } = await tagDocument(written);
      const { self } = correctionsLinks(edition, format.file);
      return [omitUndefined({ url: self, etag, length: bytes.byteLength, until })];
    }),
  );
  return topics.flat();
}

/** The part of an entity-tag that hashes the bytes: the first 12 bytes of their SHA-256 (`makeDocument`). */
export function hashIn(etag: string): string {
  return /"([\w-]{16})/.exec(etag)?.[1] ?? etag;
}
