import {
  blocksInNode,
  digits,
  hashOf,
  leafLimit,
  type Ref,
  type StoredNode,
  type StoredRun,
  type StoredTable,
} from '../../../publication/stored/stored.ts';
import { refOf } from '../parallel/write-blocks.ts';

/** Writes an object with a text under its name. */
export type WriteObject = (ref: Ref, text: string) => Promise<void>;

/** How many objects are compressed and written at a time, on other threads. */
const writesAtOnce = 8;

/** Writes objects, each once, while the next ones are made. */
export class ObjectWriter {
  readonly #write: WriteObject;
  readonly #known = new Set<Ref>();
  readonly #pending = new Set<Promise<void>>();
  readonly #failures: unknown[] = [];

  constructor(write: WriteObject) {
    this.#write = write;
  }

  /** Writes a value as JSON and returns its name. */
  readonly put = async (value: unknown): Promise<Ref> => {
    const text = JSON.stringify(value);
    const ref = refOf(text);
    if (this.#known.has(ref)) return ref;
    this.#known.add(ref);
    const writing = this.#write(ref, text)
      .catch((error: unknown) => void this.#failures.push(error))
      .finally(() => this.#pending.delete(writing));
    this.#pending.add(writing);
    await this.#settle(writesAtOnce);
    return ref;
  };

  /** Waits until all objects are written. */
  finish(): Promise<void> {
    return this.#settle(0);
  }

  async #settle(limit: number): Promise<void> {
    while (this.#pending.size > limit) await Promise.race(this.#pending);
    if (this.#failures.length > 0) throw this.#failures[0];
  }
}

/** Stores a value and returns its name. */
type Put = (value: unknown) => Promise<Ref>;

/** Writes the tree of nodes that leads to the blocks of a run. */
export async function writeTree(blocks: readonly Ref[], put: Put): Promise<Pick<StoredRun, 'blocks' | 'depth'>> {
  let level = blocks;
  let depth = 0;
  for (; level.length > 1; depth++) {
    const above: Ref[] = [];
    for (let start = 0; start < level.length; start += blocksInNode) {
      const node: StoredNode = level.slice(start, start + blocksInNode);
      above.push(await put(node));
    }
    level = above;
  }
  return { blocks: level[0] ?? '', depth };
}

/** Writes entries as a table. Its shape depends on the entries, not on their order. */
export async function writeTable<T>(
  entries: Iterable<readonly [string, T]>,
  put: Put,
  limit = leafLimit,
): Promise<Ref> {
  const hashed = Array.from(entries, ([key, value]) => ({ key, value, hash: hashOf(key) }));
  const write = async (part: typeof hashed, digit: number): Promise<Ref> => {
    if (part.length <= limit || digit === digits) {
      const sorted = part.toSorted((a, b) => (a.key < b.key ? -1 : 1));
      const leaf = Object.fromEntries(sorted.map(({ key, value }) => [key, value]));
      return put({ leaf } satisfies StoredTable<T>);
    }
    const groups = Map.groupBy(part, ({ hash }) => hash.charAt(digit));
    const parts: Record<string, Ref> = {};
    for (const key of [...groups.keys()].sort()) parts[key] = await write(groups.get(key) ?? [], digit + 1);
    return put({ parts } satisfies StoredTable<T>);
  };
  return write(hashed, 0);
}
