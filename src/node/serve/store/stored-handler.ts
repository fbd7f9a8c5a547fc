import { Answerer } from '../../../http/answer.ts';
import { createApp } from '../../../http/app.ts';
import { noteSizes } from '../../../http/audience/sizes.ts';
import { basePath, withoutBase } from '../../../http/below-path.ts';
import { DocumentCache } from '../../../http/cache/document-cache.ts';
import { answerFile } from '../../../http/response/answer-file.ts';
import { toResponse } from '../../../http/response/respond.ts';
import { readFilePath } from '../../../publication/addresses/address.ts';
import { filePath } from '../../../publication/stored/stored.ts';
import type { FileStore } from '../../../store/store.ts';
import type { StoredPublication } from '../../../store/stored-publication.ts';
import { settlesSoon, withTimeout } from '../../../store/timeout.ts';
import { Compressor } from '../compressor.ts';
import type { RequestHandler } from '../listeners.ts';
import type { ServedAudience } from '../monitor/served-audience.ts';
import type { PackageFiles } from '../request-handler.ts';

/** Bytes of documents in memory. */
const documentLimit = 32 * 1024 * 1024;

/** Answers requests from a store: documents of its edition, files of the site, and the package's own files. */
export function storedHandler(
  publication: StoredPublication,
  store: FileStore,
  packageFiles: PackageFiles,
  audience: ServedAudience,
  onError: (error: Error) => void,
): RequestHandler {
  const encoder = new Compressor();
  // Without dates of its own: several servers of one store give a document the same date, that of its edition.
  const answerer = new Answerer({
    ...{ encoder, documents: new DocumentCache(documentLimit, 0), settlesSoon },
    toResponse: (answer) => noteSizes(toResponse(answer), answer),
  });
  const files = async (request: Request): Promise<Response | undefined> => {
    const { ttl } = (await publication.edition()).site;
    const path = readFilePath(new URL(request.url).pathname.slice(1));
    const file = path === undefined ? undefined : await publication.file(path);
    if (file === undefined) return packageFiles.answer(request, { ttl, encoder });
    const { ref, type, length, minute } = file;
    const key = filePath(ref);
    const stream = (start: number, end: number) => withTimeout(key, store.stream(key, start, end));
    return answerFile(request, { type, length, minute, etag: `"${ref}"`, stream }, ttl);
  };
  const app = createApp(publication, { files, answerer, onError });
  return {
    fetch: audience.around(
      () => publication.edition(),
      (request) => app.fetch(request),
    ),
    answerPoll: (path, request) => {
      const edition = publication.edition();
      if (edition instanceof Promise) return undefined;
      const own = withoutBase(path, basePath(edition.site.url));
      const now = Date.now();
      const answer = answerer.answerFromMemory(edition, own, request, now);
      return answer && audience.answered(edition.site, own, request, answer, now);
    },
  };
}
