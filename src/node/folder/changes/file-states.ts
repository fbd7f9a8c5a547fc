import { lowerBound } from '../../../article/lower-bound.ts';
import type { FileState } from '../../disk/file-state.ts';

const kinds: readonly FileState['kind'][] = ['file', 'broken link', 'other', 'inaccessible'];

/** The numbers of a state: its kind, size, `mtimeMs`, `ctimeMs`, inode and device. */
const width = 6;

/** States of files by path, packed into 48 bytes each. An object and its numbers take 152. */
export class FileStates {
  /** Where the numbers of a file begin. */
  readonly #starts = new Map<string, number>();
  readonly #free: number[] = [];
  #numbers = new Float64Array(width * 16);
  #end = 0;
  /** The inodes of all files, sorted; made when first needed after a change. */
  #inodes: Float64Array | undefined;

  get size(): number {
    return this.#starts.size;
  }

  get(path: string): FileState | undefined {
    const start = this.#starts.get(path);
    if (start === undefined) return undefined;
    const numbers = this.#numbers;
    return {
      kind: kinds[numbers[start] ?? -1] ?? 'other',
      mtimeMs: numbers[start + 2] ?? 0,
      ctimeMs: numbers[start + 3] ?? 0,
      size: numbers[start + 1] ?? 0,
      ino: numbers[start + 4] ?? 0,
      dev: numbers[start + 5] ?? 0,
    };
  }

  /** Returns the kind of the file at a path. A start asks for ten thousand, so no state is made for it. */
  kindOf(path: string): FileState['kind'] | undefined {
    return kinds[this.#numbers[this.#starts.get(path) ?? -1] ?? -1];
  }

  /** Reports whether this is the state of the file at a path. */
  isSame(path: string, { kind, size, mtimeMs, ctimeMs, ino, dev }: FileState): boolean {
    const start = this.#starts.get(path);
    if (start === undefined) return false;
    const numbers = this.#numbers;
    return (
      kinds[numbers[start] ?? -1] === kind &&
      numbers[start + 1] === size &&
      numbers[start + 2] === mtimeMs &&
      numbers[start + 3] === ctimeMs &&
      numbers[start + 4] === ino &&
      numbers[start + 5] === dev
    );
  }

  /** Reports whether a file may be the same as another by a link, because they share an inode. */
  isShared(path: string): boolean {
    const start = this.#starts.get(path);
    if (start === undefined) return false;
    const inodeAt = (from: number): number => this.#numbers[from + 4] ?? 0;
    this.#inodes ??= Float64Array.from(this.#starts.values(), inodeAt).sort();
    const [inodes, inode] = [this.#inodes, inodeAt(start)];
    return inodes[lowerBound(inodes.length, (i) => (inodes[i] ?? 0) < inode) + 1] === inode;
  }

  set(path: string, { kind, size, mtimeMs, ctimeMs, ino, dev }: FileState): void {
    const start = this.#starts.get(path) ?? this.#free.pop() ?? this.#append();
    this.#starts.set(path, start);
    this.#inodes = undefined;
    const numbers = this.#numbers;
    // One by one, because making a list takes three times as long.
    numbers[start] = kinds.indexOf(kind);
    numbers[start + 1] = size;
    numbers[start + 2] = mtimeMs;
    numbers[start + 3] = ctimeMs;
    numbers[start + 4] = ino;
    numbers[start + 5] = dev;
  }

  delete(path: string): void {
    const start = this.#starts.get(path);
    if (start !== undefined) this.#free.push(start);
    this.#starts.delete(path);
    this.#inodes = undefined;
  }

  paths(): Iterable<string> {
    return this.#starts.keys();
  }

  #append(): number {
    const start = this.#end;
    this.#end += width;
    if (this.#end > this.#numbers.length) {
      const grown = new Float64Array(this.#numbers.length * 2);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    return start;
  }
}
