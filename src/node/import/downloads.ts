import { createWriteStream, openSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { mediaTypeOf } from '../../article/media-types.ts';
import { slugOf } from '../../article/slug.ts';
import { decodePercent, withoutPasswords } from '../../article/web-address.ts';
import { FileError, fileError } from '../disk/write/file-error.ts';
import { discard, partPath } from '../disk/write/temporary-names.ts';
import { makeFolder } from '../disk/write/write-file.ts';
import { type AnswerLimits, WebClient, type WebLimits } from '../published/web-client.ts';
import { checkContent, checkedBytes, endingFor } from './content-type.ts';
import { truncateBytes } from './file-names.ts';
import type { ImportFolder } from './import-folder.ts';
import type { Rename } from './write/body.ts';

/** The downloaded files of one article. */
export interface Fetched {
  readonly rename: Rename;
  readonly count: number;
  readonly warnings: readonly string[];
}

export interface DownloadLimits extends AnswerLimits {
  /** Downloads at the same time. */
  readonly concurrency: number;
}

/** A complete download under a temporary name, and the ending of the name that it gets. */
interface Part {
  readonly path: string;
  readonly ending: string;
}

export const downloadLimits: DownloadLimits = { size: 100_000_000, timeout: 120_000, concurrency: 4 };

/** What the files of one run may cost in total. */
export const downloadTotals: WebLimits = {
  requests: 50_000,
  bytes: 10_000_000_000,
  time: 6 * 60 * 60_000,
  advice: 'raise --download-limit, or import the feed in parts',
};

/** Downloads files beside the articles, each address once. */
export class Downloads {
  readonly #folder: ImportFolder;
  readonly #limits: DownloadLimits;
  readonly #web: WebClient;
  /** The path inside the folder, or an error, by address. */
  readonly #fetched = new Map<string, Promise<string | Error>>();
  readonly #waiting: (() => void)[] = [];
  /** Settles when the latest download has been named. Files are named in the order of the articles. */
  #named: Promise<string | Error | undefined> = Promise.resolve(undefined);
  #running = 0;
  #files = 0;

  constructor(folder: ImportFolder, limits = downloadLimits, web = new WebClient(downloadTotals)) {
    this.#folder = folder;
    this.#limits = limits;
    this.#web = web;
  }

  /** How many files were written. */
  get files(): number {
    return this.#files;
  }

  /**
   * Downloads the files of an article. A file that fails keeps its address. Rejects if one cannot be written to disk.
   */
  async fetch(addresses: readonly string[], article: string): Promise<Fetched> {
    const names = new Map<string, string>();
    const warnings: string[] = [];
    const folder = posix.dirname(article);
    await Promise.all(
      addresses.map(async (address) => {
        const pending = this.#fetched.get(address) ?? this.#fetch(new URL(address), folder === '.' ? '' : folder);
        this.#fetched.set(address, pending);
        const path = await pending;
        if (typeof path === 'string') names.set(address, posix.relative(folder, path));
        else if (path instanceof FileError) throw path;
        else
          warnings.push(
            `${withoutPasswords(address).slice(0, 200)} was not downloaded: ${path.message}; the link stays`,
          );
      }),
    );
    return { rename: (address) => names.get(address), count: names.size, warnings };
  }

  /** Downloads a file and names it after those that were asked for before. Returns its path, or an error. */
  async #fetch(address: URL, folder: string): Promise<string | Error> {
    const before = this.#named;
    const downloaded = this.#inTurn(address, folder);
    const named = (async () => {
      const failure = await before;
      const part = await downloaded;
      if (part instanceof Error) return failure instanceof FileError ? failure : part;
      try {
        // After a disk failure, the next run gives the same names.
        if (failure instanceof FileError) return failure;
        const path = this.#folder.adopt(part.path, folder, nameOf(address), `.${part.ending}`);
        this.#files += 1;
        return path;
      } catch (error) {
        return errorOf(fileError(join(this.#folder.dir, folder, nameOf(address)), error));
      } finally {
        discard(part.path);
      }
    })();
    this.#named = named;
    return named;
  }

  async #inTurn(address: URL, folder: string): Promise<Part | Error> {
    if (this.#running >= this.#limits.concurrency) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await this.#download(address, join(this.#folder.dir, folder));
    } catch (error) {
      return errorOf(error);
    } finally {
      // The next download takes over this place.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  #download(address: URL, folder: string): Promise<Part> {
    return this.#web.get(address, this.#limits, async ({ contentType, body }) => {
      const path = partPath(folder);
      const ending = endingFor(contentType, address.pathname);
      let start = Buffer.alloc(0);
      const watched = async function* (): AsyncGenerator<Buffer> {
        for await (const chunk of body) {
          if (start.length < checkedBytes) start = Buffer.concat([start, chunk.subarray(0, checkedBytes)]);
          yield chunk;
        }
      };
      try {
        makeFolder(folder);
        // Opened here, since a stream may open its file after a failure and the removal of the file.
        await pipeline(watched, createWriteStream(path, { fd: openSync(path, 'wx'), flush: true }));
        checkContent(start, mediaTypeOf(`.${ending}`) ?? '');
        return { path, ending };
      } catch (error) {
        discard(path);
        throw fileError(folder, error);
      }
    });
  }
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function nameOf({ pathname }: URL): string {
  const last = pathname.split('/').findLast((part) => part !== '') ?? '';
  return truncateBytes(slugOf(decodePercent(last).replace(/\.[a-z0-9]{1,5}$/i, '')), 120);
}
