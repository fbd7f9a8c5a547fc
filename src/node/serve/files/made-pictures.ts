import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { instantAt } from '../../../article/article.ts';
import { mediaTypeOf } from '../../../article/media-types.ts';
import { decodePart, mediaFolder, readFilePath } from '../../../publication/addresses/address.ts';
import { readResizedPath } from '../../../publication/addresses/picture-sizes.ts';
import type { Edition } from '../../../publication/publication.ts';
import { cardFolder, cardPath, readCardPath } from '../../../publication/slices/card.ts';
import type { ServedFile } from '../../disk/served-file.ts';
import type { ArticleFiles } from '../../folder/files/article-files.ts';
import { cardText } from '../../pictures/card.ts';
import { loadSharp, missingSharp } from '../../pictures/load-sharp.ts';
import { PictureFolder } from '../../pictures/picture-folder.ts';

/** Makes the smaller pictures and the cards of a served folder when they are requested, and keeps them in the state. */
export class MadePictures {
  readonly #dir: string;
  readonly #state: string | undefined;
  readonly #onError: (error: Error) => void;
  #folder: PictureFolder | undefined;
  #isMissing = false;

  /** `state` is the path of the state file; without it, there are only whole pictures, and no cards. */
  constructor(dir: string, state: string | undefined, onError: (error: Error) => void) {
    this.#dir = dir;
    this.#state = state;
    this.#onError = onError;
  }

  /** Finds the picture at an address such as `/resized/480/media/a.jpg.webp` or `/cards/hello-1x2y3z.png`. */
  async find(pathname: string, edition: Edition, files: ArticleFiles): Promise<ServedFile | undefined> {
    if (pathname.startsWith(`/${cardFolder}/`)) return this.#card(pathname.slice(1), edition);
    const { site } = edition;
    const size = site.pictures === 'sharp' ? readResizedPath(readFilePath(pathname.slice(1)) ?? '') : undefined;
    const whole = size && files.find(size.original.slice(mediaFolder.length + 1));
    if (size === undefined || whole === undefined || this.#state === undefined) return whole;
    const folder = this.#open(dirname(this.#state), 'pictures: sharp');
    if (folder === undefined) return whole;
    const file = await folder.find(whole.file, size, files.widthOf(whole));
    return served(folder, file);
  }

  async #card(path: string, edition: Edition): Promise<ServedFile | undefined> {
    const slug = decodePart(readCardPath(path) ?? '');
    const page = slug === undefined ? undefined : await edition.article(slug, instantAt(Date.now()));
    if (page === undefined || this.#state === undefined || cardPath(page.article, edition.site) !== path)
      return undefined;
    const folder = this.#open(dirname(this.#state), 'cards: true');
    return folder && served(folder, await folder.card(cardText(page.article, edition.site)));
  }

  #open(state: string, key: string): PictureFolder | undefined {
    if (this.#folder !== undefined || this.#isMissing) return this.#folder;
    const sharp = loadSharp(this.#dir);
    this.#isMissing = sharp === undefined;
    if (sharp === undefined) this.#onError(new Error(`${missingSharp(key)}; whole pictures are served, and no cards`));
    else this.#folder = new PictureFolder(state, sharp);
    return this.#folder;
  }
}

function served({ dir }: PictureFolder, file: string): ServedFile {
  const { size: length, mtimeMs, ctimeMs } = statSync(file);
  const type = mediaTypeOf(file) ?? 'application/octet-stream';
  return { dir, path: basename(file), file, type, length, mtimeMs, ctimeMs };
}
