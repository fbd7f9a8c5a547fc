import type { Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { renderFeed } from '../../feed/document.ts';
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

/** What the feed documents belong to: a slice, or the whole publication. */
export type TopicSource = Pick<Slice, 'kind' | 'slug'> | undefined;

/** Returns the current page of the publication or of a slice, if there is one. */
export function currentPage(edition: Edition, slice: TopicSource, now: Instant): Promise<Page | undefined> {
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

/** The part of an entity-tag that hashes the bytes: the first 12 bytes of their SHA-256 (`makeDocument`). */
export function hashIn(etag: string): string {
  return /"([\w-]{16})/.exec(etag)?.[1] ?? etag;
}
