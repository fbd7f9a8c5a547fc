import type { FileState } from '../../disk/file-state.ts';

const kinds: readonly FileState['kind'][] = ['file', 'broken link', 'other', 'inaccessible'];

/** The numbers of a state: its kind, size, two times, inode and device. */
const width = 6;

/** States of files by path, packed into 48 bytes each. An object and its numbers take 152. */
export class FileStates {
  /** Where the numbers of a file begin. */
  readonly #starts = new Map<string, number>();
  readonly #free: number[] = [];
  #numbers = new Float64Array(width * 16);
  #end = 0;

  get size(): number {
    return this.#starts.size;
  }

  get(path: string): FileState | undefined {
    const start = this.#starts.get(path);
    if (start === undefined) return undefined;
    const at = (index: number): number => this.#numbers[start + index] ?? 0;
    return { kind: kinds[at(0)] ?? 'other', mtimeMs: at(2), ctimeMs: at(3), size: at(1), ino: at(4), dev: at(5) };
  }

  set(path: string, { kind, size, mtimeMs, ctimeMs, ino, dev }: FileState): void {
    const start = this.#starts.get(path) ?? this.#free.pop() ?? this.#append();
    this.#starts.set(path, start);
    this.#numbers.set([kinds.indexOf(kind), size, mtimeMs, ctimeMs, ino, dev], start);
  }

  delete(path: string): void {
    const start = this.#starts.get(path);
    if (start !== undefined) this.#free.push(start);
    this.#starts.delete(path);
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
