import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

/**
 * A rendered article as JSON, in a temporary file: a block of each of its slices contains it, and all articles of a
 * large publication do not fit into memory.
 */
export interface Piece {
  readonly file: string;
  readonly start: number;
  readonly length: number;
}

/** Appends texts to this thread's own file in a folder, and returns where each one is. */
export function spoolTexts(folder: string, texts: readonly string[]): Piece[] {
  const file = join(folder, String(threadId));
  const bytes = texts.map((text) => Buffer.from(text));
  const descriptor = openSync(file, 'a');
  try {
    let end = fstatSync(descriptor).size;
    writeFileSync(descriptor, Buffer.concat(bytes));
    return bytes.map(({ length }) => {
      const start = end;
      end += length;
      return { file, start, length };
    });
  } finally {
    closeSync(descriptor);
  }
}

/** Reads pieces as JSON arrays. */
export class PieceReader {
  readonly #descriptors = new Map<string, number>();

  /** Returns the text of an array of these articles. */
  readArray(pieces: readonly Piece[]): Buffer {
    const array = Buffer.allocUnsafe(
      pieces.reduce((sum, { length }) => sum + length + 1, 1 + Number(pieces.length === 0)),
    );
    let end = array.write('[');
    for (const { file, start, length } of pieces) {
      const read = readSync(this.#descriptorOf(file), array, end, length, start);
      if (read !== length) throw new Error(`${file} is shorter than it was`);
      end += length;
      end += array.write(',', end);
    }
    array.write(']', array.length - 1);
    return array;
  }

  close(): void {
    for (const descriptor of this.#descriptors.values()) closeSync(descriptor);
    this.#descriptors.clear();
  }

  #descriptorOf(file: string): number {
    const descriptor = this.#descriptors.get(file) ?? openSync(file, 'r');
    this.#descriptors.set(file, descriptor);
    return descriptor;
  }
}
