import type { Instant } from '../article/article.ts';
import type { RenderedDocument } from '../feed/document.ts';
import type { Edition } from '../publication/publication.ts';

/** A document, and the name of the edition that it is of. */
export interface SharedDocument {
  readonly edition: string | undefined;
  readonly document: RenderedDocument;
}

/** Keeps documents where a runtime has a place for them that outlives memory and that its instances share. */
export interface SharedDocumentCache {
  /** Finds the document last kept under a key, of whichever edition it is; never rejects. */
  find(key: string): Promise<SharedDocument | undefined>;
  /** Keeps a document that was made for a request, in its own time. */
  keep(key: string, kept: SharedDocument, request: Request): void;
}

/** Tells whether a document is what an edition has at the moment `now`. */
export function isFresh(
  kept: SharedDocument | undefined,
  edition: Edition,
  now: Instant,
): kept is SharedDocument {
  if (kept === undefined || edition.name === undefined || kept.edition !== edition.name) return false;
  return kept.document.until === undefined || kept.document.until > now;
}

/** What has the same bytes in two editions has the date of the earlier one. */
export function dated(
  rendered: RenderedDocument | undefined,
  kept: SharedDocument | undefined,
): RenderedDocument | undefined {
  if (rendered === undefined || kept?.document.etag !== rendered.etag) return rendered;
  return { ...rendered, modified: kept.document.modified };
}
