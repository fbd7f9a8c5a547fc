import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { mediaTypeOf } from '../../../article/media-types.ts';
import { mediaFolder, readFilePath } from '../../../publication/address.ts';
import { readResizedPath } from '../../../publication/picture-sizes.ts';
import type { Site } from '../../../publication/site.ts';
import type { ServedFile } from '../../disk/served-file.ts';
import type { ArticleFiles } from '../../folder/files/article-files.ts';
import { loadSharp, missingSharp } from '../../pictures/load-sharp.ts';
import { PictureFolder } from '../../pictures/picture-folder.ts';

/** Makes the smaller pictures of a served folder when they are requested, and keeps them in the state. */
export class ResizedPictures {
  readonly #dir: string;
  readonly #state: string | undefined;
  readonly #onError: (error: Error) => void;
  #folder: PictureFolder | undefined;
  #isMissing = false;

  /** `state` is the path of the state file; without it, whole pictures take the place of smaller ones. */
  constructor(dir: string, state: string | undefined, onError: (error: Error) => void) {
    this.#dir = dir;
    this.#state = state;
    this.#onError = onError;
  }

  /** Finds the smaller picture at an address such as `/resized/480/media/a.jpg.webp`. */
  async find(pathname: string, site: Site, files: ArticleFiles): Promise<ServedFile | undefined> {
    const size = site.pictures === 'sharp' ? readResizedPath(readFilePath(pathname.slice(1)) ?? '') : undefined;
    const whole = size && files.find(size.original.slice(mediaFolder.length + 1));
    if (size === undefined || whole === undefined || this.#state === undefined) return whole;
    const folder = this.#open(dirname(this.#state));
    if (folder === undefined) return whole;
    const file = await folder.find(whole.file, size, files.widthOf(whole));
    const { size: length, mtimeMs, ctimeMs } = statSync(file);
    return {
      ...{ dir: folder.dir, path: basename(file), file, length, mtimeMs, ctimeMs },
      type: mediaTypeOf(file) ?? whole.type,
    };
  }

  #open(state: string): PictureFolder | undefined {
    if (this.#folder !== undefined || this.#isMissing) return this.#folder;
    const sharp = loadSharp(this.#dir);
    this.#isMissing = sharp === undefined;
    if (sharp === undefined) this.#onError(new Error(`${missingSharp('pictures: sharp')}; whole pictures are served`));
    else this.#folder = new PictureFolder(state, sharp);
    return this.#folder;
  }
}
