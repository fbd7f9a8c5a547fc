import type { RenderedDocument } from '../feed/document.ts';
import type { SharedDocument, SharedDocumentCache } from '../http/shared-cache.ts';
import { editionPath, storedFolder } from '../publication/stored.ts';
import type { Bytes } from './object-reader.ts';
import { withTimeout } from './timeout.ts';

/** What is used of the Cache API. */
export interface EdgeCache {
  match(key: URL): Promise<Response | undefined>;
  put(key: URL, response: Response): Promise<void>;
}

/** Lets work go on after a request is answered. */
export type WaitUntil = (request: Request, work: Promise<unknown>) => void;

/**
 * Keeps documents in the cache of the place where requests arrive. It holds documents and not answers: what an answer
 * is, conditions and variants and all, is decided anew for each request.
 *
 * A document stands under its path alone and says which edition it is of, so that there is something to show when the
 * store fails.
 */
export function edgeDocumentCache(
  cache: EdgeCache,
  origin: string,
  waitUntil: WaitUntil,
): SharedDocumentCache {
  const keyOf = (path: string): URL => new URL(`/${storedFolder}/documents${path}`, origin);
  return {
    find: async (path) => {
      try {
        const response = await withTimeout(path, cache.match(keyOf(path)), cacheLimit);
        return response && (await readDocument(response));
      } catch {
        // What a cache doesn't give is rendered.
        return undefined;
      }
    },
    keep: (path, kept, request) => {
      if (kept.edition === undefined) return;
      waitUntil(
        request,
        cache.put(keyOf(path), writeDocument(kept)).catch(() => {}),
      );
    },
  };
}

/** Where the edition that was read last is kept, in case that it can't be read again. */
export interface EditionBackup {
  find(): Promise<Bytes | undefined>;
  keep(bytes: Bytes): Promise<void>;
}

/** Keeps it in the same cache. */
export function editionBackup(cache: EdgeCache, origin: string): EditionBackup {
  const key = new URL(editionPath, origin);
  return {
    find: async () => {
      const response = await withTimeout(editionPath, cache.match(key), cacheLimit).catch(() => undefined);
      return response && new Uint8Array(await response.arrayBuffer());
    },
    keep: (bytes) => cache.put(key, new Response(bytes, { headers: keptLong })).catch(() => {}),
  };
}

/** Milliseconds: a cache that is slower than this saves nothing. */
const cacheLimit = 1000;

/** A week: as long as a document may be shown that can't be read anew. */
const keptLong = { 'Cache-Control': 'public, max-age=604800', 'Content-Type': 'application/octet-stream' };

/** The header field that holds everything of a document but its bytes. */
const factsField = 'X-Document';

function writeDocument({ edition, document }: SharedDocument): Response {
  const { bytes, ...facts } = document;
  const written = JSON.stringify({ edition, length: bytes.byteLength, facts });
  return new Response(bytes, { headers: { ...keptLong, [factsField]: written } });
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
