import { answerFile } from '../http/response/answer-file.ts';
import { readFilePath } from '../publication/addresses/address.ts';
import { Unavailable } from '../publication/publication.ts';
import { filePath, type StoredFile, storedFolder } from '../publication/stored/stored.ts';
import type { FileStore } from '../store/store.ts';
import type { StoredPublication } from '../store/stored-publication.ts';
import { withTimeout } from '../store/timeout.ts';
import type { Assets } from './stores.ts';

/** Where a worker finds the files of a site. */
export interface EdgeFiles {
  readonly publication: StoredPublication;
  /** The store of the publication, if its edition may have files. */
  readonly store: FileStore | undefined;
  /** The edition that was deployed with the code, and its files. */
  readonly deployed: StoredPublication;
  readonly assets: Assets;
}

/**
 * Returns a function that answers a GET or HEAD for a file beside an article or at the site's root: from the store if
 * its edition has files, else from those that were deployed.
 */
export function edgeFiles({ publication, store, deployed, assets }: EdgeFiles) {
  return async (request: Request): Promise<Response | undefined> => {
    const { pathname } = new URL(request.url);
    const path = readFilePath(pathname.slice(1));
    // Stored pages contain scheduled articles.
    if (path === undefined || path.startsWith(`${storedFolder}/`)) return undefined;
    const { ttl } = (await publication.edition()).site;
    const published = store && (await publication.file(path));
    if (store !== undefined && published !== undefined) {
      const key = filePath(published.ref);
      const stream = (start: number, end: number) => withTimeout(key, store.stream(key, start, end));
      return answerFile(request, { ...sourceOf(published), stream }, ttl);
    }
    const file = await deployedFile(deployed, path);
    if (file === undefined) return packageFile(assets, request);
    // The file was withdrawn after the deploy.
    if (store !== undefined && (await publication.hasFiles())) return undefined;
    const stream = (start: number, end: number) => streamAsset(assets, path, file, start, end);
    return answerFile(request, { ...sourceOf(file), stream }, ttl);
  };
}

function sourceOf({ ref, type, length, minute }: StoredFile) {
  return { type, length, minute, etag: `"${ref}"` };
}

/** Finds a file in the deployed edition, which `.assetsignore` may leave out. */
async function deployedFile(deployed: StoredPublication, path: string): Promise<StoredFile | undefined> {
  try {
    return await deployed.file(path);
  } catch (error) {
    if (error instanceof Unavailable) return undefined;
    throw error;
  }
}

/** Streams a part of a deployed file. Cloudflare ignores `Range` and states no length. */
async function streamAsset(
  assets: Assets,
  path: string,
  { length }: StoredFile,
  start: number,
  end: number,
): Promise<ReadableStream<Uint8Array>> {
  // The spelling that Cloudflare does not redirect.
  const address = new URL(path.split('/').map(encodeURIComponent).join('/'), 'https://assets.invalid/');
  const { ok, status, body } = await withTimeout(path, assets.fetch(address));
  if (!ok || body === null) throw new Unavailable(`${path} answered ${status}`);
  const part = start === 0 && end === length - 1 ? body : body.pipeThrough(slice(start, end));
  // So that the answer has a Content-Length.
  return part.pipeThrough(new FixedLengthStream(end + 1 - start));
}

declare const FixedLengthStream: new (length: number) => TransformStream<Uint8Array, Uint8Array>;

/** Passes on the bytes from `start` to `end`, both included, and stops reading then. */
function slice(start: number, end: number): TransformStream<Uint8Array, Uint8Array> {
  let position = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      const part = chunk.subarray(Math.max(0, start - position), Math.max(0, end + 1 - position));
      if (part.byteLength > 0) controller.enqueue(part);
      position += chunk.byteLength;
      if (position > end) controller.terminate();
    },
  });
}

/**
 * Answers with a file of the package, which Cloudflare serves without the worker if the site is not below a path. Its
 * header fields are in `_headers`.
 */
async function packageFile(assets: Assets, request: Request): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  const response = await withTimeout(pathname, assets.fetch(request));
  if (response.status >= 500) throw new Unavailable(`${pathname} answered ${response.status}`);
  // Cloudflare redirects other spellings of a path; the app treats them as other addresses.
  return response.ok || response.status === 304 ? response : undefined;
}
