import type { DocumentCache } from './cache/document-cache.ts';
import type { SharedDocumentCache } from './cache/shared-cache.ts';
import type { Answer, Encoder } from './response/respond.ts';

export interface AnswererOptions {
  /** Compresses documents; omitted if the platform does so itself. */
  readonly encoder?: Encoder;
  /** The cache in memory. */
  readonly documents?: DocumentCache;
  /** An additional cache of the runtime. */
  readonly shared?: SharedDocumentCache;
  /** Converts an answer to a response of the runtime. */
  readonly toResponse?: (answer: Answer) => Response;
  /**
   * Waits until a document of a newer edition is rendered, as long as a request may wait that can be answered with the
   * last one; returns whether it is. Without it, requests wait as long as it takes.
   */
  readonly settlesSoon?: (rendering: Promise<unknown>) => Promise<boolean>;
  /** Lets work continue after a request is answered, on a runtime that would end it. */
  readonly waitUntil?: (request: Request, work: Promise<unknown>) => void;
}
