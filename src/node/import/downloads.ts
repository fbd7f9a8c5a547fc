import { createWriteStream, linkSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { mediaTypeOf } from '../../article/media-types.ts';
import { slugOf } from '../../article/slug.ts';
import { decodePercent } from '../../article/web-address.ts';
import { reasonOf } from '../published/load-document.ts';
import { checkContent, cut, partName, sniffed } from './file-names.ts';
import type { ImportFolder } from './import-folder.ts';
import type { Rename } from './write/body-of-item.ts';

/** What the files of one article became. */
export interface Fetched {
  readonly rename: Rename;
  readonly count: number;
  readonly warnings: readonly string[];
}

/** What a file may take: bytes, and milliseconds from the request to the last of them. */
export interface DownloadLimits {
  readonly size: number;
  readonly timeout: number;
  /** How many are fetched at once. */
  readonly concurrency: number;
}

export const downloadLimits: DownloadLimits = { size: 100_000_000, timeout: 120_000, concurrency: 4 };

/** Fetches files to a place beside the articles, each address once. */
export class Downloads {
  readonly #folder: ImportFolder;
  readonly #limits: DownloadLimits;
  /** By address the path inside the folder, or what went wrong. */
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

  /** Fetches what an article names; what fails keeps its address. */
  async fetch(addresses: readonly string[], article: string): Promise<Fetched> {
    const names = new Map<string, string>();
    const warnings: string[] = [];
    const folder = posix.dirname(article);
    await Promise.all(
      addresses.map(async (address) => {
        const place = this.#fetched.get(address) ?? this.#inTurn(address, folder === '.' ? '' : folder);
        this.#fetched.set(address, place);
        const path = await place;
        if (typeof path === 'string') names.set(address, posix.relative(folder, path));
        else warnings.push(`${address.slice(0, 200)} is not fetched: ${path.message}; the link stays`);
      }),
    );
    return { rename: (address) => names.get(address), count: names.size, warnings };
  }

  async #inTurn(address: string, folder: string): Promise<string | Error> {
    if (this.#running >= this.#limits.concurrency)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      const path = await this.#load(new URL(address), folder);
      this.#files += 1;
      return path;
    } catch (error) {
      const reason = reasonOf(error);
      return reason instanceof Error ? reason : new Error(String(reason));
    } finally {
      // Whoever waits takes over the turn.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }

  async #load(address: URL, folder: string): Promise<string> {
    const { size, timeout } = this.#limits;
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(address, { signal });
    const name = partName(this.#fetched.size, slugOf(address.pathname).slice(-40));
    const part = join(this.#folder.dir, folder, name);
    try {
      if (!response.ok) throw new Error(`the answer is ${response.status}`);
      const ending = endingOf(response.headers.get('content-type') ?? '', address.pathname);
      mkdirSync(dirname(part), { recursive: true });
      if (response.body === null) throw new Error('the answer is empty');
      let length = 0;
      let start = Buffer.alloc(0);
      const bounded = new Transform({
        transform(chunk: Buffer, _, done) {
          length += chunk.byteLength;
          if (start.length < sniffed) start = Buffer.concat([start, chunk.subarray(0, sniffed)]);
          done(length > size ? new Error(`it is longer than ${size / 1_000_000} MB`) : null, chunk);
        },
      });
      await pipeline(
        Readable.fromWeb(response.body as never),
        bounded,
        createWriteStream(part, { flags: 'wx' }),
        { signal },
      );
      checkContent(start, mediaTypeOf(`.${ending}`) ?? '');
      const path = this.#folder.freePath(folder, nameIn(address), `.${ending}`);
      // Unlike a rename, this fails where a file is.
      linkSync(part, join(this.#folder.dir, path));
      return path;
    } catch (error) {
      await response.body?.cancel().catch(() => {});
      throw signal.aborted ? new Error(`no whole answer within ${timeout / 1000} s`) : error;
    } finally {
      rmSync(part, { force: true });
    }
  }
}

function nameIn({ pathname }: URL): string {
  const last = pathname.split('/').findLast((part) => part !== '') ?? '';
  return cut(slugOf(decodePercent(last).replace(/\.[a-z0-9]{1,5}$/i, '')), 120);
}

/** The ending that says what the server says of a file. Throws for a kind that isn't served beside articles. */
function endingOf(contentType: string, path: string): string {
  const type = contentType.replace(/;.*$/s, '').trim().toLowerCase();
  const [written] = /(?<=\.)[a-z0-9]{1,5}$/i.exec(path) ?? [];
  const guessed = mediaTypeOf(path);
  const isVague = /^(?:application\/octet-stream|binary\/octet-stream|)$/.test(type);
  if (written !== undefined && guessed !== undefined && (isVague || guessed === (aliases[type] ?? type)))
    return written.toLowerCase();
  const ending = endings[aliases[type] ?? type];
  if (ending === undefined)
    throw new Error(`its kind, ${type || 'unknown'}, is none that lies beside articles`);
  return ending;
}

const endings: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  'image/avif': 'avif',
  'image/bmp': 'bmp',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/webp': 'webp',
  'image/x-icon': 'ico',
  'audio/aac': 'aac',
  'audio/flac': 'flac',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
  'video/ogg': 'ogv',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'text/vtt': 'vtt',
  'application/epub+zip': 'epub',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
});

/** What servers say as well. */
const aliases: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/vnd.microsoft.icon': 'image/x-icon',
  'audio/mp3': 'audio/mpeg',
  'audio/x-mp3': 'audio/mpeg',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'application/ogg': 'audio/ogg',
  'video/x-m4v': 'video/mp4',
});
