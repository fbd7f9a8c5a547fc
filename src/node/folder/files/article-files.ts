import { posix } from 'node:path';
import { markdownFile } from '../../../article/body/html/addresses.ts';
import type { FindFile, LocalFile } from '../../../article/find-local-file.ts';
import { mediaTypeOf } from '../../../article/media-types.ts';
import { once } from '../../../article/once.ts';
import { seedName } from '../../../article/slug.ts';
import { decodePercent } from '../../../article/web-address.ts';
import { mediaPath } from '../../../publication/addresses/address.ts';
import { findServedFile, isPublicPath, isSiteRootPath, type ServedFile } from '../../disk/served-file.ts';
import type { Watch } from '../../disk/watch-folder.ts';
import { foldersOf, publicationHome } from '../options/publication-file.ts';
import { type FindArticle, linkedName } from './article-finder.ts';
import { type PictureSize, readPictureSize } from './picture-size.ts';
import { StaticWatch } from './static-watch.ts';

/** Folders that site generators serve at `/`, inside that of the articles. */
const roots = ['', 'static/', 'public/', 'assets/'];
/** The number of picture sizes in the cache. */
const sizesLimit = 10_000;

/** A file beside articles, whatever the site's address. */
export interface FileFacts extends Omit<LocalFile, 'url'> {
  /** The path inside the folder; of a file that the site beside the publication serves, its path there, with `/`. */
  readonly path: string;
  /** The URL of the article that the file contains. */
  readonly article?: string;
}

/** The files to which an article refers, as it writes them; `undefined` for those that are missing. */
export type AskedFiles = Map<string, FileFacts | undefined>;

/**
 * The files beside articles that the site serves: those of a known media type inside the folder, except hidden ones. A
 * link that leads out of the folder is never followed.
 */
export class ArticleFiles {
  readonly dir: string;
  /** Finds the articles to which others link by their files. */
  findArticle: FindArticle = () => undefined;
  readonly #static = once(() => foldersOf(publicationHome(this.dir)).static);
  /** The articles that refer to a path, whether or not a file is there. */
  readonly #referrers = new Map<string, Set<string>>();
  readonly #sizes = new Map<string, { readonly stamp: string; readonly size: PictureSize | undefined }>();
  #watch: StaticWatch | undefined;
  /** Articles that refer to changed files of the site beside the publication. */
  #stale = new Set<string>();

  constructor(dir: string) {
    this.dir = dir;
  }

  /** Finds a file by its path inside the folder. */
  find(path: string): ServedFile | undefined {
    return findServedFile(this.dir, path, typeOf, isServed);
  }

