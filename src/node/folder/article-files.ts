import { posix } from 'node:path';
import type { FindFile } from '../../article/article.ts';
import { mediaTypeOf } from '../../article/media-types.ts';
import { decodePercent } from '../../article/web-address.ts';
import { mediaPath } from '../../publication/address.ts';
import { findServedFile, isOpen, isRootPath, type ServedFile } from '../disk/served-file.ts';
import { type PictureSize, readPictureSize } from './picture-size.ts';

/** The folders from which a site generator serves what an address beginning with `/` means. */
const roots = ['', 'static/', 'public/', 'assets/'];
const nobody: ReadonlySet<string> = new Set();
/** How many pictures' sizes are remembered. */
const sizesLimit = 10_000;

/**
 * The files beside articles that the site serves: those of a known kind inside the folder, hidden ones excepted, and
 * never what a link leads to outside it.
 */
export class ArticleFiles {
  /** The folder of articles. */
  readonly dir: string;
  /** The articles that have asked for a path, whether a file is there or not. */
  readonly #askers = new Map<string, Set<string>>();
  readonly #sizes = new Map<string, { readonly stamp: string; readonly size: PictureSize | undefined }>();

  constructor(dir: string) {
    this.dir = dir;
  }

  /** Finds a file by its path inside the folder. */
  at(path: string): ServedFile | undefined {
    return findServedFile(this.dir, path, typeOf);
  }

  /** The paths of the articles that have asked for a file, and so may show another thing when it changes. */
  askersOf(path: string): ReadonlySet<string> {
    return this.#askers.get(path) ?? nobody;
  }

  /** Makes what finds the files that the article at `path` means, on a site with the address `url`. */
  finder(path: string, url: string): FindFile {
    return (written) => {
      const meant = candidates(path, written);
      for (const candidate of meant) {
        const askers = this.#askers.get(candidate);
        if (askers === undefined) this.#askers.set(candidate, new Set([path]));
        else askers.add(path);
      }
      const file = meant.map((candidate) => this.at(candidate)).find((found) => found !== undefined);
      if (file === undefined) return undefined;
      const { type, length } = file;
      return { url: new URL(mediaPath(file.path), url).href, type, length, ...this.#sizeOf(file) };
    };
  }

  #sizeOf({ file, type, length, changed }: ServedFile): PictureSize | undefined {
    if (!type.startsWith('image/')) return undefined;
    const stamp = `${changed}-${length}`;
    const known = this.#sizes.get(file);
    if (known?.stamp === stamp) return known.size;
    const size = readPictureSize(file);
    if (this.#sizes.size >= sizesLimit) this.#sizes.clear();
    this.#sizes.set(file, { stamp, size });
    return size;
  }
}

/** Tells whether the site serves a file of this path, beside its articles or at its root. */
export function isServed(path: string): boolean {
  return typeOf(path) !== undefined || isRootPath(path);
}

/** The media type of a path by which a file may be served; none for hidden files and those of no known kind. */
function typeOf(path: string): string | undefined {
  return isOpen(path) ? mediaTypeOf(path) : undefined;
}

/** The paths inside the folder that an address written in the article at `from` may mean, likeliest first. */
function candidates(from: string, written: string): string[] {
  const path = decodePercent(written.replace(/[?#].*$/s, ''));
  const meant = path.startsWith('/')
    ? roots.map((root) => posix.normalize(root + path.replace(/^\/+/, '')))
    : [posix.join(posix.dirname(from), path)];
  // A name may be composed on this disk and decomposed on the one on which it was written, or the other way round.
  return [...new Set(meant.flatMap((path) => [path, path.normalize('NFC'), path.normalize('NFD')]))];
}
