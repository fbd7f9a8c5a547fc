import type { RenderedDocument } from '../feed/document.ts';
import type { SharedDocument, SharedDocumentCache } from '../http/cache/shared-cache.ts';
import type { Coding } from '../http/response/accept-encoding.ts';
import { isWorthCoding } from '../http/response/respond.ts';
import { editionPath, storedFolder } from '../publication/stored/stored.ts';
import type { EditionBackup } from '../store/stored-publication.ts';
import { withTimeout } from '../store/timeout.ts';
import type { Coded, EdgeEncoder } from './edge-encoder.ts';

/** The part of the Cache API that is used here. */
export interface EdgeCache {
  match(key: string): Promise<Response | undefined>;
  put(key: string, response: Response): Promise<void>;
}

/** Lets work continue after a request is answered. */
export type WaitUntil = (request: Request, work: Promise<unknown>) => void;

/**
 * Caches documents in the data center that a request reaches. It caches documents, not answers: conditions and variants
 * are decided for each request. What a document was compressed to is cached with it.
 *
 * The key is a document's path; the edition is stored with it. So an older document can be served while the store
 * fails.
 */
export function edgeDocumentCache(
  cache: EdgeCache,
  origin: string,
  encoder: EdgeEncoder,
  waitUntil: WaitUntil,
): SharedDocumentCache {
  const keyOf = (path: string): string => `${origin}/${storedFolder}/documents${path}`;
  return {
    find: async (path) => {
      try {
        const response = await withTimeout(path, cache.match(keyOf(path)), cacheLimit);
        const read = response && (await readDocument(response));
        if (read !== undefined) encoder.remember(read.document, read.coded);
        return read;
      } catch {
        // The document is rendered instead.
        return undefined;
      }
    },
    keep: (path, shared, request) => {
      if (shared.edition === undefined) return;
      const put = async (): Promise<void> => {
        // Nearly all readers accept gzip. If the document has Brotli already, its readers prefer that.
        const isCoded = encoder.codedOf(shared.document).size > 0;
        if (isWorthCoding(shared.document) && !isCoded) await encoder.encode(shared.document, 'gzip');
        await cache.put(keyOf(path), writeDocument(shared, encoder.codedOf(shared.document)));
      };
      waitUntil(
        request,
        put().catch(() => {}),
      );
    },
  };
}

/** Keeps the copy in the same cache. */
export function editionBackup(cache: EdgeCache, origin: string): EditionBackup {
  const key = `${origin}/${editionPath}`;
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

/** The field's value. The body is the document's bytes, then those in each coding. */
interface StoredFacts {
  readonly edition?: string | undefined;
  readonly length: number;
  readonly codings: readonly (readonly [coding: Coding, length: number])[];
  readonly facts: Omit<RenderedDocument, 'bytes'>;
}

function writeDocument({ edition, document }: SharedDocument, coded: Coded): Response {
  const { bytes, ...facts } = document;
  const codings = Array.from(coded, ([coding, { byteLength }]) => [coding, byteLength] as const);
  const written = JSON.stringify({ edition, length: bytes.byteLength, codings, facts } satisfies StoredFacts);
  return new Response(new Blob([bytes, ...coded.values()]), { headers: { ...storageFields, [factsField]: written } });
}

async function readDocument(response: Response): Promise<(SharedDocument & { readonly coded: Coded }) | undefined> {
  const written = response.headers.get(factsField);
  if (written === null) return undefined;
  const { edition, length, codings, facts } = JSON.parse(written) as StoredFacts;
  const body = new Uint8Array(await response.arrayBuffer());
  const coded = new Map<Coding, Uint8Array<ArrayBuffer>>();
  let end = length;
  for (const [coding, size] of codings) {
    coded.set(coding, body.subarray(end, end + size));
    end += size;
  }
  if (body.byteLength !== end) return undefined;
  return { edition, document: { ...facts, bytes: body.subarray(0, length) }, coded };
}