  /** Returns the paths of the articles that refer to a file and may look different when it changes. */
  referrersOf(path: string): ReadonlySet<string> {
    const keys = [path, namesake(seedName(path).toLowerCase())];
    return new Set(keys.flatMap((key) => [...(this.#referrers.get(key) ?? [])]));
  }

  /** Calls `onChange` with the articles that refer to changed files of the site beside the publication. */
  watchStatic(onChange: (articles: readonly string[]) => void): Watch {
    const folder = this.#static();
    if (folder === undefined) return { close: () => {} };
    const watch = new StaticWatch(folder, (paths) => {
      const articles = [...paths].flatMap((path) => [...this.referrersOf(`/${path}`)]);
      for (const article of articles) this.#stale.add(article);
      if (articles.length > 0) onChange([...new Set(articles)]);
    });
    for (const path of this.#referrers.keys()) if (path.startsWith('/')) watch.add(path.slice(1));
    this.#watch = watch;
    return watch;
  }

  /** Returns the articles that {@link watchStatic} named since the last call. */
  takeStale(): ReadonlySet<string> {
    const stale = this.#stale;
    this.#stale = new Set();
    return stale;
  }

  /** Notes that the article at `path` refers to a file, as it writes it. Returns the paths that may be meant. */
  #refer(path: string, written: string): readonly string[] {
    const meant = candidates(path, written);
    for (const candidate of meant) this.#note(path, candidate);
    return meant;
  }

  #note(path: string, candidate: string): void {
    const referrers = this.#referrers.get(candidate);
    if (referrers === undefined) this.#referrers.set(candidate, new Set([path]));
    else referrers.add(path);
  }

  /** Finds a file that the site beside the publication serves at an address such as `/img/ship.jpg`. */
  #findStatic(article: string, written: string): ServedFile | undefined {
    const folder = written.startsWith('/') ? this.#static() : undefined;
    if (folder === undefined) return undefined;
    const path = posix.normalize(decodePercent(written.replace(/[?#].*$/s, '')).replace(/^\/+/, ''));
    // Pages of the site and files that can't be served are not watched.
    if (typeOf(path) !== undefined) {
      this.#note(article, `/${path}`);
      this.#watch?.add(path);
    }
    const file = findServedFile(folder, path, typeOf, isServed);
    return file && { ...file, path: `/${path}` };
  }

  /** Finds the file to which the article at `path` refers, as it writes it. */
  findFrom(path: string, written: string): ServedFile | undefined {
    const found = this.#findStatic(path, written);
    if (found !== undefined) return found;
    for (const candidate of this.#refer(path, written)) {
      const file = this.find(candidate);
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** Returns what articles say about such a file. */
  describeFrom(path: string, written: string): FileFacts | undefined {
    if (markdownFile.test(written)) return this.#describeArticle(path, written);
    const file = this.findFrom(path, written);
    return file && { path: file.path, type: file.type, length: file.length, ...this.#sizeOf(file) };
  }

  #describeArticle(path: string, written: string): FileFacts | undefined {
    this.#note(path, namesake(linkedName(written)));
    const article = this.findArticle(path, written);
    return article === undefined ? undefined : { path: written, type: 'text/html', length: 0, article };
  }

  /**
   * Returns a function that finds the files to which the article at `path` refers, on a site at `url`, and notes what
   * it found. `home` is the address of the site beside the publication.
   */
  finderFor(path: string, url: string, asked?: AskedFiles, home = url): FindFile {
    return (written, kind) => {
      const facts = this.describeFrom(path, written);
      asked?.set(written, facts);
      if (facts === undefined || (facts.article === undefined) !== (kind === undefined)) return undefined;
      const { path: found, article, ...file } = facts;
      if (article !== undefined) return { url: article, ...file };
      const address = found.startsWith('/') ? new URL(encodePath(found), home) : new URL(mediaPath(found), url);
      return { url: address.href, ...file };
    };
  }

  /** Returns the width of a picture in pixels, if it is known. */
  widthOf(file: ServedFile): number | undefined {
    return this.#sizeOf(file)?.width;
  }

  #sizeOf({ dir, file, type, length, mtimeMs }: ServedFile): PictureSize | undefined {
    if (!type.startsWith('image/')) return undefined;
    const stamp = `${mtimeMs}-${length}`;
    const known = this.#sizes.get(file);
    if (known?.stamp === stamp) return known.size;
    const size = readPictureSize(dir, file);
    // A file that could not be read is tried again when the article is rendered again.
    if (size === 'unreadable') return undefined;
    if (this.#sizes.size >= sizesLimit) this.#sizes.clear();
    this.#sizes.set(file, { stamp, size });
    return size;
  }
}

/** The key in `#referrers` for links to an article of this name. No path begins with `//`. */
function namesake(name: string): string {
  return `//${name}`;
}

/** Returns a relative reference for the path of a file that the site beside the publication serves. */
function encodePath(path: string): string {
  return `.${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** Reports whether the site serves files at this path, beside its articles or at its root. */
export function isServed(path: string): boolean {
  return typeOf(path) !== undefined || isSiteRootPath(path);
}

/** Returns the media type of a path, or `undefined` for hidden files and unknown types, which are not served. */
function typeOf(path: string): string | undefined {
  return isPublicPath(path) ? mediaTypeOf(path) : undefined;
}

/** Returns the paths to which an address in the article at `from` may refer, likeliest first. */
function candidates(from: string, written: string): string[] {
  const path = decodePercent(written.replace(/[?#].*$/s, ''));
  const meant = path.startsWith('/')
    ? roots.map((root) => posix.normalize(root + path.replace(/^\/+/, '')))
    : [posix.join(posix.dirname(from), path)];
  // The name on this disk may have another Unicode normal form than the address.
  return [...new Set(meant.flatMap((path) => [path, path.normalize('NFC'), path.normalize('NFD')]))];
}
