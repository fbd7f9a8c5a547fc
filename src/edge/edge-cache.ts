import type { RenderedDocument } from '../feed/document.ts';
import type { SharedDocument, SharedDocumentCache } from '../http/shared-cache.ts';
import { editionPath, storedFolder } from '../publication/stored.ts';
import type { EditionBackup } from '../store/stored-publication.ts';
import { withTimeout } from '../store/timeout.ts';

/** The part of the Cache API that is used here. */
export interface EdgeCache {
  match(key: URL): Promise<Response | undefined>;
  put(key: URL, response: Response): Promise<void>;
}

/** Lets work continue after a request is answered. */
export type WaitUntil = (request: Request, work: Promise<unknown>) => void;

/**
 * Caches documents in the data center that a request reaches. It caches documents, not answers: conditions and variants
 * are decided for each request.
 *
 * The key is a document's path; the edition is stored with it. So an older document can be served while the store
 * fails.
 */
export function edgeDocumentCache(cache: EdgeCache, origin: string, waitUntil: WaitUntil): SharedDocumentCache {
  const keyOf = (path: string): URL => new URL(`/${storedFolder}/documents${path}`, origin);
  return {
    find: async (path) => {
      try {
        const response = await withTimeout(path, cache.match(keyOf(path)), cacheLimit);
        return response && (await readDocument(response));
      } catch {
        // The document is rendered instead.
        return undefined;
      }
    },
    keep: (path, shared, request) => {
      if (shared.edition === undefined) return;
      waitUntil(
        request,
        cache.put(keyOf(path), writeDocument(shared)).catch(() => {}),
      );
    },
  };
}

/** Keeps the copy in the same cache. */
export function editionBackup(cache: EdgeCache, origin: string): EditionBackup {
  const key = new URL(editionPath, origin);
  return {
    find: async () => {
      const response = await withTimeout(editionPath, cache.match(key), cacheLimit).catch(() => undefined);
      return response && new Uint8Array(await response.arrayBuffer());
    },
    keep: (bytes) => cache.put(key, new Response(bytes, { headers: storageFields })).catch(() => {}),
  };
}

/** Milliseconds after which rendering is faster than waiting for the cache. */
const cacheLimit = 1000;

/** Stored for a week, the time for which a stale document may be served. */
const storageFields = {
  'Cache-Control': 'public, max-age=604800',
  'Content-Type': 'application/octet-stream',
};

/** The header field for everything of a document except its bytes. */
const factsField = 'X-Document';

function writeDocument({ edition, document }: SharedDocument): Response {
  const { bytes, ...facts } = document;
  const written = JSON.stringify({ edition, length: bytes.byteLength, facts });
  return new Response(bytes, { headers: { ...storageFields, [factsField]: written } });
}

async function readDocument(response: Response): Promise<SharedDocument | undefined> {
  const { edition, length, facts } = JSON.parse(response.headers.get(factsField) ?? '{}') as {
    edition?: string;
    length?: number;
    facts?: Omit<RenderedDocument, 'bytes'>;
  };
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (facts === undefined || bytes.byteLength !== length) return undefined;
  return { edition, document: { ...facts, bytes } };
}
