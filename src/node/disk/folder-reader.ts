import { isMissing } from './file-state.ts';
import { InsideTexts, readInside } from './inside.ts';
import { pathPrefix } from './list-folder.ts';
import { type ReadText, readText } from './read-text.ts';
import { Retries } from './retries.ts';

/** Reads the text files of a folder, and remembers those that could not be read. */
export class FolderReader {
  readonly #dir: string;
  readonly #prefix: string;
  readonly #texts: InsideTexts;
  readonly #unread = new Set<string>();
  /** The files to try again. */
  readonly retries = new Retries();

  constructor(dir: string) {
    this.#dir = dir;
    this.#prefix = pathPrefix(dir);
    this.#texts = new InsideTexts(dir);
  }

  /** Reads the file at a path inside the folder. {@link close} must follow. */
  read(path: string): ReadText {
    const read = readText(this.#prefix + path, this.#dir, this.#texts);
    if (isTransient(read.error)) {
      this.#unread.add(path);
      this.retries.fail(path);
    } else if (this.#unread.delete(path)) this.retries.succeed(path);
    return read;
  }

  close(): void {
    this.#texts.close();
  }

  /** Returns the files among `paths` that could not be read and now can, or are gone. */
  readable(paths: Iterable<string>): ReadonlySet<string> {
    if (this.#unread.size === 0) return new Set();
    return new Set([...paths].filter((path) => this.#unread.has(path) && this.#isReadable(path)));
  }

  #isReadable(path: string): boolean {
    try {
      readInside(this.#dir, this.#prefix + path, () => {});
      return true;
    } catch (error) {
      if (!isTransient(error)) return true;
      this.retries.fail(path);
      return false;
    }
  }
}

/** Reports whether a read that failed may succeed later although nothing in the folder changes. */
export function isTransient(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException | undefined)?.code === 'string' && !isMissing(error);
}
