/** A cache that gives memory back. */
export interface Evictable {
  /** Drops what it used least recently, except what it stored last if `keepsLast`; reports whether it could. */
  evict(keepsLast: boolean): boolean;
}

/** A number of bytes that several of {@link Evictable} share. */
export class MemoryBudget {
  readonly #limit: number;
  /** The cache that stored something longest ago comes first. */
  readonly #users = new Set<Evictable>();
  #bytes = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Counts the bytes that a cache has just stored. If they are too many, those that stored something longest ago drop
   * theirs first.
   */
  take(cache: Evictable, bytes: number): void {
    this.#bytes += bytes;
    this.#users.delete(cache);
    this.#users.add(cache);
    for (const other of this.#users) while (this.#bytes > this.#limit && other.evict(other === cache));
  }

  /** Counts the bytes that a cache has dropped. */
  release(bytes: number): void {
    this.#bytes -= bytes;
  }
}
