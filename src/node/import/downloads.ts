import { createWriteStream, linkSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { mediaTypeOf } from '../../article/media-types.ts';
import { slugOf } from '../../article/slug.ts';
import { decodePercent } from '../../article/web-address.ts';
import { type AnswerLimits, WebClient, type WebLimits } from '../published/web-client.ts';
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

export interface DownloadLimits extends AnswerLimits {
  /** Downloads at the same time. */
  readonly concurrency: number;
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
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      // The next download takes over this place.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  #download(address: URL, folder: string): Promise<string> {
    return this.#web.get(address, this.#limits, async ({ contentType, body }) => {
      const name = partFileName(this.#fetched.size, slugOf(address.pathname).slice(-40));
      const part = join(this.#folder.dir, folder, name);
      const ending = endingFor(contentType, address.pathname);
      mkdirSync(dirname(part), { recursive: true });
      let start = Buffer.alloc(0);
      const watched = async function* (): AsyncGenerator<Buffer> {
        for await (const chunk of body) {
          if (start.length < checkedBytes) start = Buffer.concat([start, chunk.subarray(0, checkedBytes)]);
          yield chunk;
        }
      };
      try {
        await pipeline(watched, createWriteStream(part, { flags: 'wx' }));
        checkContent(start, mediaTypeOf(`.${ending}`) ?? '');
        const path = this.#folder.freePath(folder, nameOf(address), `.${ending}`);
        // Unlike a rename, a link fails if the file exists.
        linkSync(part, join(this.#folder.dir, path));
        return path;
      } finally {
        rmSync(part, { force: true });
      }
    });
  }
}

function nameOf({ pathname }: URL): string {
  const last = pathname.split('/').findLast((part) => part !== '') ?? '';
  return truncateBytes(slugOf(decodePercent(last).replace(/\.[a-z0-9]{1,5}$/i, '')), 120);
}
