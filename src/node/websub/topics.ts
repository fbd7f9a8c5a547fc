import type { Instant } from '../../article/article.ts';
import { omitUndefined } from '../../article/omit-undefined.ts';
import { renderFeed } from '../../feed/document.ts';
import { formats } from '../../feed/formats.ts';
import { feedLinks } from '../../feed/links.ts';
import type { Page } from '../../publication/page.ts';
import type { Edition } from '../../publication/publication.ts';
import type { Slice } from '../../publication/slice.ts';

/** A subscription document, by the address at which a hub knows it (WebSub §3.1). */
export interface Topic {
  /** Absolute; the same string as the document's own `rel="self"`. */
  readonly url: string;
  readonly etag: string;
  /** Bytes. */
  readonly length: number;
  /** When it changes by itself. */
  readonly until?: Instant;
}

/** The page whose documents subscribers follow: the current one of the publication or of a slice. */
export type TopicSource = Pick<Slice, 'kind' | 'slug'> | undefined;

/** Gives the current page of the publication or of a slice, if there is one. */
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

/**
 * The part of a document's entity-tag that is the hash of its bytes: the first 12 bytes of their SHA-256 (`makeDocument`).
 */
export function hashIn(etag: string): string {
  return /"([\w-]{16})/.exec(etag)?.[1] ?? etag;
}

/** Gives way to what else waits, such as readers' requests, between two pieces of long work. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
