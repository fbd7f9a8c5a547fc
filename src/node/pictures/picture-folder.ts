import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type PictureForm,
  pictureForms,
  pictureWidths,
  type ResizedPicture,
} from '../../publication/addresses/picture-sizes.ts';
import { replaceFile } from '../disk/write/write-file.ts';
import { type CardText, cardVersion, drawCard } from './card.ts';
import type { Sharp } from './load-sharp.ts';
import { resize, resizeVersion } from './resize.ts';

/** The width and form of a smaller picture. */
export type Size = Pick<ResizedPicture, 'width' | 'form'>;

/** All sizes of a picture. */
export const sizes: readonly Size[] = pictureWidths.flatMap((width) =>
  Object.keys(pictureForms).map((form) => ({ width, form: form as PictureForm })),
);

/** The folder of smaller pictures and cards in the state. A picture is named by its original's content and its size. */
export class PictureFolder {
  readonly dir: string;
  readonly #sharp: Sharp;
  /** One picture at a time, since each takes all processors. */
  #last: Promise<unknown> = Promise.resolve();
  readonly #pending = new Map<string, Promise<string>>();

  constructor(state: string, sharp: Sharp) {
    this.dir = join(state, 'pictures');
    this.#sharp = sharp;
  }

  /**
   * Returns the path of a smaller picture of a file, and makes it if it is missing. `whole` is the width of the file,
   * if known: no picture becomes larger.
   */
  async find(file: string, { width, form }: Size, whole = width as number): Promise<string> {
    const picture = await readFile(file);
    const widest = Math.min(width, whole);
    const name = `${nameOf(picture)}-${resizeVersion}-${widest}.${form}`;
    return this.#keep(name, () => resize(this.#sharp, picture, widest, form));
  }

  /** Returns the path of a card, and draws it if it is missing. */
  card(text: CardText): Promise<string> {
    return this.#keep(`${nameOf(JSON.stringify(text))}-${cardVersion}-card.png`, () => drawCard(this.#sharp, text));
  }

  async #keep(name: string, make: () => Promise<Uint8Array>): Promise<string> {
    const path = join(this.dir, name);
    if (existsSync(path)) {
      utimesSync(path, new Date(), new Date());
      return path;
    }
    const pending = this.#pending.get(name) ?? this.#make(path, make).finally(() => this.#pending.delete(name));
    this.#pending.set(name, pending);
    return pending;
  }

  async #make(path: string, make: () => Promise<Uint8Array>): Promise<string> {
    const made = this.#last.then(make);
    this.#last = made.catch(() => {});
    const content = await made;
    mkdirSync(this.dir, { recursive: true });
    replaceFile(path, content);
    return path;
  }

  /** Removes pictures that nobody has asked for since `before`, in milliseconds since 1970. */
  prune(before: number): void {
    for (const name of existsSync(this.dir) ? readdirSync(this.dir) : []) {
      const path = join(this.dir, name);
      if ((statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? before) < before) rmSync(path, { force: true });
    }
  }
}

function nameOf(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex').slice(0, 20);
}
