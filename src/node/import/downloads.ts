import { createWriteStream, linkSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { mediaTypeOf } from '../../article/media-types.ts';
import { slugOf } from '../../article/slug.ts';
import { decodePercent } from '../../article/web-address.ts';
import { reasonOf } from '../published/load-document.ts';
import { checkContent, checkedBytes, endingFor } from './content-type.ts';
import { partFileName, truncateBytes } from './file-names.ts';
import type { ImportFolder } from './import-folder.ts';
import type { Rename } from './write/body.ts';

/** The downloaded files of one article. */
export interface Fetched {
  readonly rename: Rename;
  readonly count: number;
  readonly warnings: readonly string[];
}

export interface DownloadLimits {
  /** Bytes of a file. */
  readonly size: number;
  /** Milliseconds from the request to the last byte. */
  readonly timeout: number;
  /** Downloads at the same time. */
  readonly concurrency: number;
}

export const downloadLimits: DownloadLimits = { size: 100_000_000, timeout: 120_000, concurrency: 4 };

/** Downloads files beside the articles, each address once. */
export class Downloads {
  readonly #folder: ImportFolder;
  readonly #limits: DownloadLimits;
  /** The path inside the folder, or an error, by address. */
  readonly #fetched = new Map<string, Promise<string | Error>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #files = 0;

  constructor(folder: ImportFolder, limits = downloadLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /** How many files were written. */
  get files(): number {
    return this.#files;
  }

  /** Downloads the files of an article. A file that fails keeps its address. */
  async fetch(addresses: readonly string[], article: string): Promise<Fetched> {
    const names = new Map<string, string>();
    const warnings: string[] = [];
    const folder = posix.dirname(article);
    await Promise.all(
      addresses.map(async (address) => {
        const pending = this.#fetched.get(address) ?? this.#inTurn(address, folder === '.' ? '' : folder);
        this.#fetched.set(address, pending);
        const path = await pending;
        if (typeof path === 'string') names.set(address, posix.relative(folder, path));
        else warnings.push(`${address.slice(0, 200)} was not downloaded: ${path.message}; the link stays`);
      }),
    );
    return { rename: (address) => names.get(address), count: names.size, warnings };
  }

  async #inTurn(address: string, folder: string): Promise<string | Error> {
    if (this.#running >= this.#limits.concurrency) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      const path = await this.#download(new URL(address), folder);
      this.#files += 1;
      return path;
    } catch (error) {
      const reason = reasonOf(error);
      return reason instanceof Error ? reason : new Error(String(reason));
    } finally {
      // The next download takes over this place.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  async #download(address: URL, folder: string): Promise<string> {
    const { size, timeout } = this.#limits;
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(address, { signal });
    const name = partFileName(this.#fetched.size, slugOf(address.pathname).slice(-40));
    const part = join(this.#folder.dir, folder, name);
    try {
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      const ending = endingFor(response.headers.get('content-type') ?? '', address.pathname);
      mkdirSync(dirname(part), { recursive: true });
      if (response.body === null) throw new Error('the answer is empty');
      let length = 0;
      let start = Buffer.alloc(0);
      const bounded = new Transform({
        transform(chunk: Buffer, _, done) {
          length += chunk.byteLength;
          if (start.length < checkedBytes) start = Buffer.concat([start, chunk.subarray(0, checkedBytes)]);
          done(length > size ? new Error(`it is longer than ${size / 1_000_000} MB`) : null, chunk);
        },
      });
      await pipeline(Readable.fromWeb(response.body as never), bounded, createWriteStream(part, { flags: 'wx' }), {
        signal,
      });
      checkContent(start, mediaTypeOf(`.${ending}`) ?? '');
      const path = this.#folder.freePath(folder, nameOf(address), `.${ending}`);
      // Unlike a rename, a link fails if the file exists.
      linkSync(part, join(this.#folder.dir, path));
      return path;
    } catch (error) {
      await response.body?.cancel().catch(() => {});
      throw signal.aborted ? new Error(`no complete answer within ${timeout / 1000} s`) : error;
    } finally {
      rmSync(part, { force: true });
    }
  }
}

function nameOf({ pathname }: URL): string {
  const last = pathname.split('/').findLast((part) => part !== '') ?? '';
  return truncateBytes(slugOf(decodePercent(last).replace(/\.[a-z0-9]{1,5}$/i, '')), 120);
}
