import { type UnzipFileInfo, unzipSync } from 'fflate';
import { decodeDocument } from '../../../published/decode-document.ts';
import { RefusedDocument } from '../../../published/refused-document.ts';

export interface ArchiveLimits {
  readonly files: number;
  /** Bytes of all files that are read, after decompression. */
  readonly size: number;
}

/** A medium-sized blog has thousands of posts, and an export names each picture. */
const archiveLimits: ArchiveLimits = { files: 100_000, size: 200_000_000 };

/** A zip file, from which files are read into memory; none is ever written under its name. */
export class Archive {
  /** The paths of its files, in order. */
  readonly paths: readonly string[];
  readonly #bytes: Uint8Array;
  readonly #limits: ArchiveLimits;

  /** Lists the files. Throws if there are too many, or if the archive is damaged. */
  constructor(bytes: Uint8Array, limits = archiveLimits) {
    this.#bytes = bytes;
    this.#limits = limits;
    const paths: string[] = [];
    this.#unzip(({ name }) => {
      if (paths.length >= limits.files) throw new RefusedDocument(`is a zip file with more than ${limits.files} files`);
      if (!isHidden(name)) paths.push(name);
      return false;
    });
    this.paths = paths.sort();
  }

  /** Reads files as text, by path. Throws if they are longer than the limit. */
  read(wanted: readonly string[]): ReadonlyMap<string, string> {
    const left = new Set(wanted);
    let size = 0;
    const files = this.#unzip(({ name, size: packed, originalSize }) => {
      // Of two files with one name, the first counts.
      if (!left.delete(name)) return false;
      // Deflate adds a few bytes to what it cannot compress, so a larger file states a wrong size.
      if (packed > originalSize * 1.01 + 1000) throw new RefusedDocument('is a damaged zip file');
      size += originalSize;
      if (size > this.#limits.size)
        throw new RefusedDocument(`is a zip file whose texts are longer than ${this.#limits.size / 1_000_000} MB`);
      return true;
    });
    return new Map(Object.entries(files).map(([path, bytes]) => [path, decodeDocument(bytes, undefined).text]));
  }

  #unzip(filter: (file: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
    try {
      // The library allocates what the archive states and stops there, so no file grows beyond the limit.
      return unzipSync(this.#bytes, { filter });
    } catch (error) {
      throw error instanceof RefusedDocument ? error : new RefusedDocument('is a damaged or encrypted zip file');
    }
  }
}

/** Reports whether a name is that of a folder, of an operating system's own file, or leads out of the archive. */
function isHidden(name: string): boolean {
  return /\/$|^[/\\]|^[a-z]:|(?:^|[/\\])(?:\.\.|__MACOSX|\.DS_Store|Thumbs\.db)(?:[/\\]|$)|\/\._/i.test(name);
}
