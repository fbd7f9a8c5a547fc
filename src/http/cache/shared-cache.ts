import type { Instant } from '../../article/article.ts';
import type { RenderedDocument } from '../../feed/document.ts';
import type { Edition } from '../../publication/publication.ts';

/** A document, and the name of its edition. */
export interface SharedDocument {
  readonly edition: string | undefined;
  readonly document: RenderedDocument;
}

/** A cache of documents that outlives the memory of an instance and is shared between instances. */
export interface SharedDocumentCache {
  /** Returns the last document under a key, of any edition; never rejects. */
  find(key: string): Promise<SharedDocument | undefined>;
  /** Stores a document that was rendered for a request, in the background. */
  keep(key: string, shared: SharedDocument, request: Request): void;
}

/** Reports whether a document is the current one of an edition at `now`. */
export function isRecent(shared: SharedDocument | undefined, edition: Edition, now: Instant): shared is SharedDocument {
  if (shared === undefined || edition.name === undefined || shared.edition !== edition.name) return false;
  return shared.document.until === undefined || shared.document.until > now;
}

/** Gives a document the date of the cached one if both have the same bytes. */
export function keepModified(
  rendered: RenderedDocument | undefined,
  shared: SharedDocument | undefined,
): RenderedDocument | undefined {
  if (rendered === undefined || shared?.document.etag !== rendered.etag) return rendered;
  return { ...rendered, modified: shared.document.modified };
}
